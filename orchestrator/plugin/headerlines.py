"""The lines of a header that is not valid YAML, sorted into the entries that their author saw in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orchestrator.plugin import yamlheader
from orchestrator.plugin.yamlheader import NotYaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import yaml

# Their values are texts that people write as they would in a letter.
TEXT_KEYS = frozenset(
    {"description", "when_to_use", "when-to-use", "whenToUse", "argument-hint", "initialPrompt", "role", "summary"}
)
# Their values are names, in a list or in one text with commas.
LIST_KEYS = frozenset(
    {"tools", "disallowedTools", "skills", "allowed-tools", "disallowed-tools", "arguments", "keywords", "tags"}
)
# A line of a text may look like a key: `user: "…"`. These are keys wherever they stand.
KNOWN_KEYS = (
    TEXT_KEYS
    | LIST_KEYS
    | frozenset(
        {"name", "model", "color", "effort", "maxTurns", "memory", "background", "isolation", "omitClaudeMd", "hooks"}
        | {"mcpServers", "permissionMode", "version", "category", "context", "agent", "metadata", "license", "author"}
        | {"expertise", "triggers", "taskTypes", "examplePrompts", "user-invocable", "disable-model-invocation"}
        | {"x-orchestrate", "compatibility", "paths", "shell", "priority", "type", "domain"}
    )
)
PAIR = re.compile(r"\A(?P<key>\"[^\"]*\"|'[^']*'|[\w$][\w.$/-]*)[ \t]*:(?P<gap>[ \t\u00a0]+|\Z)(?P<rest>.*)\Z")
_TIGHT = re.compile(r"\A(?P<key>[A-Za-z][\w-]*):(?P<rest>\S.*)\Z")
ITEM = re.compile(r"\A(?P<mark>[-*+•])(?P<gap>[ \t\u00a0]+|\Z)(?P<rest>.*)\Z")


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    text: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_aside(self) -> bool:
        """Blank, or only a comment."""
        return self.is_blank or self.text.lstrip().startswith("#")


def compose(lines: Sequence[Line]) -> yaml.Node | None:
    return yamlheader.compose("\n".join(line.text for line in lines))


def is_sound(lines: Sequence[Line]) -> bool:
    """Whether the lines are YAML, and more than one bare word."""
    import yaml

    try:
        return not isinstance(compose(lines), yaml.ScalarNode)
    except NotYaml:
        return False


@dataclass(kw_only=True)
class Entry:
    """A key or an item with the lines that belong to it, and what stands between it and the next one."""

    key: str | int
    mark: str
    rest: str
    lines: list[Line]
    aside: list[Line] = field(default_factory=list)
    _examples: int = 0
    _is_loose: bool = False

    def __post_init__(self) -> None:
        self._count(self.rest)

    @property
    def more(self) -> list[Line]:
        return self.lines[1:]

    @property
    def is_text(self) -> bool:
        """Whether it is a text of several lines, so that a line with a colon is one more of them."""
        return self._examples > 0 or self._is_loose

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.lines.append(line)
            self._count(line.text)
            is_outside = line.indent <= self.lines[0].indent
            self._is_loose |= is_outside and not line.is_aside and not ITEM.match(line.text)

    def _count(self, text: str) -> None:
        self._examples += text.count("<example>") - text.count("</example>")


def entries(lines: list[Line], indent: int, path: tuple[str | int, ...]) -> tuple[list[Line], list[Entry]]:
    """Lines before the first entry, and the entries. What is neither belongs to the entry above."""
    before: list[Line] = []
    found: list[Entry] = []
    for line in lines:
        entry = _head(line, indent, path, found)
        if entry:
            found.append(entry)
        elif found:
            found[-1].add([line])
        else:
            before.append(line)
    found = found if path else _with_lost_lines(found)
    for entry in found:
        end = len(entry.lines)
        while end > 1 and entry.lines[end - 1].is_aside and entry.lines[end - 1].indent <= indent:
            end -= 1
        entry.aside = entry.lines[end:]
        del entry.lines[end:]
    return before, found


def _with_lost_lines(entries: list[Entry]) -> list[Entry]:
    """Texts with the lines below them that look like keys and are none: `Examples:`, and what follows it."""
    found: list[Entry] = []
    for entry in entries:
        above = found[-1] if found else None
        is_lost = entry.key not in KNOWN_KEYS and not is_sound(entry.lines)
        if above and above.key in TEXT_KEYS and is_lost:
            above.add(entry.lines)
        else:
            found.append(entry)
    return found


def _head(line: Line, indent: int, path: tuple[str | int, ...], entries: list[Entry]) -> Entry | None:
    if line.indent != indent or line.is_aside:
        return None
    text = line.text[indent:]
    item = ITEM.match(text)
    if item and _takes_items(entries, path, item["mark"]):
        return Entry(key=len(entries), mark="- ", rest=item["rest"], lines=[line])
    pair = PAIR.match(text)
    if (
        pair
        and (pair["key"] in KNOWN_KEYS or not (entries and entries[-1].is_text))
        and not (entries and entries[0].mark == "- ")
    ):
        return Entry(key=pair["key"].strip("\"'"), mark=f"{pair['key']}: ", rest=pair["rest"], lines=[line])
    tight = _TIGHT.match(text)
    if tight and tight["key"] in KNOWN_KEYS and not tight["rest"].startswith("//"):
        return Entry(key=tight["key"], mark=f"{tight['key']}: ", rest=tight["rest"], lines=[line])
    return None


def _takes_items(entries: list[Entry], path: tuple[str | int, ...], mark: str) -> bool:
    """Whether an item may stand here: in a list, which has no keys. At the top it belongs to the key above."""
    if not path or (entries and entries[0].mark != "- "):
        return False
    return mark == "-" or path[-1] in LIST_KEYS


def is_head(line: Line, indent: int, path: tuple[str | int, ...]) -> bool:
    return _head(line, indent, path, []) is not None
