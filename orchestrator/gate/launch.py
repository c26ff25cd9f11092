"""Programs that start the rest of their words as another program: poetry run, bundle exec, doppler run --."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.task import changes_database, start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orchestrator.gate.call import Call


class Front:
    """The words in front of a program: `given` are options with values, `rest` begins with the program."""

    __slots__ = ("given", "rest")

    def __init__(self, given: list[tuple[str, str]], rest: list[str]) -> None:
        self.given = given
        self.rest = rest

    def last(self, *names: str) -> str:
        """The value of the last of these options, "" if none is given."""
        return next((value for name, value in reversed(self.given) if name in names), "")

    def has(self, *names: str) -> bool:
        return any(name in names for name, _ in self.given)


def front(args: Sequence[str], valued: str) -> Front:
    """Options up to the first operand. `valued` names those that take the next word, or what follows a "="."""
    values = valued.split()
    given: list[tuple[str, str]] = []
    position = 0
    while position < len(args):
        word = args[position]
        if word == "--":
            return Front(given, list(args[position + 1 :]))
        if len(word) < 2 or word[0] not in "-+":
            break
        position += 1
        name, equals, value = word.partition("=")
        if name in values and not equals:
            value = args[position] if position < len(args) else ""
            position += 1
        elif name[:2] in values and not name.startswith("--") and name not in values:
            name, value = word[:2], word[2:].lstrip("=")
        given.append((name, value))
    return Front(given, list(args[position:]))


def program(call: Call, words: list[str], folder: str = "") -> None:
    """Starts what a launcher is given: a program, a Python file, or a command of the project's own."""
    if not words:
        return
    name = words[0].rpartition("/")[2]
    if name.endswith(".py"):
        start(call, ["python", *words], folder)
    elif not _has_reader(name, len(words)) and "/" not in words[0] and changes_database(name):
        call.effect("unread-task")
    else:
        start(call, words, folder)


def _has_reader(name: str, count: int) -> bool:
    # golang-migrate does nothing without a command; a project's own `migrate` does.
    if name == "migrate" and count == 1:
        return False
    return name.replace("-", "_").replace(".", "_") in catalogue.names("programs")


def reader(
    commands: str = "",
    valued: str = "",
    *,
    operands: int = 0,
    dashes: bool = False,
    folder: str = "",
    text: str = "",
    remote: bool = False,
) -> Callable[[Call], None]:
    """A reader for a launcher.

    `commands`: the subcommands that start a program; none means that it always does. `operands`: how many words stand
    between the subcommand and the program. `dashes`: the program stands behind "--". `folder` and `text`: options that
    name a folder to work in, and those whose value is a command line. `remote`: it runs elsewhere.
    """

    def read(call: Call) -> None:
        found = front(call.args, valued)
        if commands:
            if not found.rest or found.rest[0] not in commands.split():
                return
            inner = front(found.rest[1:], valued)
            found = Front(found.given + inner.given, inner.rest)
        line = found.last(*text.split()) if text else ""
        words = _program_words(found.rest, operands, dashes)
        if line:
            call.shell(line)
        elif remote:
            call.run(words, remote=True)
        else:
            program(call, words, found.last(*folder.split()) if folder else "")

    return read


def _program_words(rest: list[str], operands: int, dashes: bool) -> list[str]:
    if dashes and "--" in rest:
        return rest[rest.index("--") + 1 :]
    rest = rest[operands:]
    return rest[1:] if rest[:1] == ["--"] else rest
