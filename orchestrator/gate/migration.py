"""Command lines of tools that change a database: options, a command, and what the command does, as a table.

A reader of such a tool is a few lines of data: `read = reader(values="-c --config", commands={"upgrade": "…"})`.
"""

from __future__ import annotations

from orchestrator.gate.task import changes_database
from orchestrator.gate.text import OPEN, UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orchestrator.gate.call import Call

    # Rule ids with the options that choose between them, or a function for what a table cannot say.
    Meaning = str | Callable[[Call, "Line"], None]
    Commands = Mapping[str, Meaning]

HELP = ("--help", "-h", "-help", "--version", "-version", "-?")
OFF = ("false", "no", "0", "off")
DEPTH = 3


class Line:
    """Words of a command line by kind: options with their values ("" for a flag), and operands.

    `loose` holds the positions of operands that may be the value of an option in front of them. `rest` is what
    follows the command, once it is found.
    """

    __slots__ = ("flags", "loose", "operands", "rest")

    def __init__(self) -> None:
        self.flags: list[tuple[str, str]] = []
        self.operands: list[str] = []
        self.loose: set[int] = set()
        self.rest: list[str] = []

    def given(self, *names: str) -> bool:
        return any(name in names and value.lower() not in OFF for name, value in self.flags)

    def last(self, *names: str) -> str | None:
        """The value of the last of these options; None if none is given."""
        for name, value in reversed(self.flags):
            if name in names:
                return value
        return None

    def asks_for_help(self) -> bool:
        return any(name in HELP and not value for name, value in self.flags)


def scan(args: Sequence[str], valued: str = "") -> Line:
    """Options may stand anywhere. `valued` names those that take the next word, or what follows a "="."""
    values = frozenset(valued.split())
    line = Line()
    position = 0
    while position < len(args):
        word = args[position]
        position += 1
        if word == "--":
            line.operands += args[position:]
            break
        if not _is_option(word):
            if _follows_flag(line, args, position - 1, values):
                line.loose.add(len(line.operands))
            line.operands.append(word)
            continue
        name, equals, value = word.partition("=")
        if name in values and not equals:
            value = args[position] if position < len(args) else ""
            position += 1
        elif name not in values and name[:2] in values and not name.startswith("--"):
            name, value = word[:2], word[2:]
        line.flags.append((name, value))
    return line


def _is_option(word: str) -> bool:
    # alembic downgrade -1, sqitch revert @HEAD^: a negative number is an operand.
    return len(word) > 1 and word[0] == "-" and not word[1:2].isdecimal()


def _follows_flag(line: Line, args: Sequence[str], position: int, values: frozenset[str]) -> bool:
    before = args[position - 1] if position else ""
    return bool(line.flags) and _is_option(before) and "=" not in before and before not in values


def decide(call: Call, line: Line, meaning: Meaning) -> None:
    """Reports the first choice that applies: "nothing if --sql; run-migration"."""
    if not isinstance(meaning, str):
        meaning(call, line)
        return
    for choice in meaning.split("; "):
        rule_id, _, options = choice.partition(" if ")
        if options and not line.given(*options.split()):
            continue
        if rule_id != "nothing":
            call.effect(rule_id)
        return


class Tool:
    """`values`: options that take a value. `commands`: words of a command to its meaning.

    `quiet`: options that make every command harmless. `each`: every operand is a command, as for rake. `skip`:
    operands may stand before the command, as the driver and the DSN of goose. `bare`: meaning of no command at all.
    `other`: meaning of a command that is not in the table. `custom`: the project may add commands; the name is all
    that is known of them. `normal` brings the spelling of a command into that of the table.
    """

    __slots__ = ("bare", "commands", "custom", "each", "normal", "other", "quiet", "skip", "values")

    def __init__(
        self,
        commands: Commands,
        values: str = "",
        quiet: str = "",
        *,
        each: bool = False,
        skip: bool = False,
        custom: bool = False,
        bare: Meaning = "nothing",
        other: Meaning = "nothing",
        normal: Callable[[str], str] | None = None,
    ) -> None:
        self.commands = commands
        self.values = values
        self.quiet = quiet.split()
        self.each = each
        self.skip = skip
        self.custom = custom
        self.bare = bare
        self.other = other
        self.normal = normal


def reader(
    commands: Commands,
    values: str = "",
    quiet: str = "",
    *,
    each: bool = False,
    skip: bool = False,
    custom: bool = False,
    bare: Meaning = "nothing",
    other: Meaning = "nothing",
    normal: Callable[[str], str] | None = None,
) -> Callable[[Call], None]:
    """A reader for a program in `programs/`; see Tool for the parameters."""
    tool = Tool(commands, values, quiet, each=each, skip=skip, custom=custom, bare=bare, other=other, normal=normal)

    def read(call: Call) -> None:
        judge(call, tool)

    return read


def judge(call: Call, tool: Tool) -> None:
    line = scan(call.args, tool.values)
    if line.asks_for_help() or (tool.quiet and line.given(*tool.quiet)) or line.operands[:1] == ["help"]:
        return
    if tool.each:
        _judge_each(call, tool, line)
        return
    found = _find(tool, line)
    if found is not None:
        decide(call, line, found)
    elif not line.operands:
        decide(call, line, tool.bare)
    elif tool.custom and changes_database(line.operands[0]):
        call.effect("unread-task")
    else:
        decide(call, line, tool.other)


def _find(tool: Tool, line: Line) -> Meaning | None:
    """The meaning of the first command on the line; a command that cannot be read is `unread-command`."""
    unread = False
    for position, word in enumerate(line.operands):
        for length in range(DEPTH, 0, -1):
            words = line.operands[position : position + length]
            meaning = _meaning(tool, " ".join(words)) if len(words) == length else None
            if meaning is not None:
                line.rest = line.operands[position + length :]
                return meaning
        unread = unread or _is_unread(tool, line.operands, position)
        if is_known(word) and not tool.skip and position not in line.loose:
            break
    return "unread-command" if unread else None


def _is_unread(tool: Tool, operands: list[str], position: int) -> bool:
    """True for a command of which a part is unknown: $COMMAND, migrate:$COMMAND, migrate $COMMAND."""
    word = operands[position]
    if not word or not is_known(word):
        return True
    following = operands[position + 1 : position + 2]
    if not following or is_known(following[0]):
        return False
    return any(each.startswith(word + " ") for each in tool.commands)


def _judge_each(call: Call, tool: Tool, line: Line) -> None:
    if not line.operands:
        decide(call, line, tool.bare)
    for position, word in enumerate(line.operands):
        line.rest = line.operands[position + 1 :]
        meaning = _meaning(tool, word)
        start = word.partition(OPEN)[0]
        if meaning is not None:
            decide(call, line, meaning)
        elif start != word:
            # A wholly unknown task of a build tool is everyday work; of a migration tool it is not.
            if any(each.startswith(start) for each in tool.commands) if start else not tool.custom:
                call.effect("unread-command")
        elif tool.custom and changes_database(word.partition("[")[0]):
            call.effect("unread-task")


def _meaning(tool: Tool, name: str) -> Meaning | None:
    return tool.commands.get(tool.normal(name) if tool.normal else name)


def abbreviations(commands: Commands) -> Callable[[str], str]:
    """The way of Symfony's console: every part of a name may be cut short, d:m:m for doctrine:migrations:migrate.

    The first command of the table that fits is meant, so harmful ones stand in front.
    """

    def normal(name: str) -> str:
        parts = name.split(":")
        if name in commands or not is_known(name) or not all(parts):
            return name
        for each in commands:
            full = each.split(":")
            if len(full) == len(parts) and all(map(str.startswith, full, parts)):
                return each
        return name

    return normal


def by_namespace(commands: Commands, marks: str = "[") -> Callable[[str], str]:
    """The way of rake: db:migrate:primary is db:migrate for one database, and arguments stand in brackets."""

    def normal(name: str) -> str:
        name = name.partition(marks)[0]
        shorter = name
        while shorter and shorter not in commands:
            shorter = shorter.rpartition(":")[0]
        return shorter or name

    return normal


def statement(call: Call, text: str | None, dialect: str = "postgresql") -> None:
    """Judges SQL that is given to a tool; None where it cannot be read."""
    call.sql(UNKNOWN if text is None else text, dialect)


def statement_file(call: Call, path: str | None, dialect: str = "postgresql") -> None:
    """Judges the SQL of a file that a tool runs."""
    statement(call, call.read(path) if path else None, dialect)


def client_input(call: Call, dialect: str = "postgresql") -> None:
    """A client is opened: what is fed to it is SQL."""
    if call.stdin is not None:
        call.sql(call.stdin, dialect)
