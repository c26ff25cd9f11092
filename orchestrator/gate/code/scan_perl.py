"""Strings of Perl: q qq qw qx, here-documents, patterns, variables within strings."""

from __future__ import annotations

from orchestrator.gate.code.scan_php import variable
from orchestrator.gate.code.scan_ruby import RubyScanner
from orchestrator.gate.code.scanner import FEW, FULL, PAIRS
from orchestrator.gate.code.tokens import NUMBER

QUOTES = ("qq", "qw", "qx", "qr", "tr", "q", "m", "s", "y")
PATTERNS = frozenset(("qr", "m", "s", "tr", "y"))


class PerlScanner(RubyScanner):
    starts = "_$@"
    parts = "_"

    def line_begins(self) -> None:
        if self.text.startswith("=", self.at) and self.text[self.at + 1 : self.at + 2].isalpha():
            self.skip_past("\n=cut", 0)
        elif self.text.startswith("__DATA__", self.at):
            self.at = self.end

    def holes(self) -> str:
        return "$@"

    def name(self) -> None:
        begin = self.at
        super(RubyScanner, self).name()
        # $$name, $#array, and special variables such as $0, $_ and $!.
        if self.at == begin + 1 and self.text[begin] in "$@":
            if self.text.startswith("{", self.at):
                self.glued = self.tokens.pop().glued
                source = self.bracketed(self.at + 1)
                self.add("name", self.text[begin] + source.strip())
                return
            self.at += 1
            self.tokens[-1].value = self.text[begin : self.at]

    def special(self, mark: str) -> bool:
        if mark.isalpha() and self.quote_word():
            return True
        if mark in {"%", ":"}:
            return False
        return super().special(mark)

    def quote_word(self) -> bool:
        last = self.last()
        if last is not None and last.is_sign("->", "{") and self.glued and last.value == "->":
            return False
        for word in QUOTES:
            if self.text.startswith(word, self.at):
                opens = self.text[self.at + len(word) : self.at + len(word) + 1]
                if opens in PAIRS or opens in {"/", "|", "!", "#", "'", '"', "~", "^"}:
                    return self.quote_like(word, opens)
                spaced = self.text[self.at + len(word) :].lstrip(" ")[:1] if opens == " " and word[0] == "q" else ""
                if spaced in PAIRS and spaced:
                    self.at = self.text.index(spaced, self.at) - len(word)
                    return self.quote_like(word, spaced)
                return False
        return False

    def quote_like(self, word: str, opens: str) -> bool:
        self.at += len(word) + 1
        close = PAIRS.get(opens, opens)
        if word in PATTERNS:
            self.body(close, FULL, "", opens)
            if word in {"s", "tr", "y"}:
                if opens in PAIRS and self.text[self.at : self.at + 1] in PAIRS:
                    opens = self.text[self.at]
                    close = PAIRS[opens]
                    self.at += 1
                self.body(close, FULL, "", opens)
            self.add(NUMBER, "0")
            while self.at < self.end and self.text[self.at].isalpha():
                self.at += 1
        elif word == "qw":
            self.words(self.body(close, FEW, "", opens))
        else:
            self.string(close, FEW if word == "q" else FULL, "" if word == "q" else "$@", word == "qx", opens)
        return True

    def code_in_string(self, mark: str) -> str | None:
        if self.text.startswith(mark + "{", self.at):
            source = self.bracketed(self.at + 2).strip()
            return source if mark == "@" else "$" + source
        return variable(self)
