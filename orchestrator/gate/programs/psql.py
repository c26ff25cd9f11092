"""psql: SQL and meta-commands from -c, -f and standard input."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.sql.script import Session
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.options import Options

SHORT = "aAbc:d:eEf:F:h:HlL:no:p:P:qR:sStT:U:v:VwWxXz?01"
LONG = {
    "command=": "c",
    "dbname=": "d",
    "file=": "f",
    "set=": "v",
    "variable=": "v",
    "output=": "o",
    "log-file=": "L",
    "host=": "h",
    "port=": "p",
    "username=": "U",
    "field-separator=": "F",
    "record-separator=": "R",
    "pset=": "P",
    "table-attr=": "T",
    "help=?": "?",
    "version": "V",
    "list": "l",
    "no-psqlrc": "X",
    "csv": "csv",
    "echo-all": "a",
    "echo-errors": "b",
    "echo-hidden": "E",
    "echo-queries": "e",
    "expanded": "x",
    "field-separator-zero": "z",
    "html": "H",
    "no-align": "A",
    "no-password": "w",
    "no-readline": "n",
    "password": "W",
    "quiet": "q",
    "record-separator-zero": "0",
    "single-line": "S",
    "single-step": "s",
    "single-transaction": "1",
    "tuples-only": "t",
}
STDIN = frozenset({"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})


def read(call: Call) -> None:
    options = parse(call.args, SHORT, LONG)
    if options.has("?", "V", "l"):
        return
    for path in options.values("o", "L"):
        _output(call, path)
    session = Session(call, _variables(options))
    for statement in _settings(call, options):
        session.add(statement)
    session.end()
    _startup(session, options)
    actions = [(name, value) for name, value in options.given if name in ("c", "f")]
    for name, value in actions or [("f", "-")]:
        if name == "c":
            session.script(value)
        else:
            _file(session, value)
    session.judge()


def _output(call: Call, path: str) -> None:
    if path.startswith("|"):
        call.shell(path[1:])
    elif path:
        call.wrote(path, UNKNOWN)


def _variables(options: Options) -> dict[str, str]:
    found = {}
    for word in options.values("v"):
        name, _, value = word.partition("=")
        found[name] = value
    return found


def _file(session: Session, path: str) -> None:
    call = session.call
    if path in STDIN:
        text = call.stdin
        if text is None:
            # Interactive, or nothing to read.
            return
    else:
        text = call.read(path)
        session.folder = path[: path.rfind("/") + 1]
    if text is None:
        call.effect("unread-sql", "psql -f " + path)
    else:
        session.script(text)
    session.folder = ""


def _startup(session: Session, options: Options) -> None:
    """A startup file that the command line itself names."""
    path = session.call.env.get("PSQLRC")
    if path and not options.has("X"):
        _file(session, path)


def _settings(call: Call, options: Options) -> list[str]:
    """SET statements for the settings in PGOPTIONS and in the options of a connection string."""
    words = (call.variable("PGOPTIONS") or "").split()
    for target in options.values("d") + options.operands[:1]:
        if "options" in target:
            words += _connection_options(target).split()
    found = []
    for at, word in enumerate(words):
        text = words[at + 1] if word == "-c" and at + 1 < len(words) else word[2:] if word[:2] in ("-c", "--") else ""
        name, equals, value = text.partition("=")
        name = name.replace("-", "_")
        if equals and name.replace(".", "").replace("_", "").isalnum():
            found.append("SET " + name + " = '" + value.replace("'", "") + "'")
    return found


def _connection_options(target: str) -> str:
    r"""options of postgresql://h/d?options=-c%20a%3Db and of host=h options='-c a=b'."""
    if "://" in target:
        query = target.partition("?")[2]
        values = [part[len("options=") :] for part in query.split("&") if part.startswith("options=")]
        return " ".join(_decoded(value) for value in values)
    rest = target.partition("options")[2].lstrip(" =")
    if rest.startswith("'"):
        return rest[1:].partition("'")[0]
    return rest.split(maxsplit=1)[0].replace("\\", "") if rest else ""


def _decoded(value: str) -> str:
    first, *parts = value.replace("+", " ").split("%")
    done = first
    for part in parts:
        try:
            done += chr(int(part[:2], 16)) + part[2:]
        except ValueError:
            done += "%" + part
    return done
