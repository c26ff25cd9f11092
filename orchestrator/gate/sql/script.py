"""What psql reads: SQL with meta-commands, variables, and data of COPY in between."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.rule import DENY
from orchestrator.gate.sql.lexer import Lexer, plain_hints, styles
from orchestrator.gate.sql.tokens import WORD_CHARS, Style
from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Bounds of one psql session: scripts inside of one another, scripts at all, and characters that variables stand for.
LEVELS = 8
SCRIPTS = 64
FILLED = 1 << 20
# Variables that psql sets by itself.
ITS_OWN = frozenset("DBNAME USER HOST PORT ENCODING ROW_COUNT SQLSTATE LASTOID LAST_ERROR_MESSAGE SERVICE".split())
STATEMENTS = ("drop", "delete", "truncate", "update", "alter", "copy", "do", "with", "begin", "create", "merge")


class Session:
    """One connection: the SQL that it runs, in order, and the variables of psql.

    `sql` are texts that were read to their end, `text` is the one being read, `waiting` the part of it that no
    semicolon has ended. `folder` is where \\ir looks for files.
    """

    __slots__ = (
        "branches",
        "call",
        "directory",
        "fetched",
        "folder",
        "is_cut",
        "left",
        "level",
        "scripts",
        "sql",
        "text",
        "variables",
        "waiting",
    )

    def __init__(self, call: Call, variables: dict[str, str] | None = None) -> None:
        self.call = call
        self.variables = variables or {}
        self.sql: list[str] = []
        self.text: list[str] = []
        self.waiting: list[str] = []
        self.folder = ""
        # Set by \\cd.
        self.directory = ""
        self.level = 0
        self.scripts = 0
        # Something was not read because of the bounds; it is said once.
        self.is_cut = False
        # How many more characters variables may stand for.
        self.left = FILLED
        # Inside of \if: the commands there may not run.
        self.branches = 0
        # After \gset any variable may have been set.
        self.fetched = False

    def script(self, text: str) -> None:
        """Reads one script to its end."""
        self.read(text)
        self.end()

    def read(self, text: str) -> None:
        """Reads text in the middle of a script: an included file, or the value of a variable."""
        if self.level >= LEVELS or self.scripts >= SCRIPTS:
            if not self.is_cut:
                self.is_cut = True
                self.call.effect("unread-sql", "more than %d scripts, %d inside of one another" % (SCRIPTS, LEVELS))
            return
        self.level += 1
        self.scripts += 1
        _Scanner(plain_hints(text), self).run()
        self.level -= 1

    def end(self) -> None:
        """Ends a script: what has no semicolon is sent, too."""
        self.text += self.waiting
        self.waiting = []
        if self.text:
            self.sql.append("".join(self.text))
            self.text = []

    def sent(self) -> str:
        """Ends a statement; its text."""
        statement = "".join(self.waiting)
        self.text.append(statement + ";")
        self.waiting = []
        return statement

    def add(self, statement: str) -> None:
        """A statement that psql sends by itself, for a meta-command."""
        self.text.append("\n" + statement + ";\n")

    def judge(self) -> None:
        """Hands everything read so far over, as one session if all of it can be read. Starts another one."""
        self.end()
        if all(_is_whole(text) for text in self.sql):
            self.sql = ["\n;\n".join(self.sql)] if self.sql else []
        for text in self.sql:
            if text.strip(" \n\t;"):
                self.call.sql(text)
        self.sql = []

    def value(self, name: str) -> str | None:
        """The value of a variable, None if it is not set."""
        if name in self.variables:
            value = self.variables[name]
            self.left -= len(value)
            return value if self.left > 0 else unknown(name)
        return unknown(name) if self.fetched or name in ITS_OWN else None

    def set(self, name: str, value: str) -> None:
        if self.branches and name in self.variables and self.variables[name] != value:
            value = unknown(name)
        self.variables[name] = value

    def filled(self, text: str, at: int) -> tuple[str, int]:
        """What stands for the colon at a place of a text, and where the text goes on."""
        following = text[at + 1 : at + 2]
        if following == ":":
            return "::", at + 2
        if following in ("'", '"'):
            end = text.find(following, at + 2)
            value = self.value(text[at + 2 : end]) if end > 0 else None
            if value is not None:
                return following + value.replace(following, following * 2) + following, end + 1
            return ":", at + 1
        end = at + 1
        while end < len(text) and (text[end] in WORD_CHARS or text[end] > "\x7f") and text[end] != "$":
            end += 1
        value = self.value(text[at + 1 : end])
        return (value, end) if value is not None else (":", at + 1)


def _is_whole(text: str) -> bool:
    lexer = Lexer(text, styles("postgresql")[0])
    lexer.run()
    return not lexer.broken and not lexer.doubts


class _Scanner(Lexer):
    """Finds what psql handles by itself, outside of quotes and comments; all other text goes into the session."""

    __slots__ = ("mark", "session")

    def __init__(self, text: str, session: Session) -> None:
        super().__init__(text, STYLE)
        self.session = session
        self.mark = 0

    def cut(self, end: int) -> None:
        self.session.waiting.append(self.text[self.mark : end])
        self.mark = end
        self.tokens = []
        self.closes = {}
        self.brackets = []


def _semicolon(lexer: Lexer, i: int) -> int:
    assert isinstance(lexer, _Scanner)  # noqa: S101
    lexer.cut(i)
    lexer.mark = i + 1
    statement = lexer.session.sent()
    words = statement.lower().split()
    if words[:1] == ["copy"] and any(word.startswith("stdin") for word in words[2:]) and "from" in words:
        lexer.mark = _past_data(lexer.session, lexer.text, i + 1)
    return lexer.mark


def _past_data(session: Session, text: str, start: int) -> int:
    r"""Past the lines of COPY … FROM STDIN up to \., which psql sends as data only if the COPY works."""
    line_end = text.find("\n", start)
    end = text.find("\n\\.", line_end if line_end >= 0 else start)
    data = text[start : end if end >= 0 else len(text)]
    lines = data.split("\n")
    suspect = [n for n, line in enumerate(lines) if line.strip().lower().startswith(STATEMENTS)]
    if suspect:
        judge = catalogue.module("sql.judge")
        for effect in judge.effects("\n".join(lines[suspect[0] :])):  # type: ignore[attr-defined]
            if effect.rule.decision == DENY:
                session.call.report(effect)
    return end + 3 if end >= 0 else len(text)


def _colon(lexer: Lexer, i: int) -> int:
    assert isinstance(lexer, _Scanner)  # noqa: S101
    value, end = lexer.session.filled(lexer.text, i)
    if value in (":", "::"):
        return lexer.sign(i) if value == ":" else end
    lexer.cut(i)
    lexer.mark = end
    if "\\" in value or ";" in value:
        lexer.session.read(value)
    else:
        lexer.session.waiting.append(value)
    return end


def _backslash(lexer: Lexer, i: int) -> int:
    assert isinstance(lexer, _Scanner)  # noqa: S101
    lexer.cut(i)
    text = lexer.text
    if text[i + 1] in ";:\\":
        lexer.session.waiting.append({";": ";", ":": ":", "\\": "\n"}[text[i + 1]])
        lexer.mark = i + 2
        return i + 2
    end = catalogue.module("sql.meta").command(lexer.session, text, i + 1)  # type: ignore[attr-defined]
    lexer.session.waiting.append("\n")
    lexer.mark = end
    return lexer.mark


_USUAL = styles("postgresql")[0]
STYLE = Style({**_USUAL.readers, "\\": _backslash, ":": _colon, ";": _semicolon}, nested=True, prefixes=True, doubts="")


def judge(call: Call, text: str, variables: dict[str, str] | None = None) -> None:
    """Judges a script for psql: SQL and meta-commands."""
    session = Session(call, variables)
    session.script(text)
    session.judge()
