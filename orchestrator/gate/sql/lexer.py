"""Cuts SQL text into tokens, and these into pieces at every semicolon.

Pieces are never coarser than a database's own statements: they end at semicolons inside of brackets, too.
"""

from __future__ import annotations

from orchestrator.gate.sql import quoting
from orchestrator.gate.sql.tokens import (
    AFTER_WORD,
    BROKEN,
    DIGITS,
    HOLE,
    LETTERS,
    NUMBER,
    SIGN,
    SPACE,
    WORD,
    WORD_CHARS,
    Piece,
    Style,
)
from orchestrator.gate.text import CLOSE, OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.tokens import Token


class Lexer:
    __slots__ = ("brackets", "broken", "closes", "doubts", "executing", "pieces", "start", "style", "text", "tokens")

    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style
        self.pieces: list[Piece] = []
        self.tokens: list[Token] = []
        self.closes: dict[int, int] = {}
        self.brackets: list[int] = []
        self.doubts: set[str] = set()
        self.broken = False
        # Inside of a comment that MySQL runs.
        self.executing = False
        self.start = 0

    def run(self) -> list[Piece]:
        # The line end stops every loop over the characters of a token.
        size = len(self.text)
        text = self.text = self.text + "\n"
        readers = self.style.readers
        i = 1 if text[0] == "\ufeff" else 0
        while i < size:
            char = text[i]
            if char in LETTERS:
                end = i + 1
                while text[end] in WORD_CHARS:
                    end += 1
                if text[end] in AFTER_WORD:
                    self.tokens.append((WORD, text[i:end].upper(), i))
                    i = end
                else:
                    i = _touched_word(self, i, end)
            elif char in SPACE:
                i += 1
            else:
                i = readers.get(char, _other)(self, i)
        self.cut(size)
        return self.pieces

    def add(self, kind: str, value: str, start: int) -> None:
        self.tokens.append((kind, value, start))

    def sign(self, i: int) -> int:
        self.tokens.append((SIGN, self.text[i], i))
        return i + 1

    def cut(self, end: int) -> None:
        """Ends the piece."""
        if self.tokens:
            # A bracket that is never closed ends here.
            self.closes.update(dict.fromkeys(self.brackets, len(self.tokens)))
            self.pieces.append(Piece(self.tokens, self.closes, self.tokens[0][2], end))
            self.tokens = []
            self.closes = {}
            self.brackets = []

    def broke(self, start: int, end: int) -> int:
        self.broken = True
        self.tokens.append((BROKEN, self.text[start:end], start))
        return end


def _touched_word(lexer: Lexer, i: int, end: int) -> int:
    """A word before a quote, & or a character that is not ASCII."""
    text = lexer.text
    char = text[end]
    if char == "'" and lexer.style.prefixes and end == i + 1 and text[i] in "eE":
        return quoting.backslashed(lexer, i, end)
    if char == "&" and end == i + 1 and text[i] in "uU" and text[end + 1] in "'\"":
        return quoting.unicode(lexer, i, end + 1)
    if char > "\x7f":
        return _wide_word(lexer, i)
    lexer.add(WORD, text[i:end].upper(), i)
    return end


def _wide_word(lexer: Lexer, i: int) -> int:
    """A word with letters that are not ASCII, or an unknown part."""
    text = lexer.text
    end = i
    while text[end] in WORD_CHARS or (text[end] > "\x7f" and text[end] not in (OPEN, CLOSE)):
        end += 1
    if text[end] == OPEN:
        return _hole(lexer, i, end)
    word = text[i:end]
    # A space that is not ASCII belongs to the name for the database and to the eye it is none.
    if not word.isprintable() or not word:
        return lexer.broke(i, max(end, i + 1))
    lexer.add(WORD, word.upper(), i)
    return end


def _hole(lexer: Lexer, start: int, i: int) -> int:
    """An unknown part, with every letter and further part that touches it."""
    text = lexer.text
    size = len(text)
    end = i
    while end < size and (text[end] in WORD_CHARS or text[end] == OPEN):
        end = end + 1 if text[end] != OPEN else text.find(CLOSE, end) + 1 or size
    if start == i and lexer.tokens and text[i - 1] in WORD_CHARS:
        start = lexer.tokens.pop()[2]
    lexer.add(HOLE, text[start:end], start)
    return end


def _other(lexer: Lexer, i: int) -> int:
    char = lexer.text[i]
    if char > "\x7f":
        return _wide_word(lexer, i)
    if char < " " or char == "\x7f":
        return lexer.broke(i, i + 1)
    lexer.add(SIGN, char, i)
    return i + 1


def _open(lexer: Lexer, i: int) -> int:
    at = len(lexer.tokens)
    lexer.closes[at] = -1
    lexer.brackets.append(at)
    lexer.add(SIGN, "(", i)
    return i + 1


def _close(lexer: Lexer, i: int) -> int:
    if lexer.brackets:
        lexer.closes[lexer.brackets.pop()] = len(lexer.tokens)
    lexer.add(SIGN, ")", i)
    return i + 1


def _semicolon(lexer: Lexer, i: int) -> int:
    lexer.cut(i)
    return i + 1


def _number(lexer: Lexer, i: int) -> int:
    text = lexer.text
    end = i + 1
    if text[i] == "0" and text[end] in "xXoObB":
        end += 1
        while text[end] in LETTERS or text[end] in DIGITS:
            end += 1
    while text[end] in DIGITS or text[end] in "._":
        end += 1
    if text[end] in "eE":
        after = end + 2 if text[end + 1] in "+-" else end + 1
        if text[after : after + 1] in DIGITS:
            end = after
            while text[end] in DIGITS:
                end += 1
    lexer.add(NUMBER, text[i:end], i)
    return end


def _dot(lexer: Lexer, i: int) -> int:
    return _number(lexer, i) if lexer.text[i + 1] in DIGITS else lexer.sign(i)


def _backslash(lexer: Lexer, i: int) -> int:
    return lexer.broke(i, i + 1)


def _client_end(lexer: Lexer, i: int) -> int:
    r"""\G and \g end a statement in the client of MySQL."""
    lexer.cut(i)
    return i + 2


def plain_hints(text: str) -> str:
    """The text with nothing in its unknown parts that the lexer could take for a quote or a bracket."""
    if OPEN not in text:
        return text
    parts = text.split(OPEN)
    for at in range(1, len(parts)):
        hint, closed, rest = parts[at].partition(CLOSE)
        if not hint.isidentifier():
            hint = "".join(char if char.isalnum() else "_" for char in hint)
        parts[at] = hint + (closed or CLOSE) + rest
    return OPEN.join(parts)


_SIGNS = {
    "(": _open,
    ")": _close,
    ";": _semicolon,
    ".": _dot,
    "'": quoting.string,
    '"': quoting.quoted,
    "-": quoting.dash,
    "/": quoting.slash,
    "\\": _backslash,
}
_SIGNS.update(dict.fromkeys(DIGITS, _number))
_TICKS = {**_SIGNS, '"': quoting.string, "`": quoting.quoted, "#": quoting.hash_sign, "*": quoting.asterisk}
_POSTGRESQL = {**_SIGNS, "$": quoting.dollar}
_MYSQL = {**_TICKS, "\\": _client_end}
_CLICKHOUSE = {**_TICKS, "`": quoting.string, "$": quoting.dollar}
_MSSQL = {**_SIGNS, "[": quoting.bracketed}
_SQLITE = {**_SIGNS, "`": quoting.quoted, "[": quoting.bracketed}


def styles(dialect: str) -> list[Style]:
    """Every reading of a text. The first is the usual one; the others count where the text leaves a doubt."""
    if dialect == "postgresql":
        return [
            Style(_POSTGRESQL, nested=True, prefixes=True, doubts="backslash"),
            # standard_conforming_strings = off
            Style(_POSTGRESQL, nested=True, prefixes=True, backslash=True),
        ]
    if dialect == "mysql":
        return [
            Style(_MYSQL, backslash=True, executable=True, dash_space=True, doubts="backslash executable"),
            Style(_MYSQL, executable=True, dash_space=True, doubts="executable"),
            Style(_MYSQL, backslash=True, dash_space=True),
            Style(_MYSQL, dash_space=True),
        ]
    if dialect in ("mssql", "oracle"):
        return [Style(_MSSQL if dialect == "mssql" else _SIGNS, nested=dialect == "mssql")]
    if dialect == "sqlite":
        return [Style(_SQLITE)]
    return [Style(_CLICKHOUSE, backslash=True, doubts="nested"), Style(_CLICKHOUSE, backslash=True, nested=True)]
