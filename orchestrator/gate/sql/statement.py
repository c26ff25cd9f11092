"""One SQL statement, as the rules see it."""

from __future__ import annotations

from orchestrator.gate.sql.tokens import HOLE, QUOTED, SIGN, STRING, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece, Token

OFF = frozenset({"FALSE", "OFF", "0", "NO", "'FALSE'", "'OFF'", "'0'", "'NO'"})
# Here #name is a temporary table, and @name a table in a variable.
TEMPORARY_SIGNS = frozenset({"mssql", "sqlserver", "tsql"})
ENDS_PREDICATE = frozenset({"RETURNING", "ORDER", "LIMIT", "SETTINGS"})


class Statement:
    """`words` are the words and signs of the statement outside of brackets, in upper case: a bracket and what it holds
    is "(", a quoted name "", a string "'", an unknown part "?". `top` are the places of the same tokens in `tokens`.
    """

    __slots__ = ("dialect", "every_row", "last", "piece", "routine", "tokens", "top", "words")

    def __init__(self, reader: Reader, piece: Piece, first: int, last: int) -> None:
        self.dialect = reader.dialect
        self.routine = reader.routine
        self.piece = piece
        self.tokens = piece.tokens
        self.last = last
        # What `rows` found out; several rules ask.
        self.every_row: bool | None = None
        self.top: list[int] = []
        self.words: list[str] = []
        at = first
        while at < last:
            token = self.tokens[at]
            self.top.append(at)
            self.words.append(_shown(token))
            at = piece.closes.get(at, at) + 1

    def starts(self, *words: str) -> bool:
        """Whether the statement begins with these words."""
        return self.words[: len(words)] == list(words)

    def has(self, *words: str) -> bool:
        """Whether these words follow one another in the statement, outside of brackets."""
        return self.find(*words) >= 0

    def find(self, *words: str) -> int:
        """Where these words follow one another, -1 if they do not."""
        start = 0
        for _ in range(self.words.count(words[0])):
            start = self.words.index(words[0], start)
            if self.words[start : start + len(words)] == list(words):
                return start
            start += 1
        return -1

    def after(self, position: int, *skipped: str) -> int:
        """The first position from here on that is none of these words."""
        while position < len(self.words) and self.words[position] in skipped:
            position += 1
        return position

    def word(self, position: int) -> str:
        return self.words[position] if position < len(self.words) else ""

    def option(self, name: str) -> bool:
        """Whether an option is on: VERB (NAME), VERB (NAME true) or VERB NAME."""
        if self.word(1) != "(":
            return name in self.words
        for item in self.items(1):
            if item and item[0][1] == name:
                return len(item) < 2 or item[1][1].upper() not in OFF
        return name in self.words[2:]

    def items(self, position: int) -> list[list[Token]]:
        """The parts between the commas of the bracket at a position."""
        opening = self.top[position]
        found: list[list[Token]] = [[]]
        for token in self.tokens[opening + 1 : self.piece.closes[opening]]:
            if token[0] is SIGN and token[1] == ",":
                found.append([])
            else:
                found[-1].append(token)
        return found

    def name(self, position: int) -> tuple[str, ...]:
        """The qualified name at a position, folded as PostgreSQL folds it; empty if there is none.

        The sign of a temporary table of SQL Server is a part by itself.
        """
        parts = []
        if self.word(position) in ("#", "@") and self.dialect in TEMPORARY_SIGNS:
            return (self.word(position), self.word(position + 1).lower())
        while position < len(self.top):
            kind, value, _ = self.tokens[self.top[position]]
            if kind is WORD:
                parts.append(value.lower())
            elif kind in (QUOTED, HOLE):
                parts.append(value)
            else:
                break
            if self.word(position + 1) != ".":
                break
            position += 2
        return tuple(parts)

    def names(self, position: int) -> list[tuple[str, ...]]:
        """Qualified names, separated by commas, from a position on."""
        found = []
        while position < len(self.top):
            position = self.after(position, "ONLY")
            name = self.name(position)
            if not name:
                break
            found.append(name)
            width = 2 if name[0] in ("#", "@") else 2 * len(name) - 1
            position = self.after(position + width, "*")
            if self.word(position) != ",":
                break
            position += 1
        return found

    def predicate(self) -> list[Token] | None:
        """The tokens after WHERE; None if there is no WHERE."""
        where = self.find("WHERE")
        if where < 0:
            return None
        end = where + 1
        while end < len(self.words) and self.words[end] not in ENDS_PREDICATE:
            end += 1
        stop = self.top[end] if end < len(self.top) else self.last
        return self.tokens[self.top[where] + 1 : stop]


def _shown(token: Token) -> str:
    kind, value, _ = token
    if kind is WORD or kind is SIGN:
        return value
    return {QUOTED: "", STRING: "'", HOLE: "?"}.get(kind, value)
