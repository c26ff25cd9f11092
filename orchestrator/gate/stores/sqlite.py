"""Scripts of the sqlite3 and duckdb shells: SQL with dot commands in between."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.stores import feed, script
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_DEPTH = 8
# What the shell takes for a command: its name, or its beginning with at least so many letters.
_COMMANDS = (
    ("read", 3), ("restore", 3), ("shell", 2), ("system", 2), ("import", 2), ("output", 1), ("once", 2), ("open", 2),
    ("backup", 1), ("save", 2), ("clone", 2), ("archive", 2), ("excel", 3), ("load", 2), ("dbconfig", 3),
)  # fmt: skip


class Session:
    """What is known of the open database. `kept` is false for :memory:, `writable` for a read-only one."""

    __slots__ = ("call", "depth", "dialect", "kept", "writable")

    def __init__(self, call: Call, dialect: str, database: str, readonly: bool) -> None:
        self.call = call
        self.dialect = dialect
        self.kept = is_kept(database) and not storage.passing(call, database)
        self.writable = not readonly and not is_opened_readonly(database)
        self.depth = 0

    def start(self, scripts: list[str], words: list[str], files: list[str]) -> None:
        """Judges scripts from options and words after the database; standard input if there are no such words."""
        for text in feed.texts(self.call, files) + scripts + words:
            self.run(text)
        if not words and self.call.stdin:
            self.run(self.call.stdin)

    def run(self, text: str) -> None:
        """Judges a script."""
        for kind, piece in script.pieces(text, lambda line: line.startswith(".")):
            if kind == script.SQL:
                self._sql(piece)
            else:
                self._command(piece)

    def _sql(self, text: str) -> None:
        self.kept = self.kept or "attach" in text.lower()
        if self.kept and self.writable:
            self.call.sql(text, self.dialect)

    def _command(self, line: str) -> None:
        word, _, rest = line[1:].partition(" ")
        name = full_name(word)
        rest = rest.strip()
        if name in ("shell", "system"):
            self.call.shell(rest)
        elif name == "read":
            self._read(unquoted(rest))
        elif name in ("output", "once"):
            self._output(rest)
        elif name == "open":
            self._open(rest.split())
        else:
            self._change(name, line, rest)

    def _read(self, path: str) -> None:
        if path.startswith("|"):
            # The shell runs the program and takes its output for SQL.
            self.call.shell(path[1:])
            self.call.effect("unread-sql", "SQL made by " + path[1:])
        elif self.depth < _DEPTH:
            self.depth += 1
            for text in feed.texts(self.call, [path]):
                self.run(text)
            self.depth -= 1

    def _output(self, rest: str) -> None:
        target = rest if rest.startswith(("|", '"|', "'|")) else unquoted(rest.rpartition(" ")[2])
        command = target.strip("\"'")
        if command.startswith("|"):
            self.call.shell(command[1:])
        elif target and target not in ("stdout", "off"):
            self.call.wrote(target, UNKNOWN)

    def _open(self, words: list[str]) -> None:
        paths = [unquoted(word) for word in words if not word.startswith("--")]
        self.kept = any(is_kept(path) and not storage.passing(self.call, path) for path in paths)
        self.writable = "--readonly" not in words
        if "--new" in words:
            for path in paths:
                self.call.effect("remove-database-file", ".open --new " + path)

    def _change(self, name: str, line: str, rest: str) -> None:
        if name in ("backup", "save", "clone"):
            for path in rest.split()[-1:]:
                self.call.wrote(unquoted(path), UNKNOWN)
        elif name == "import" and '"|' in rest.replace("'", '"'):
            self.call.shell(rest.replace("'", '"').split('"|', 1)[1].split('"')[0])
        if self.kept and self.writable and name in ("import", "restore"):
            self.call.effect("load-data" if name == "import" else "restore-over-database", line)
        if name == "load":
            self.call.effect("unread-command", line)


def is_kept(database: str) -> bool:
    """False for a database that goes away with the shell."""
    passing = database in ("", ":memory:") or database.startswith(("file::memory:", "file:?"))
    return not passing and "mode=memory" not in database


def is_opened_readonly(database: str) -> bool:
    return database.startswith("file:") and ("mode=ro" in database or "immutable=1" in database)


def full_name(word: str) -> str:
    """The command that the shell takes a word for; the word itself if it is none of ours."""
    for name, letters in _COMMANDS:
        if len(word) >= letters and name.startswith(word):
            return name
    return word


def unquoted(word: str) -> str:
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"" else word
