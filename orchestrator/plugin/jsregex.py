"""Whether JavaScript accepts a regular expression, as `new RegExp(text)` does without flags.

The differences from Python that people meet are told apart: inline flags, `(?P<name>…)`, possessive and atomic groups.
https://262.ecma-international.org/#sec-patterns, with the extensions of its annex B.
"""

from __future__ import annotations

import re

_GROUP = re.compile(r"\(\?(?::|=|!|<=|<!|<([A-Za-z_$][\w$]*)>|(?:[ims]{1,3}(?:-[ims]{1,3})?|-[ims]{1,3}):)")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[\s\S])")
_CLASSES = "dDsSwW"


def fault(pattern: str) -> str:
    """What JavaScript would refuse, in words; empty if nothing."""
    return _Reader(pattern).fault()


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._names: set[str] = set()
        # What may be repeated at each depth of groups: nothing at the start of one.
        self._open: list[bool] = []
        self._repeatable = False

    def fault(self) -> str:
        while self._at < len(self._pattern):
            if found := self._next():
                return found
        return "a group is not closed" if self._open else ""

    def _next(self) -> str:
        character = self._pattern[self._at]
        if character == "\\":
            return self._escape()
        if character == "[":
            return self._class()
        if character == "(":
            return self._group()
        if character == ")":
            return self._close()
        if quantifier := _QUANTIFIER.match(self._pattern, self._at):
            return self._quantified(quantifier)
        self._at += 1
        self._repeatable = character not in "|^$"
        return ""

    def _escape(self) -> str:
        match = _ESCAPE.match(self._pattern, self._at)
        if not match:
            return "it ends with a backslash"
        self._at = match.end()
        self._repeatable = match[0] not in ("\\b", "\\B")
        return ""

    def _group(self) -> str:
        can_repeat = True
        if self._pattern.startswith("(?", self._at):
            match = _GROUP.match(self._pattern, self._at)
            if not match:
                return f"{self._pattern[self._at : self._at + 4]} is not known to JavaScript"
            if match[1] in self._names and "|" not in self._pattern:
                return f"the name {match[1]} is given twice"
            self._names |= {match[1]} - {None}
            can_repeat = not match[0].startswith("(?<") or match[1] is not None
            self._at = match.end()
        else:
            self._at += 1
        self._open.append(can_repeat)
        self._repeatable = False
        return ""

    def _close(self) -> str:
        if not self._open:
            return "a ) has no ( before it"
        self._repeatable = self._open.pop()
        self._at += 1
        return ""

    def _quantified(self, match: re.Match[str]) -> str:
        low, high = match[1], match[2]
        if not self._repeatable:
            return f"there is nothing that {match[0]} could repeat"
        if low and high and int(low) > int(high):
            return f"{match[0]} goes from more to fewer"
        self._at = match.end()
        self._repeatable = False
        return ""

    def _class(self) -> str:
        self._at += 1
        if self._pattern.startswith("^", self._at):
            self._at += 1
        ends: list[str] = []
        while self._at < len(self._pattern):
            if self._pattern[self._at] == "]":
                self._at += 1
                self._repeatable = True
                return _turned_range(ends)
            match = _ESCAPE.match(self._pattern, self._at)
            ends.append(match[0] if match else self._pattern[self._at])
            self._at = match.end() if match else self._at + 1
        return "a [ is not closed"


def _turned_range(members: list[str]) -> str:
    """A range in a character class whose end comes before its start."""
    index = 1
    while index < len(members) - 1:
        if members[index] != "-":
            index += 1
            continue
        low, high = _code(members[index - 1]), _code(members[index + 1])
        if low is not None and high is not None and low > high:
            return f"the range {members[index - 1]}-{members[index + 1]} is the wrong way round"
        index += 3
    return ""


def _code(member: str) -> int | None:
    """The character's number; None for a class such as \\d."""
    if not member.startswith("\\"):
        return ord(member)
    kind, rest = member[1], member[2:]
    if kind in _CLASSES:
        return None
    if kind in "ux" and rest:
        return int(rest, 16)
    if kind == "c" and rest:
        return ord(rest.upper()) - 64
    simple = {"n": 10, "t": 9, "r": 13, "f": 12, "v": 11, "b": 8, "0": 0}
    return simple.get(kind, ord(kind))
