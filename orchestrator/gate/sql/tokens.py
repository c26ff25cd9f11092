"""What SQL text is cut into.

A token is (kind, value, start). A WORD is in upper case, a QUOTED identifier without its quotes, a STRING as written,
a HOLE is an unknown part with the letters that touch it, BROKEN is text that no database would read or that could hide
what it reads. Operators come one character at a time.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Token = tuple[str, str, int]

WORD = "word"
QUOTED = "quoted"
STRING = "string"
NUMBER = "number"
PARAMETER = "parameter"
HOLE = "hole"
SIGN = "sign"
BROKEN = "broken"

DIGITS = frozenset("0123456789")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
WORD_CHARS = LETTERS | DIGITS | {"$"}
SPACE = frozenset(" \n\t\r\f\v")
AFTER_WORD = frozenset(" \n\t\r\f\v.,;:()[]{}<>=!+-*/%^|?~#@`\\")


class Piece:
    """Tokens up to a semicolon. `closes` has, for the index of every opening bracket, that of its closing one."""

    __slots__ = ("closes", "end", "start", "tokens")

    def __init__(self, tokens: list[Token], closes: dict[int, int], start: int, end: int) -> None:
        self.tokens = tokens
        self.closes = closes
        self.start = start
        self.end = end


class Style:
    """How a database reads text. `doubts` names what its settings or version decide: the judge tries both readings."""

    __slots__ = ("backslash", "dash_space", "doubts", "executable", "nested", "prefixes", "readers")

    def __init__(
        self,
        readers: Mapping[str, Callable[[Any, int], int]],
        *,
        backslash: bool = False,
        nested: bool = False,
        executable: bool = False,
        dash_space: bool = False,
        prefixes: bool = False,
        doubts: str = "",
    ) -> None:
        self.readers = readers
        self.backslash = backslash
        self.nested = nested
        self.executable = executable
        self.dash_space = dash_space
        self.prefixes = prefixes
        self.doubts = doubts
