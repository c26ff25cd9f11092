"""Strings of Python: prefixes, triple quotes, f-strings."""

from __future__ import annotations

from orchestrator.gate.code.scanner import FULL, RAW, Scanner, closing

PREFIX_LETTERS = frozenset("rbuftRBUFT")


class PythonScanner(Scanner):
    def special(self, mark: str) -> bool:
        if mark == "\\" and self.text.startswith("\\\n", self.at):
            self.at += 2
            return True
        if mark in {"'", '"'}:
            self.quoted("")
            return True
        if mark not in PREFIX_LETTERS:
            return False
        begin = self.at
        while self.at < self.end and self.at < begin + 3 and self.text[self.at] in PREFIX_LETTERS:
            self.at += 1
        if self.text[self.at : self.at + 1] not in {"'", '"'}:
            self.at = begin
            return False
        self.quoted(self.text[begin : self.at].lower())
        return True

    def quoted(self, prefix: str) -> None:
        mark = self.text[self.at]
        close = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.at += len(close)
        self.string(close, RAW if "r" in prefix else FULL, "{}" if "f" in prefix or "t" in prefix else "")

    def code_in_string(self, mark: str) -> str | None:
        if self.text.startswith(mark * 2, self.at):
            self.at += 1
            return None
        if mark == "}":
            return None
        begin = self.at + 1
        stop = closing(self.text, begin, "{", "}")
        self.at = min(stop + 1, self.end)
        return without_format(self.text[begin:stop])


def without_format(source: str) -> str:
    """The expression of a replacement field, without !r, :>10 and the = of debugging."""
    depth = 0
    at = 0
    while at < len(source):
        mark = source[at]
        depth += (mark in "([{") - (mark in ")]}")
        if depth == 0 and (mark == ":" or (mark == "!" and source[at + 1 : at + 2] != "=")):
            return source[:at]
        at += 1
    return source.rstrip().rstrip("=") if source.rstrip().endswith("=") else source
