"""A tool of an MCP server that nobody starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = "---\nname: example\ndescription: Writes the report of a month.\n"
MANIFEST = {".claude-plugin/plugin.json": '{"name": "demo"}'}
# Servers that the client itself or a person's account brings.
_FROM_THE_CLIENT = ("ide", "claude-in-chrome", "claude_ai_", "claude-vscode")


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    seen: set[str] = set()
    inline = agent.document.data.get("mcpServers")
    known = around.servers | _names(inline)
    for index, tool in enumerate(agent.tools):
        server = grants.server_of(tool)
        if server and _is_unknown(server, known, around):
            seen.add(server)
            yield Fault(message=_message(server), pointer=("tools", index), severity=around.unknown)
    for mention in grants.mentions(agent.document):
        if mention.server not in seen and _is_unknown(mention.server, known, around):
            seen.add(mention.server)
            yield Fault(
                message=_message(mention.server), line=mention.number, column=mention.column, severity=around.unknown
            )


def _is_unknown(server: str, known: frozenset[str], around: Surroundings) -> bool:
    if server in known or server.startswith(_FROM_THE_CLIENT):
        return False
    # A bare name of the plugin's own server is another fault: unqualified-server.
    return server not in around.own_servers


def _message(server: str) -> str:
    return f'no .mcp.json here starts the MCP server "{server}"'


def _names(inline: object) -> frozenset[str]:
    if isinstance(inline, dict):
        return frozenset(map(str, inline))
    listed = inline if isinstance(inline, list) else []
    return frozenset(str(name) for each in listed for name in (each if isinstance(each, dict) else [each]))


CHECK = Check(
    id="unknown-server",
    severity="error",
    of=("agent",),
    why="tools of a server that is not there are dropped without a word",
    mend="declare the server in .mcp.json, or remove its tools",
    source="https://code.claude.com/docs/en/mcp#plugin-provided-mcp-servers",
    find=find,
    fires_on=(
        HEAD + "tools: [Read, mcp__absent__look]\n---\nLook.\n",
        HEAD + "---\nAsk `mcp__absent__look`.\n",
    ),
    silent_on=(
        MANIFEST
        | {
            "agents/example.md": HEAD + "tools: [mcp__plugin_demo_numbers__sum]\n---\nAdd.\n",
            ".mcp.json": '{"mcpServers": {"numbers": {"command": "numbers"}}}',
        },
        {
            ".claude/agents/example.md": HEAD + "tools: [mcp__numbers__sum]\n---\nAdd.\n",
            ".mcp.json": '{"mcpServers": {"numbers": {"command": "numbers"}}}',
        },
        HEAD + "tools: [Read, mcp__plugin_pgwright_pgwright]\n---\nLook.\n",
        HEAD + "---\nTools of servers are named mcp__server__tool.\n",
    ),
)
