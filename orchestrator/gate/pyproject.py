"""Tasks in TOML files: pyproject.toml, Pipfile, mise.toml, pixi.toml. As much of TOML as tasks need."""

from __future__ import annotations

from orchestrator.gate.task import lines, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.gate.call import Call

MOST = 50
# Where a task keeps commands or the names of other tasks. Other keys hold help, variables and folders.
COMMANDS = frozenset({
    "", "cmd", "shell", "run", "composite", "chain", "sequence", "parallel", "ref", "commands", "deps", "depends",
    "depends-on", "depends_on", "uses",
})  # fmt: skip


def run(call: Call, text: str | None, sections: Sequence[str], name: str, extra: Sequence[str] = ()) -> bool:
    """Judges a task that one of the sections defines. False if none does, or the file cannot be read."""
    found = commands_of(text or "", sections, name, set())
    for command in found:
        lines(call, " ".join([command, *[quoted(word) for word in extra]]))
    return bool(found)


def commands_of(text: str, sections: Sequence[str], name: str, done: set[str]) -> list[str]:
    """The command lines of a task, those of the tasks that it names among them."""
    value = _definition(text, sections, name) if name not in done and len(done) < MOST else None
    done.add(name)
    found: list[str] = []
    for command in commands(value or ""):
        first, _, rest = command.strip().partition(" ")
        inner = commands_of(text, sections, first, done)
        found += [each + " " + rest for each in inner] or [command]
    return found


def _definition(text: str, sections: Sequence[str], name: str) -> str | None:
    for section in sections:
        found = definition(text, section, name)
        if found is not None:
            return found
    return None


def definition(text: str, section: str, name: str) -> str | None:
    """The text of the value of a key of a section, or of the section's own subsection of that name."""
    wanted = {section + "." + name, section + '."' + name + '"', section + ".'" + name + "'"}
    inside = body = False
    found: list[str] = []
    position = 0
    every = text.split("\n")
    while position < len(every):
        line = every[position].strip()
        position += 1
        if line.startswith("["):
            header = line.strip("[] ").split("]")[0].strip()
            inside, body = header == section, header in wanted
            continue
        if body:
            found.append(line)
        elif inside:
            key, equals, value = line.partition("=")
            if equals and key.strip().strip("\"'") == name:
                return _whole(value.strip(), every[position:])
    return "\n".join(found) if found else None


def _whole(value: str, following: list[str]) -> str:
    """A value with the lines it goes on for."""
    for line in following[:200]:
        if not _is_open(value):
            break
        value += "\n" + line
    return value


def _is_open(value: str) -> bool:
    for quote in ('"""', "'''"):
        if value.lstrip("[{ \n").startswith(quote):
            return value.count(quote) % 2 == 1
    return value.count("[") > value.count("]") or value.count("{") > value.count("}")


def commands(value: str) -> list[str]:
    """The texts of a task's value that are commands or names of other tasks."""
    found: list[str] = []
    key = word = ""
    position = 0
    while position < len(value):
        letter = value[position]
        if letter in "\"'":
            text, position = _text(value, position)
            if key in COMMANDS:
                found.append(text)
            continue
        if letter == "#":
            position = (value + "\n").index("\n", position)
        elif letter == "=":
            key, word = word, ""
        elif letter.isalnum() or letter in "_-":
            word = word + letter
        elif letter in ",{\n[":
            word = ""
        position += 1
    return found


def _text(value: str, position: int) -> tuple[str, int]:
    """A quoted text and where it ends."""
    quote = value[position]
    if value.startswith(quote * 3, position):
        quote *= 3
    start = position + len(quote)
    end = start
    while end < len(value) and not value.startswith(quote, end):
        end += 2 if value[end] == "\\" and quote[0] == '"' else 1
    text = value[start:end]
    if quote[0] == '"' and "\\" in text:
        text = text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
    return text, end + len(quote)
