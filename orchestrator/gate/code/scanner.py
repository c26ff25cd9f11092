"""Cuts program text into tokens. What differs between languages is in the subclasses; this is the common part."""

from __future__ import annotations

from orchestrator.gate.code.tokens import LINE, NAME, NUMBER, SHELL, SIGN, TEXT, Code, Token
from orchestrator.gate.text import CLOSE, OPEN

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "s": " ", "\n": ""}
HEX_LENGTHS = {"x": 2, "u": 4, "U": 8}
SIGNS = (
    "===", "!==", "...", "?->", "**=", "||=", "&&=", "??=", "<=>", "//=",
    "==", "!=", "<=", ">=", "=>", "->", "::", ":=", "+=", "-=", ".=", "*=", "/=", "%=", "|=", "=~", "!~", "&&", "||",
    "??", "?.", "&.", "**", "<<", ">>", "++", "--", "..", "|>", "<-", "<>",
)  # fmt: skip
SIGN_STARTS = frozenset(sign[0] for sign in SIGNS)
PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}

# How a backslash reads within a string.
FULL = "full"
FEW = "few"
RAW = "raw"


class Scanner:
    """`line_comments` and `block_comments` begin anywhere. `starts` and `parts` are further characters that begin and
    continue a name. `many_lines` says whether a string between single marks may run over line ends. `hole` is how code
    within a string begins.
    """

    line_comments: tuple[str, ...] = ("#",)
    block_comments: tuple[tuple[str, str], ...] = ()
    starts = "_"
    parts = "_"
    many_lines = False
    hole = ""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.end = len(text)
        self.tokens: list[Token] = []
        self.glued = False

    def scan(self) -> list[Token]:
        self.line_begins()
        while self.at < self.end:
            mark = self.text[self.at]
            if mark in " \t\r\f\v":
                self.at += 1
                self.glued = False
            elif mark == "\n":
                self.line()
            elif not self.comment():
                self.token(mark)
        return self.tokens

    def line(self) -> None:
        self.at += 1
        self.add(LINE, "\n")
        self.glued = False
        self.line_begins()

    def line_begins(self) -> None:
        """Skips what only means something at the beginning of a line."""

    def comment(self) -> bool:
        for begin in self.line_comments:
            if self.text.startswith(begin, self.at):
                stop = self.text.find("\n", self.at)
                self.at = self.end if stop < 0 else stop
                return True
        for begin, close in self.block_comments:
            if self.text.startswith(begin, self.at):
                self.skip_past(close, len(begin))
                self.glued = False
                return True
        return False

    def skip_past(self, close: str, after: int) -> None:
        stop = self.text.find(close, self.at + after)
        self.at = self.end if stop < 0 else stop + len(close)

    def token(self, mark: str) -> None:
        if mark == OPEN:
            stop = self.text.find(CLOSE, self.at)
            stop = self.end if stop < 0 else stop + 1
            self.add(TEXT, OPEN, [self.text[self.at : stop]])
            self.at = stop
        elif self.special(mark):
            return
        elif mark.isalpha() or mark in self.starts:
            self.name()
        elif mark.isdecimal():
            self.number()
        else:
            self.sign()

    def special(self, mark: str) -> bool:
        """Reads what only this language has at this place: its strings, above all. False if there is nothing."""
        raise NotImplementedError

    def name(self) -> None:
        begin = self.at
        self.at += 1
        while self.at < self.end and (self.text[self.at].isalnum() or self.text[self.at] in self.parts):
            self.at += 1
        self.add(NAME, self.text[begin : self.at])

    def number(self) -> None:
        begin = self.at
        while self.at < self.end and (self.text[self.at].isalnum() or self.text[self.at] == "_"):
            self.at += 1
        self.add(NUMBER, self.text[begin : self.at])

    def sign(self) -> None:
        found = self.text[self.at]
        if found in SIGN_STARTS:
            found = next((sign for sign in SIGNS if self.text.startswith(sign, self.at)), found)
        self.at += len(found)
        self.add(SIGN, found)

    def add(self, kind: str, value: str, pieces: list[str | Code] | None = None) -> None:
        self.tokens.append(Token(kind, value, self.glued, pieces))
        self.glued = True

    def last(self) -> Token | None:
        return self.tokens[-1] if self.tokens else None

    def string(self, close: str, escapes: str, hole: str = "", shell: bool = False, opens: str = "") -> None:
        """Reads a string up to `close`; `self.at` is behind its opening mark."""
        self.add(SHELL if shell else TEXT, close, self.body(close, escapes, hole, opens))

    def body(self, close: str, escapes: str, hole: str, opens: str = "") -> list[str | Code]:
        pieces: list[str | Code] = []
        plain: list[str] = []
        depth = 0
        while self.at < self.end:
            mark = self.text[self.at]
            if depth == 0 and self.text.startswith(close, self.at):
                self.at += len(close)
                break
            if mark == "\n" and not self.many_lines and len(close) == 1 and close != "`":
                break
            if mark == "\\" and escapes:
                plain.append(self.escape(escapes, close))
            elif hole and mark in hole:
                self.open_hole(mark, plain, pieces)
            else:
                depth += (mark == opens and opens != close) - (mark == close and opens not in {"", close})
                plain.append(mark)
                self.at += 1
        if plain or not pieces:
            pieces.append("".join(plain))
        return pieces

    def open_hole(self, mark: str, plain: list[str], pieces: list[str | Code]) -> None:
        source = self.code_in_string(mark)
        if source is None:
            plain.append(mark)
            self.at += 1
            return
        if plain:
            pieces.append("".join(plain))
            plain.clear()
        pieces.append(Code(source))

    def code_in_string(self, mark: str) -> str | None:  # noqa: ARG002
        """The code that begins here within a string, with `self.at` moved behind it; None if none does."""
        lead = self.hole
        if not self.text.startswith(lead, self.at):
            return None
        return self.bracketed(self.at + len(lead))

    def bracketed(self, begin: int) -> str:
        """What stands before the closing brace of a hole that was opened before `begin`."""
        stop = closing(self.text, begin, "{", "}")
        self.at = min(stop + 1, self.end)
        return self.text[begin:stop]

    def escape(self, escapes: str, close: str) -> str:
        """The character that a backslash stands for, with `self.at` moved behind it."""
        follower = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if escapes == FEW:
            return follower if follower in {"\\", close} else "\\" + follower
        if escapes == RAW:
            return "\\" + follower
        if follower in HEX_LENGTHS:
            return self.hexadecimal(HEX_LENGTHS[follower])
        if follower in "01234567" and follower:
            return self.octal()
        return ESCAPES.get(follower, follower)

    def hexadecimal(self, length: int) -> str:
        if self.text.startswith("{", self.at):
            stop = self.text.find("}", self.at)
            digits = self.text[self.at + 1 : stop]
            self.at = self.end if stop < 0 else stop + 1
        else:
            digits = self.text[self.at : self.at + length]
            self.at += length
        return character(digits, 16)

    def octal(self) -> str:
        begin = self.at - 1
        stop = begin
        while stop < begin + 3 and self.text[stop : stop + 1] in {*"01234567"}:
            stop += 1
        self.at = stop
        return character(self.text[begin:stop], 8)


def character(digits: str, base: int) -> str:
    try:
        return chr(int(digits, base))
    except (ValueError, OverflowError):
        return ""


def closing(text: str, at: int, opens: str, close: str) -> int:
    """Where the bracket that was opened before `at` closes, strings skipped; the length of the text if nowhere."""
    depth = 0
    while at < len(text):
        mark = text[at]
        if mark in {'"', "'", "`"}:
            at = past_string(text, at, mark)
            continue
        if mark == "\\":
            at += 2
            continue
        if mark == close:
            if depth == 0:
                return at
            depth -= 1
        depth += mark == opens
        at += 1
    return len(text)


def past_string(text: str, at: int, mark: str) -> int:
    """Behind the string that begins at `at`; just behind its mark if the string has no end."""
    stop = at + 1
    while stop < len(text) and text[stop] != mark:
        stop += 2 if text[stop] == "\\" else 1
    return stop + 1 if stop < len(text) else at + 1
