"""One program start that the command line would cause, as a reader in `programs/` sees it."""

from __future__ import annotations

from orchestrator.gate.text import CLOSE, OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.gate.rule import Effect
    from orchestrator.gate.shell.machine import Machine
    from orchestrator.gate.shell.state import State


class Call:
    """A reader is `def read(call: Call) -> None` in `programs/<name>.py`; it reports through the methods here.

    `name` is the program without folder, version and suffix ("python" for /usr/bin/python3.11), `argv` its words with
    the program first; unknown parts of words are marked as in `gate.text`. `stdin` is None where nothing is fed to the
    program, else text, UNKNOWN where it cannot be known. `env` holds the variables set for it on the command line.
    `remote` is true where the program runs in a container or on another host, whose files cannot be read here.
    """

    __slots__ = ("argv", "cwd", "env", "machine", "name", "path", "remote", "state", "stdin")

    def __init__(  # noqa: PLR0917
        self,
        machine: Machine,
        state: State,
        name: str,
        argv: list[str],
        stdin: str | None,
        env: Mapping[str, str],
        path: tuple[str, ...],
    ) -> None:
        self.machine = machine
        self.state = state
        self.cwd = state.cwd
        self.remote = state.remote
        self.name = name
        self.argv = argv
        self.stdin = stdin
        self.env = env
        self.path = path

    @property
    def args(self) -> list[str]:
        return self.argv[1:]

    @property
    def line(self) -> str:
        """The beginning of the command, for people."""
        return " ".join(self.argv[:60])

    def effect(self, rule_id: str, detail: str = "") -> None:
        """Reports an effect by the id of its rule; the detail is the command itself if none is given."""
        self.machine.effect(self, rule_id, detail)

    def report(self, effect: Effect) -> None:
        """Reports an effect that was found elsewhere, by the SQL judge for example."""
        self.machine.report(self, effect)

    def sql(self, text: str, dialect: str = "postgresql") -> None:
        """Judges SQL that a database would run."""
        self.machine.sql(self, text, dialect)

    def shell(self, text: str) -> None:
        """Judges text that a shell would run with this program's input."""
        self.machine.shell(self, text)

    def run(self, argv: Sequence[str], stdin: str | bool | None = True, remote: bool = False, least: str = "") -> None:
        """Judges the start of another program by this one. `stdin` is this program's own unless given.

        `least` is the id of a rule that applies where the other program would do anything to a database that the gate
        cannot tell: an unknown wrapper around a database client.
        """
        self.machine.run(self, argv, stdin, remote, least)

    def code(self, language: str, text: str, script: bool = False) -> None:
        """Judges program text: python, javascript, ruby, perl, php. `script` is true for a file of the project."""
        self.machine.code(self, language, text, script)

    def read(self, path: str) -> str | None:
        """Content of a file as the program would find it, with what the command line wrote before. None if it cannot
        be read: missing, not regular, too large, outside of what the gate may read, an unknown name, a remote host.
        """
        return self.machine.read(self, path)

    def output(self, text: str) -> None:
        """What the program prints; unknown unless a reader says so."""
        self.machine.output(self, text)

    def wrote(self, path: str, text: str) -> None:
        """The program writes this file. UNKNOWN is a text, too."""
        self.machine.wrote(self, path, text)

    def removed(self, path: str) -> None:
        """The program removes this file or folder."""
        self.machine.removed(self, path)

    def changed(self, path: str) -> None:
        """The program changes something about this file that is not its content: its mode, its owner."""
        self.machine.changed(self, path)

    def filled(self, folder: str) -> None:
        """The program writes files into this folder, or further down, whose names are not known."""
        self.machine.filled(self, folder)

    def linked(self, path: str, to: str) -> None:
        """The first path is now another name of the second."""
        self.machine.linked(self, path, to)

    def stands_for(self, path: str, name: str) -> None:
        """The file is now the program of this name."""
        self.machine.stands_for(self, path, name)

    def removed_below(self, folder: str, names: list[str]) -> None:
        """The program removes what it finds in a folder: everything, or what fits one of the names."""
        self.machine.removed_below(self, folder, names)

    def files(self, pattern: str) -> list[str]:
        """The files that a shell pattern stands for; none on a remote host, or where a part is unknown."""
        return self.machine.matching(self.state, pattern)

    def is_folder(self, path: str) -> bool:
        return self.machine.is_folder(self.state, path)

    def variable(self, name: str) -> str | None:
        """A variable of the program's environment, None if it is not known to be set."""
        return self.machine.variable(self, name)


def program(word: str) -> str:
    """The name of a program without its folder: `psql` for /usr/bin/psql and for $BIN/psql.exe.

    A word that is wholly unknown keeps its mark; where its hint is a variable named like a program, "$PSQL", the name
    is that of the program.
    """
    name = word.rstrip("/").rpartition("/")[2]
    if CLOSE in name:
        hint = name.partition(OPEN)[2].partition(CLOSE)[0].lower()
        tail = name.rpartition(CLOSE)[2]
        name = tail or (hint.replace("_", "-") if hint in ("psql", "dropdb", "mysql", "sqlite3", "alembic") else name)
    return name[:-4] if name.lower().endswith(".exe") else name


def without_version(name: str) -> str:
    bare = name.rstrip("0123456789.-_")
    return bare or name
