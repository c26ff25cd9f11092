"""Commands of the shell itself that change what later commands mean, or run other commands."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.place import normal
from orchestrator.gate.shell.state import either
from orchestrator.gate.text import UNKNOWN, is_known, is_opaque, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call


def change_folder(call: Call) -> None:
    words = [word for word in call.args if word not in ("-L", "-P", "-e", "--")]
    target = words[0] if words else call.machine.place.home or unknown("HOME")
    state = call.state
    if target == "-" or target.startswith("+"):
        target = unknown("OLDPWD")
    path = target if target.startswith("/") else state.cwd + "/" + target
    state.cwd = normal(path, "/") if is_known(path) else path if target.startswith("/") else unknown("cwd")
    call.output("")


def previous_folder(call: Call) -> None:
    call.state.cwd = unknown("OLDPWD")


def declare(call: Call) -> None:
    """export, declare, local, readonly, typeset: `name=value` words; array arguments are assigned already."""
    reference = any(word.startswith("-") and "n" in word for word in call.args) and call.name != "export"
    for word in call.args:
        name, equals, value = word.partition("=")
        if equals and not word.startswith("-"):
            if name.endswith("+"):
                name = name[:-1]
                before = call.state.variables.get(name)
                value = (before if type(before) is str else "") + value
            call.state.variables[name] = _referred(call, value) if reference else value
    call.output("")


def _referred(call: Call, name: str) -> str:
    """The value behind declare -n, as it is now."""
    value = call.state.variables.get(name)
    return value if type(value) is str else unknown(name)


def unset(call: Call) -> None:
    for word in call.args:
        call.state.variables.pop(word, None)
        call.state.functions.pop(word, None)


def set_arguments(call: Call) -> None:
    words = call.args
    while words and words[0][:1] in ("-", "+") and words[0] not in ("-", "--"):
        words = words[2:] if words[0].endswith("o") else words[1:]
    if words[:1] in (["--"], ["-"]):
        words = words[1:]
    elif not words:
        return
    call.state.arguments = list(words)


def shift(call: Call) -> None:
    count = call.args[0] if call.args else "1"
    call.state.arguments = call.state.arguments[int(count) :] if count.isdecimal() and len(count) < 5 else []


def read(call: Call) -> None:
    """The variables may hold any line of the input."""
    options = parse(call.args, short="a:d:i:n:N:p:t:u:")
    names = options.operands + options.values("a") or ["REPLY"]
    descriptor = options.last("u")
    text = call.state.inputs.get(descriptor, UNKNOWN) if descriptor else call.stdin
    lines = text.splitlines() if text and not is_opaque(text) else []
    if options.has("d") and options.last("d") == "" and text:
        lines = [text]
    signs = call.variable("IFS")
    if signs and is_known(signs) and len(names) > 1 and signs.strip():
        lines = [_blanks_between(line, signs) for line in lines]
    for position, name in enumerate(names):
        last = position == len(names) - 1
        values = [_field(line, position, last) for line in lines if line.strip()]
        call.state.variables[name] = either(values, name) if values else unknown(name)


def _blanks_between(line: str, signs: str) -> str:
    return "".join(" " if letter in signs else letter for letter in line)


def _field(line: str, position: int, last: bool) -> str:
    words = line.split(None, position)
    if len(words) <= position:
        return ""
    return words[position].rstrip() if last else words[position].split(None, 1)[0]


def lines_of_input(call: Call) -> None:
    """mapfile, readarray."""
    options = parse(call.args, short="d:n:O:s:u:C:c:")
    name = options.operands[0] if options.operands else "MAPFILE"
    known = call.stdin is not None and not is_opaque(call.stdin)
    call.state.variables[name] = (call.stdin or "").splitlines() if known else [unknown(name)]


def evaluate(call: Call) -> None:
    text = " ".join(call.args[1:] if call.args[:1] == ["--"] else call.args)
    if not is_known(text):
        call.output(UNKNOWN)
        call.shell(text)
        return
    call.output(call.machine.source(call.state, text, call.stdin))


def source(call: Call) -> None:
    words = [word for word in call.args if word != "--"]
    if not words:
        return
    text = call.read(words[0])
    if text is None:
        call.output(UNKNOWN)
        call.shell(unknown(words[0]))
        return
    before, file = call.state.arguments, call.state.variables.get("BASH_SOURCE")
    call.state.arguments = words[1:] or before
    call.state.variables["BASH_SOURCE"] = words[0]
    call.output(call.machine.source(call.state, text, call.stdin))
    call.state.arguments = before
    call.state.variables["BASH_SOURCE"] = file or call.state.name


def execute(call: Call) -> None:
    """exec and builtin; a bare `exec < file` feeds what follows, which the redirection has done already."""
    options = parse(call.args, short="a:", stop=True)
    if options.rest:
        call.run(options.rest)
    elif call.stdin is not None:
        call.state.inputs["0"] = call.stdin


def command(call: Call) -> None:
    options = parse(call.args, stop=True)
    if options.has("v", "V"):
        call.output("\n".join(options.rest) + "\n")
    elif options.rest:
        call.run(options.rest)


def trap(call: Call) -> None:
    words = [word for word in call.args if word != "--"]
    if len(words) > 1 and not words[0].startswith("-"):
        call.shell(words[0])


def alias(call: Call) -> None:
    for word in call.args:
        name, equals, value = word.partition("=")
        if equals:
            call.state.aliases[name] = value


def unalias(call: Call) -> None:
    for word in call.args:
        call.state.aliases.pop(word, None)


def options_of_script(call: Call) -> None:
    for name in call.args[1:2]:
        call.state.variables[name] = unknown(name)


READERS: dict[str, Callable[[Call], None]] = {
    ".": source,
    "source": source,
    "alias": alias,
    "unalias": unalias,
    "builtin": execute,
    "exec": execute,
    "command": command,
    "cd": change_folder,
    "pushd": change_folder,
    "popd": previous_folder,
    "declare": declare,
    "export": declare,
    "local": declare,
    "readonly": declare,
    "typeset": declare,
    "eval": evaluate,
    "getopts": options_of_script,
    "mapfile": lines_of_input,
    "readarray": lines_of_input,
    "read": read,
    "set": set_arguments,
    "shift": shift,
    "trap": trap,
    "unset": unset,
}
