"""Strings of languages with few forms: Lua, R, Go, awk, and anything else."""

from __future__ import annotations

from orchestrator.gate.code.scanner import FULL, Scanner
from orchestrator.gate.code.tokens import NUMBER, SIGN


class PlainScanner(Scanner):
    def special(self, mark: str) -> bool:
        if mark in {"'", '"'}:
            self.at += 1
            self.string(mark, FULL)
            return True
        return False


class RScanner(PlainScanner):
    starts = "_."
    parts = "_."


class LuaScanner(PlainScanner):
    line_comments = ("--",)
    block_comments = (("--[[", "]]"),)

    def comment(self) -> bool:
        if self.text.startswith("--[[", self.at):
            self.skip_past("]]", 4)
            return True
        return super().comment()

    def special(self, mark: str) -> bool:
        if self.text.startswith("[[", self.at):
            self.at += 2
            self.string("]]", "")
            return True
        return super().special(mark)


class GoScanner(PlainScanner):
    line_comments = ("//",)
    block_comments = (("/*", "*/"),)

    def special(self, mark: str) -> bool:
        if mark == "`":
            self.at += 1
            self.string("`", "")
            return True
        return super().special(mark)


class AwkScanner(Scanner):
    starts = "_$"

    def special(self, mark: str) -> bool:
        if mark == '"':
            self.at += 1
            self.string(mark, FULL)
            return True
        last = self.last()
        if mark == "/" and (last is None or (last.kind == SIGN and last.value not in {")", "]"})):
            stop = self.text.find("/", self.at + 1)
            if stop > 0:
                self.at = stop + 1
                self.add(NUMBER, "0")
                return True
        return False
