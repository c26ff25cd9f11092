"""A plugin's own MCP server is named as if a project had declared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = "---\nname: example\ndescription: Writes the report of a month.\n"
TREE = {
    ".claude-plugin/plugin.json": '{"name": "demo"}',
    ".mcp.json": '{"mcpServers": {"numbers": {"command": "numbers"}}}',
}


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:
    for index, tool in enumerate(agent.tools):
        server = grants.server_of(tool)
        if server in around.own_servers:
            yield Fault(message=_message(tool, server, around), pointer=("tools", index))
    for mention in grants.mentions(agent.document):
        if mention.server in around.own_servers:
            message = _message(mention.name, mention.server, around)
            yield Fault(message=message, line=mention.number, column=mention.column)


def _message(tool: str, server: str, around: Surroundings) -> str:
    whole = tool.replace(f"mcp__{server}", f"mcp__plugin_{around.plugin}_{server}", 1)
    return f"{tool} is named {whole} in the client, because the plugin starts the server"


CHECK = Check(
    id="unqualified-server",
    severity="error",
    of=("agent",),
    why="a plugin's server has the name plugin_<plugin>_<server> in tools; the short one is dropped",
    mend="write the whole name",
    source="https://code.claude.com/docs/en/mcp#plugin-provided-mcp-servers",
    find=find,
    fires_on=(
        TREE | {"agents/example.md": HEAD + "tools: [mcp__numbers__sum]\n---\nAdd.\n"},
        TREE | {"agents/example.md": HEAD + "---\nAdd with mcp__numbers__sum.\n"},
    ),
    silent_on=(
        TREE | {"agents/example.md": HEAD + "tools: [mcp__plugin_demo_numbers__sum]\n---\nAdd.\n"},
        TREE | {"agents/example.md": HEAD + "---\nAdd the numbers.\n"},
    ),
)
