"""Taskfiles of go-task: the commands of a task. Reads the YAML line by line, as far as tasks need it."""

from __future__ import annotations

from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DEPTH = 10
COMMANDS = ("cmds", "cmd", "deps", "")


class Taskfile:
    """`tasks`: name to (kind, text), where kind is "cmd" or "task". Variables are those at the top of the file."""

    __slots__ = ("_done", "is_whole", "tasks", "variables")

    def __init__(self, text: str) -> None:
        every = _lines(text)
        self.tasks = {name: _commands(block) for name, block in _children(every, "tasks")}
        self.variables = {name: _scalar(block) for name, block in _children(every, "vars")}
        # What another file defines has a name of its own, docs:build for example.
        self.is_whole = not _children(every, "includes")
        self._done: set[str] = set()

    def commands(self, name: str, given: Mapping[str, str], depth: int = DEPTH) -> list[str]:
        found: list[str] = []
        if name in self._done or not depth:
            return found
        self._done.add(name)
        for kind, text in self.tasks.get(name, []):
            filled = self.filled(text, given)
            found += [filled] if kind == "cmd" else self.commands(filled, given, depth - 1)
        return found

    def filled(self, text: str, given: Mapping[str, str]) -> str:
        """The text with every {{.NAME}} replaced."""
        pieces = text.split("{{")
        found = [pieces[0]]
        for piece in pieces[1:]:
            expression, _, rest = piece.partition("}}")
            name = expression.strip(" -").lstrip(".")
            value = given.get(name, self.variables.get(name))
            plain = "".join([letter for letter in name if letter.isalnum() or letter == "_"])
            found.append((unknown(plain) if value is None or "{{" in value else value) + rest)
        return "".join(found)


def _lines(text: str) -> list[tuple[int, str]]:
    """(indent, text) of every line; tabs do not indent in YAML."""
    found = []
    for line in text.replace("\r\n", "\n").split("\n"):
        plain = line.lstrip(" ")
        found.append((len(line) - len(plain), plain.rstrip()))
    return found


def _children(every: list[tuple[int, str]], section: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The entries of a section at the top of the file: name, and its lines; the first is what follows the colon."""
    found: list[tuple[str, list[tuple[int, str]]]] = []
    inside = False
    indent = 0
    for depth, text in every:
        if not text or text.startswith("#"):
            continue
        if depth == 0:
            inside, indent = text.partition(":")[0] == section, 0
            continue
        if not inside:
            continue
        indent = indent or depth
        if depth <= indent:
            name, value = _entry(text)
            found.append((name, [(depth, value)] if value else []))
        elif found:
            found[-1][1].append((depth, text))
    return found


def _entry(text: str) -> tuple[str, str]:
    """db:migrate: "go run ." is the entry db:migrate."""
    name, colon, value = text.partition(": ")
    if not colon:
        name = text[:-1] if text.endswith(":") else text
    return name.strip().strip("'\""), value.strip()


def _scalar(block: list[tuple[int, str]]) -> str:
    return _plain(block[0][1]) if len(block) == 1 else "{{}}"


def _plain(value: str) -> str:
    """A value without its quotes or its comment."""
    value = value.strip()
    if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
        quote = value[0]
        inner = value[1 : value.rfind(quote)]
        return inner.replace("''", "'") if quote == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")
    return value.partition(" #")[0].strip()


def _commands(block: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """The commands of one task, in order."""
    found: list[tuple[str, str]] = []
    key = ""
    outer = min([depth for depth, _ in block], default=0)
    position = 0
    while position < len(block):
        depth, text = block[position]
        position += 1
        item = text.startswith("- ")
        if depth == outer and not item and (": " in text or text.endswith(":")):
            key, text = _entry(text)
        elif item:
            text = text[2:].strip()
        if key not in COMMANDS or not text:
            continue
        text, position = _value(block, position, depth, text)
        found += _meaning(text, key)
    return found


def _value(block: list[tuple[int, str]], position: int, depth: int, text: str) -> tuple[str, int]:
    """A value with the deeper lines that belong to it where it is a block, `|` or `>`."""
    if text.rpartition(" ")[2][:1] not in ("|", ">") or len(text.rpartition(" ")[2]) > 2:
        return text, position
    lines = []
    while position < len(block) and block[position][0] > depth:
        lines.append(block[position][1])
        position += 1
    head = text.rpartition(" ")[0]
    return (head + " " if head else "") + ("\n" if text[-1] != ">" else " ").join(lines), position


def _meaning(text: str, key: str) -> list[tuple[str, str]]:
    if text[:1] in ("[", "{") and text[-1:] in ("]", "}"):
        found = []
        for part in text.strip("[]{} ").split(","):
            found += _meaning(part.strip(), key) if part.strip() else []
        return found
    name, colon, value = text.partition(":")
    if colon and name in ("cmd", "task", "defer") and value[:1] in ("", " "):
        return [("task" if name == "task" else "cmd", _plain(value))]
    if colon and name in ("silent", "ignore_error", "for", "vars", "platforms", "set", "shopt", "var", "split"):
        return []
    return [("task" if key == "deps" else "cmd", _plain(text) if text[0] in "'\"" else text)]
