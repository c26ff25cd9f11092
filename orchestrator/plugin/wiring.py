"""The hooks and servers that a document wires up, wherever in it they stand."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.problems import Pointer

# Kinds of documents that hold hooks, for the checks of hooks.
HOLD_HOOKS = ("hooks", "plugin", "settings")
HOLD_SERVERS = ("mcp-servers", "plugin")
# The client refuses a plugin whose entry for one of these is malformed; at any other event it drops the entry alone.
GUARDING = frozenset({"PreToolUse", "PermissionRequest"})
_PLUGIN_PATH = re.compile(r"\$\{CLAUDE_PLUGIN_ROOT\}[\"']?/([\w./@+-]+)|\$CLAUDE_PLUGIN_ROOT[\"']?/([\w./@+-]+)")
_OPTION = re.compile(r"\$\{user_config\.([^}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Group:
    """What stands behind one matcher; `data` is whatever the author wrote there."""

    event: str
    pointer: Pointer
    data: Any

    @property
    def matcher(self) -> str:
        found = self.data.get("matcher") if isinstance(self.data, dict) else None
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, kw_only=True)
class Hook:
    group: Group
    pointer: Pointer
    data: Mapping[str, Any]

    @property
    def type(self) -> str:
        return _text(self.data.get("type"))

    @property
    def command(self) -> str:
        return _text(self.data.get("command"))

    @property
    def is_shell(self) -> bool:
        """Whether a shell reads the command; with `args` none does."""
        return self.type == "command" and "args" not in self.data


@dataclass(frozen=True, kw_only=True)
class Server:
    name: str
    pointer: Pointer
    data: Any


@dataclass(frozen=True, kw_only=True)
class Place:
    """A text somewhere in a hook or server."""

    pointer: Pointer
    text: str


@functools.cache
def known_events() -> frozenset[str]:
    """The events at which client 2.1.331 runs hooks."""
    return frozenset(paths.schema("hooks")["$defs"]["events"]["properties"])


def events(document: DataFile) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Every object of events with its place. A manifest may hold several, in a list."""
    found = document.mapping.get("hooks")
    listed = enumerate(found) if isinstance(found, list) else [(None, found)]
    for index, each in listed:
        if isinstance(each, dict):
            yield ("hooks",) if index is None else ("hooks", index), each


def groups(document: DataFile) -> Iterator[Group]:
    for pointer, held in events(document):
        for event, listed in held.items():
            for index, data in enumerate(listed if isinstance(listed, list) else []):
                yield Group(event=event, pointer=(*pointer, event, index), data=data)


def hooks(document: DataFile) -> Iterator[Hook]:
    for group in groups(document):
        held = group.data.get("hooks") if isinstance(group.data, dict) else None
        for index, data in enumerate(held if isinstance(held, list) else []):
            if isinstance(data, dict):
                yield Hook(group=group, pointer=(*group.pointer, "hooks", index), data=data)


def servers(document: DataFile) -> Iterator[Server]:
    """The MCP servers of .mcp.json, of its form without `mcpServers`, or of a manifest."""
    found = document.mapping.get("mcpServers")
    listed = enumerate(found) if isinstance(found, list) else [(None, found)]
    for index, each in listed:
        pointer: Pointer = ("mcpServers",) if index is None else ("mcpServers", index)
        for name, data in each.items() if isinstance(each, dict) else ():
            yield Server(name=str(name), pointer=(*pointer, name), data=data)
    if document.kind == "mcp-servers" and "mcpServers" not in document.mapping:
        for name, data in document.mapping.items():
            yield Server(name=name, pointer=(name,), data=data)


def texts(value: Any, pointer: Pointer) -> Iterator[Place]:
    """Every text in `value`, with its place."""
    if isinstance(value, str):
        yield Place(pointer=pointer, text=value)
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from texts(inner, (*pointer, key))


def files(text: str) -> Iterator[str]:
    """Paths in the plugin's folder that the text names by ${CLAUDE_PLUGIN_ROOT}."""
    yield from (match[1] or match[2] for match in _PLUGIN_PATH.finditer(text))


def options(text: str) -> Iterator[str]:
    """Options of the plugin that the text names by ${user_config.x}."""
    yield from (match[1] for match in _OPTION.finditer(text))


def is_executable(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o111)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
