"""The pieces that program text is cut into: names, strings, numbers, signs and line ends."""

from __future__ import annotations

NAME = "name"
TEXT = "text"
SHELL = "shell"
NUMBER = "number"
SIGN = "sign"
LINE = "line"
END = "end"


class Code:
    """Program text within a string: ${…}, #{…}, {…} of an f-string."""

    __slots__ = ("source",)

    def __init__(self, source: str) -> None:
        self.source = source


class Token:
    """`value` is a name, a number as written, or a sign. `pieces` are the parts of a string, SHELL for one between
    backticks. `glued` is true where nothing stands between this token and the one before.
    """

    __slots__ = ("glued", "kind", "pieces", "value")

    def __init__(self, kind: str, value: str, glued: bool = False, pieces: list[str | Code] | None = None) -> None:
        self.kind = kind
        self.value = value
        self.glued = glued
        self.pieces = pieces if pieces is not None else []

    def is_sign(self, *values: str) -> bool:
        return self.kind == SIGN and self.value in values

    def is_name(self, *values: str) -> bool:
        return self.kind == NAME and self.value in values
