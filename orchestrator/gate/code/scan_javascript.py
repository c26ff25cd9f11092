"""Strings of JavaScript and TypeScript: templates, regular expressions."""

from __future__ import annotations

from orchestrator.gate.code.scanner import FULL, Scanner
from orchestrator.gate.code.tokens import NAME, NUMBER, SHELL, SIGN, TEXT

# Before these a slash divides; everywhere else it begins a regular expression.
VALUE_ENDS = frozenset((")", "]", "}"))
LONGEST_PATTERN = 2000
WORDS_BEFORE_VALUE = frozenset(("return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "await"))


class JavaScriptScanner(Scanner):
    line_comments = ("//",)
    block_comments = (("/*", "*/"),)
    starts = "_$"
    parts = "_$"
    hole = "${"

    def special(self, mark: str) -> bool:
        if mark in {"'", '"'}:
            self.at += 1
            self.string(mark, FULL)
            return True
        if mark == "`":
            self.at += 1
            self.string("`", FULL, "$")
            return True
        if mark == "/" and not self.after_value():
            return self.regular_expression()
        if mark == "#" and self.at == 0:
            self.skip_past("\n", 0)
            return True
        return False

    def after_value(self) -> bool:
        last = self.last()
        if last is None:
            return False
        if last.kind == NAME:
            return last.value not in WORDS_BEFORE_VALUE
        return last.kind in {TEXT, SHELL, NUMBER} or (last.kind == SIGN and last.value in VALUE_ENDS)

    def regular_expression(self) -> bool:
        at = self.at + 1
        bracket = False
        limit = min(self.end, at + LONGEST_PATTERN)
        while at < limit and self.text[at] != "\n":
            mark = self.text[at]
            if mark == "/" and not bracket:
                self.at = at + 1
                # Its text is a pattern and never runs; a number stands for it.
                self.add(NUMBER, "0")
                while self.at < self.end and self.text[self.at].isalpha():
                    self.at += 1
                return True
            bracket = mark == "[" or (bracket and mark != "]")
            at += 2 if mark == "\\" else 1
        return False
