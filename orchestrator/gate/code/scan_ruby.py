"""Strings of Ruby and Elixir: %-literals, here-documents, symbols, regular expressions."""

from __future__ import annotations

from orchestrator.gate.code.scanner import FEW, FULL, PAIRS, Scanner
from orchestrator.gate.code.tokens import LINE, NAME, NUMBER, SHELL, SIGN, TEXT, Code, Token

PERCENT_KINDS = frozenset("qQwWiIxrs")
VALUE_ENDS = frozenset((")", "]", "}"))
WORDS_BEFORE_VALUE = frozenset(
    ("if", "unless", "when", "and", "or", "not", "return", "puts", "p", "print", "while", "do")
)


class RubyScanner(Scanner):
    starts = "_@$"
    parts = "_"
    many_lines = True
    hole = "#{"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # Here-documents whose bodies follow the current line: the token to fill, end word, plain, indented.
        self.pending: list[tuple[Token, str, bool, bool]] = []

    def line(self) -> None:
        super().line()
        for token, word, plain, indented in self.pending:
            token.pieces = self.here_document(word, plain, indented)
        self.pending = []

    def line_begins(self) -> None:
        if self.text.startswith("=begin", self.at):
            self.skip_past("\n=end", 0)
        elif self.text.startswith("__END__", self.at):
            self.at = self.end

    def here_document(self, word: str, plain: bool, indented: bool) -> list[str | Code]:
        begin = self.at
        while self.at < self.end:
            stop = self.text.find("\n", self.at)
            stop = self.end if stop < 0 else stop
            line = self.text[self.at : stop].rstrip("\r")
            if (line.strip() if indented else line) == word:
                break
            self.at = stop + 1
        body = self.text[begin : self.at]
        stop = self.text.find("\n", self.at)
        self.at = self.end if stop < 0 else stop
        if plain:
            return [body]
        inner = type(self)("")
        inner.text, inner.end = body, len(body)
        return inner.body("\0", FULL, self.holes())

    def holes(self) -> str:
        return "#"

    def name(self) -> None:
        super().name()
        last = self.tokens[-1]
        if self.text[self.at : self.at + 1] in {"!", "?"} and self.text[self.at + 1 : self.at + 2] != "=":
            last.value += self.text[self.at]
            self.at += 1

    def special(self, mark: str) -> bool:
        if mark == "@" and self.text.startswith("@@", self.at):
            self.at += 1
        if mark in {"'", '"', "`"}:
            self.at += 1
            self.string(mark, FEW if mark == "'" else FULL, "" if mark == "'" else self.holes(), shell=mark == "`")
            return True
        if mark == "%":
            return self.percent()
        if mark == "<" and self.text.startswith("<<", self.at):
            return self.heredoc()
        if mark == ":":
            return self.symbol()
        if mark == "/" and not self.after_value():
            return self.regular_expression()
        return False

    def after_value(self) -> bool:
        last = self.last()
        if last is None or last.kind == LINE:
            return False
        if last.kind == NAME:
            # puts /x/ is a pattern, a / b and a/b are divisions.
            spaced = not self.glued and self.text[self.at + 1 : self.at + 2] not in {" ", "="}
            return last.value not in WORDS_BEFORE_VALUE and not spaced
        return last.kind in {TEXT, SHELL, NUMBER} or (last.kind == SIGN and last.value in VALUE_ENDS)

    def percent(self) -> bool:
        kind = self.text[self.at + 1 : self.at + 2]
        opens = self.text[self.at + 2 : self.at + 3] if kind in PERCENT_KINDS and kind else kind
        if not opens or opens.isalnum() or opens.isspace() or opens == "=" or self.after_value():
            return False
        if kind not in PERCENT_KINDS and opens not in PAIRS:
            return False
        self.at += 3 if kind in PERCENT_KINDS else 2
        close = PAIRS.get(opens, opens)
        if kind in {"w", "W", "i", "I"}:
            self.words(self.body(close, FEW, "", opens))
        elif kind == "r":
            self.body(close, FULL, "", opens)
            self.add(NUMBER, "0")
        else:
            plain = kind in {"q", "s"}
            self.string(close, FEW if plain else FULL, "" if plain else self.holes(), kind == "x", opens)
        return True

    def words(self, pieces: list[str | Code]) -> None:
        self.add(SIGN, "[")
        for piece in pieces:
            for word in piece.split() if isinstance(piece, str) else []:
                self.add(TEXT, "", [word])
                self.add(SIGN, ",")
        self.add(SIGN, "]")

    def heredoc(self) -> bool:
        at = self.at + 2
        indented = self.text[at : at + 1] in {"~", "-"}
        at += indented
        quote = self.text[at : at + 1] if self.text[at : at + 1] in {"'", '"', "`"} else ""
        begin = at + len(quote)
        stop = begin
        while stop < self.end and (self.text[stop].isalnum() or self.text[stop] == "_"):
            stop += 1
        word = self.text[begin:stop]
        if not word or (not quote and not word[0].isupper()) or (quote and self.text[stop : stop + 1] != quote):
            return False
        self.at = stop + len(quote)
        self.add(SHELL if quote == "`" else TEXT, word, [])
        self.pending.append((self.tokens[-1], word, quote == "'", indented))
        return True

    def symbol(self) -> bool:
        follower = self.text[self.at + 1 : self.at + 2]
        last = self.last()
        if follower in {"'", '"'} and not (self.glued and last is not None and last.kind == NAME):
            self.at += 2
            self.string(follower, FULL, self.holes())
            return True
        if not (follower.isalpha() or follower == "_") or (self.glued and last is not None and last.kind == NAME):
            return False
        if last is not None and last.is_sign("::", ":"):
            return False
        glued = self.glued
        self.at += 1
        self.name()
        symbol = self.tokens.pop()
        self.glued = glued
        self.add(TEXT, "", [symbol.value])
        return True

    def regular_expression(self) -> bool:
        begin = self.at
        self.at += 1
        stop = self.text.find("\n", begin)
        stop = self.end if stop < 0 else stop
        while self.at < stop and self.text[self.at] != "/":
            self.at += 2 if self.text[self.at] == "\\" else 1
        if self.at >= stop:
            self.at = begin
            return False
        self.at += 1
        self.add(NUMBER, "0")
        while self.at < self.end and self.text[self.at].isalpha():
            self.at += 1
        return True


class ElixirScanner(RubyScanner):
    def special(self, mark: str) -> bool:
        for close in ('"""', "'''"):
            if self.text.startswith(close, self.at):
                self.at += 3
                self.string(close, FULL, "#")
                return True
        if mark == "%" or (mark == "<" and self.text.startswith("<<", self.at)):
            return False
        return super().special(mark)
