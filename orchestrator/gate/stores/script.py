"""Scripts in which a client's own commands stand between SQL statements: sqlite3, mysql, sqlcmd, sqlplus, cqlsh."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SQL = "sql"
COMMAND = "command"

_QUOTES = "'\"`"


class _Reader:
    """State of one pass over a script; `open` is a quote, "/*" or ""; `pending` is true inside a statement."""

    def __init__(self, hashes: bool, escapes: bool) -> None:
        self.hashes = hashes
        self.escapes = escapes
        self.delimiter = ";"
        self.open = ""
        self.pending = False

    def line(self, line: str) -> str:
        """Goes over a line of SQL; returns it with the delimiter as a semicolon."""
        done: list[str] = []
        at = 0
        while at < len(line):
            step = self._step(line, at)
            if not self.open and step == len(self.delimiter) and line.startswith(self.delimiter, at):
                self.pending = False
                done.append(";")
            else:
                done.append(line[at : at + step])
            at += step
        return "".join(done)

    def _step(self, line: str, at: int) -> int:
        if self.open:
            return self._inside(line, at)
        if line.startswith(self.delimiter, at):
            return len(self.delimiter)
        if line.startswith("--", at) or (self.hashes and line[at] == "#"):
            return len(line) - at
        if line.startswith("/*", at):
            self.open = "/*"
            return 2
        if line[at] in _QUOTES:
            self.open = line[at]
        if not line[at].isspace():
            self.pending = True
        return 1

    def _inside(self, line: str, at: int) -> int:
        if self.open == "/*":
            if line.startswith("*/", at):
                self.open = ""
                return 2
            return 1
        if self.escapes and line[at] == "\\" and at + 1 < len(line):
            return 2
        if line[at] == self.open:
            self.open = ""
        return 1


def pieces(
    text: str, is_command: Callable[[str], bool], hashes: bool = False, escapes: bool = False
) -> list[tuple[str, str]]:
    """(SQL or COMMAND, text) in order. A command is a line that starts where no statement is pending.

    `DELIMITER x` lines are followed. `hashes` makes # a comment, `escapes` a backslash an escape in strings: MySQL.
    """
    reader = _Reader(hashes, escapes)
    found: list[tuple[str, str]] = []
    sql: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.strip()
        if reader.open or reader.pending or not _command(reader, bare, is_command):
            sql.append(reader.line(line))
            continue
        found.append((SQL, "\n".join(sql)))
        found.append((COMMAND, bare))
        sql = []
    found.append((SQL, "\n".join(sql)))
    return [(kind, piece) for kind, piece in found if piece.strip()]


def _command(reader: _Reader, bare: str, is_command: Callable[[str], bool]) -> bool:
    if bare[:10].lower() == "delimiter ":
        reader.delimiter = bare[10:].strip().split(" ")[0] or ";"
        return True
    return is_command(bare)
