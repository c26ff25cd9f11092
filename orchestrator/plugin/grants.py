"""Which tools a definition has, and which tools and servers its text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.plugin.frontmatter import Document

# Names of the client's tools that an agent's text can mean by a word in backticks.
BUILT_IN = frozenset(
    {"Agent", "AskUserQuestion", "Bash", "Edit", "EnterPlanMode", "ExitPlanMode", "Glob", "Grep", "LSP"}
    | {"Monitor", "NotebookEdit", "PowerShell", "Read", "SendMessage", "Skill", "Task", "TaskCreate", "TaskUpdate"}
    | {"TodoWrite", "ToolSearch", "WebFetch", "WebSearch", "Write"}
)
SHELLS = frozenset({"Bash", "PowerShell"})
WRITERS = frozenset({"Edit", "NotebookEdit", "Write"})
_SECOND_NAMES = {"Task": "Agent"}
# Tools that an agent with a memory folder has in any case.
_OF_MEMORY = frozenset({"Edit", "Read", "Write"})
# Two underscores divide: a server's name has only single ones.
_MCP = re.compile(r"\bmcp__([A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*)(?:__([A-Za-z0-9_-]+|\*))?(?![\w<{*-])")
_PLACEHOLDERS = frozenset({"server", "servername", "server-name", "server_name", "name"})


@dataclass(frozen=True, kw_only=True)
class Grants:
    """`names` is None where the definition has every tool. Without `(...)`: a limit there gives the whole tool."""

    names: frozenset[str] | None
    denied: frozenset[str]

    def has(self, tool: str) -> bool:
        tool = _SECOND_NAMES.get(tool, tool)
        forms = {tool, *_servers_of(tool)}
        if forms & self.denied:
            return False
        return self.names is None or bool(forms & self.names)

    def has_any(self, tools: frozenset[str]) -> bool:
        return any(self.has(tool) for tool in tools)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A tool of an MCP server in the text: `tool` is empty where all tools of the server are meant."""

    name: str
    server: str
    tool: str
    number: int
    column: int


def granted(data: Mapping[str, Any]) -> Grants:
    """What an agent with this header may use."""
    names: frozenset[str] | None = None
    if "tools" in data and data["tools"] not in ("*", ["*"]):
        names = frozenset(map(_plain, listed(data["tools"])))
        names = None if "*" in names else names
    if names is not None and data.get("memory"):
        names |= _OF_MEMORY
    return Grants(names=names, denied=frozenset(map(_plain, listed(data.get("disallowedTools")))))


def listed(value: object) -> tuple[str, ...]:
    """The names in a list or in a text with commas; a comma inside brackets belongs to its name."""
    if isinstance(value, str):
        return tuple(part.strip() for part in _parts(value) if part.strip())
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _parts(text: str) -> Iterator[str]:
    start = depth = 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign == "," and (depth == 0 or ")" not in text[at:]):
            yield text[start:at]
            start = at + 1
    yield text[start:]


def mentions(document: Document) -> Iterator[Mention]:
    """The tools of MCP servers that the body names, in the order of the text."""
    for number, text in enumerate(document.body.split("\n"), start=document.body_line):
        for match in _MCP.finditer(text):
            if match[1] not in _PLACEHOLDERS:
                yield Mention(
                    name=match[0], server=match[1], tool=match[2] or "", number=number, column=match.start() + 1
                )


def server_of(tool: str) -> str:
    """The server in `mcp__server__tool` or `mcp__server`; empty for any other tool."""
    match = _MCP.fullmatch(tool)
    return match[1] if match and match[1] not in _PLACEHOLDERS else ""


def _servers_of(tool: str) -> set[str]:
    if not tool.startswith("mcp__"):
        return set()
    server = "__".join(tool.split("__")[:2])
    return {server, f"{server}__*", "mcp__*"}


def _plain(name: str) -> str:
    bare = name.split("(", 1)[0].strip()
    return _SECOND_NAMES.get(bare, bare)
