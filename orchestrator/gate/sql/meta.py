"""Meta-commands of psql that do more than show something. Those that are not here are harmless."""

from __future__ import annotations

from orchestrator.gate.text import OPEN, UNKNOWN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.sql.script import Session

# These take the rest of the line as it is.
WHOLE_LINE = frozenset({"!", "copy", "h", "help", "ef", "ev", "sf", "sv", "sf+", "sv+"})
SENDS = frozenset({"gset", "gdesc", "crosstabview", "watch", "sendpipeline", "parse", "bind_named"})


def command(session: Session, text: str, start: int) -> int:
    """Judges the command whose name begins at `start`; where the text goes on."""
    end = start
    while text[end] not in " \t\n\r\\" and not (text[end] == "!" and end > start):
        end += 1
        if text[end - 1] == "!" and end == start + 1:
            break
    name = text[start:end]
    line_end = text.find("\n", end)
    line = text[end:line_end].rstrip("\r")
    if name in WHOLE_LINE or _is_pipe(name, line):
        arguments, stop = [line.strip()], line_end
    else:
        arguments, stop = _arguments(session, text, end, line_end)
    if OPEN in name:
        session.call.effect("unread-sql", "\\" + name)
    if name in WITH_ARGUMENTS:
        WITH_ARGUMENTS[name](session, arguments)
    elif name in PLAIN:
        PLAIN[name](session)
    elif name in SENDS:
        session.sent()
        session.fetched = session.fetched or name == "gset"
    return stop


def _is_pipe(name: str, line: str) -> bool:
    return name in ("o", "out", "g", "gx", "w", "write") and line.strip().startswith("|")


def _arguments(session: Session, text: str, start: int, line_end: int) -> tuple[list[str], int]:
    """The arguments up to the end of the line or the next backslash, with quotes, variables and commands in them."""
    found: list[str] = []
    at = start
    inside = False
    while at < line_end and text[at] != "\\":
        char = text[at]
        if char in " \t\r":
            inside = False
            at += 1
            continue
        value, at = _part(session, text, at, line_end)
        if inside:
            found[-1] += value
        else:
            found.append(value)
        inside = True
    return found, at


def _part(session: Session, text: str, at: int, line_end: int) -> tuple[str, int]:
    """One part of an argument: quoted, a command in backticks, a variable, or plain characters."""
    char = text[at]
    if char in "'`\"":
        end = text.find(char, at + 1, line_end)
        while char == "'" and end >= 0 and text[end + 1] == "'":
            end = text.find(char, end + 2, line_end)
        end = end if end >= 0 else line_end
        body = text[at + 1 : end]
        if char == "`":
            session.call.shell(body)
            return unknown("command"), end + 1
        return (_unescaped(body.replace("''", "'")) if char == "'" else body), end + 1
    if char == ":":
        return session.filled(text, at)
    end = at + 1
    while end < line_end and text[end] not in " \t\r\\'`\":":
        end += 1
    return text[at:end], end


def _unescaped(body: str) -> str:
    if "\\" not in body:
        return body
    return body.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\\", "").replace("\0", "\\")


def _shell(session: Session, arguments: list[str]) -> None:
    if arguments[0]:
        session.call.shell(arguments[0])


def _include(session: Session, arguments: list[str]) -> None:
    _included(session, arguments, "")


def _include_relative(session: Session, arguments: list[str]) -> None:
    _included(session, arguments, session.folder)


def _included(session: Session, arguments: list[str], folder: str) -> None:
    path = arguments[0] if arguments else UNKNOWN
    if path.startswith("~/"):
        path = (session.call.variable("HOME") or UNKNOWN) + path[1:]
    if not path.startswith("/"):
        path = (folder or session.directory) + path
    text = session.call.stdin if path == "-" else session.call.read(path)
    if text is None:
        session.call.effect("unread-sql", "\\i " + path)
        return
    outer = session.folder
    session.folder = path[: path.rfind("/") + 1]
    session.read(text)
    session.folder = outer


def _send(session: Session, arguments: list[str]) -> None:
    session.sent()
    _output(session, [each for each in arguments if not each.startswith("(") and not each.endswith(")")])


def _output(session: Session, arguments: list[str]) -> None:
    """Results into a file, or into a command after a bar."""
    if not arguments or not arguments[0]:
        return
    if arguments[0].startswith("|"):
        session.call.shell(arguments[0][1:])
    else:
        session.call.wrote(arguments[0], UNKNOWN)


def _set(session: Session, arguments: list[str]) -> None:
    if arguments:
        session.set(arguments[0], "".join(arguments[1:]))


def _unset(session: Session, arguments: list[str]) -> None:
    if arguments and not session.branches:
        session.variables.pop(arguments[0], None)


def _prompt(session: Session, arguments: list[str]) -> None:
    if arguments:
        session.set(arguments[-1], unknown(arguments[-1]))


def _get_environment(session: Session, arguments: list[str]) -> None:
    if len(arguments) > 1:
        value = session.call.variable(arguments[1])
        session.set(arguments[0], unknown(arguments[1]) if value is None else value)


def _copy(session: Session, arguments: list[str]) -> None:
    """\\copy sends COPY … FROM STDIN or TO STDOUT, and reads or writes on this side."""
    line = arguments[0]
    start, end = _direction(line)
    reads = line[start:end].lower() == "from"
    if start == end:
        session.call.effect("unread-sql", "\\copy " + line)
        return
    session.add("COPY " + line[:start] + ("FROM STDIN" if reads else "TO STDOUT"))
    target, _, rest = line[end:].strip().partition(" ")
    if target.lower() == "program":
        _program(session, rest)
    elif not reads and target.lower() not in ("stdout", "pstdout"):
        session.call.wrote(target.strip("'"), UNKNOWN)


def _direction(line: str) -> tuple[int, int]:
    """Where FROM or TO stands, outside of brackets and quotes."""
    depth = start = 0
    quote = ""
    for at, char in enumerate(line + " "):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in " ()":
            if not depth and line[start:at].lower() in ("from", "to"):
                return start, at
            depth += (char == "(") - (char == ")")
            start = at + 1
    return 0, 0


def _program(session: Session, quoted: str) -> None:
    body = quoted.strip()
    if body.startswith("'"):
        end = body.find("'", 1)
        while end >= 0 and body[end + 1 : end + 2] == "'":
            end = body.find("'", end + 2)
        body = body[1:end].replace("''", "'") if end > 0 else body[1:]
    session.call.shell(body)


def _change_directory(session: Session, arguments: list[str]) -> None:
    path = arguments[0] if arguments else UNKNOWN
    session.directory = (path if path.startswith("/") else session.directory + path) + "/"


def _password(session: Session, arguments: list[str]) -> None:
    session.add("ALTER ROLE " + (arguments[0] if arguments else "CURRENT_USER") + " PASSWORD 'x'")


def _run_results(session: Session) -> None:
    """Every value of the result is run as a statement."""
    statement = session.sent()
    session.call.effect("dynamic-sql", statement.strip() + " \\gexec")
    for n, part in enumerate(statement.split("'")):
        if n % 2:
            session.add(part)


def _connect(session: Session) -> None:
    """Another session: its temporary tables are others."""
    if not session.branches:
        waiting, session.waiting = session.waiting, []
        session.judge()
        session.waiting = waiting


def _large_object(session: Session) -> None:
    session.call.effect("transfer-large-object")


def _edit(session: Session) -> None:
    session.call.effect("unread-sql", "\\e runs what an editor returns")


def _reset(session: Session) -> None:
    if not session.branches:
        session.waiting = []


def _if(session: Session) -> None:
    session.branches += 1


def _endif(session: Session) -> None:
    session.branches = max(0, session.branches - 1)


WITH_ARGUMENTS: dict[str, Callable[[Session, list[str]], None]] = {
    "!": _shell,
    "i": _include,
    "include": _include,
    "ir": _include_relative,
    "include_relative": _include_relative,
    "g": _send,
    "gx": _send,
    "o": _output,
    "out": _output,
    "w": _output,
    "write": _output,
    "s": _output,
    "set": _set,
    "unset": _unset,
    "prompt": _prompt,
    "getenv": _get_environment,
    "cd": _change_directory,
    "copy": _copy,
    "password": _password,
}
PLAIN: dict[str, Callable[[Session], None]] = {
    "gexec": _run_results,
    "c": _connect,
    "connect": _connect,
    "lo_import": _large_object,
    "lo_export": _large_object,
    "lo_unlink": _large_object,
    "e": _edit,
    "edit": _edit,
    "ef": _edit,
    "ev": _edit,
    "r": _reset,
    "reset": _reset,
    "if": _if,
    "endif": _endif,
}
