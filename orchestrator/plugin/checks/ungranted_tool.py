"""The text names a tool that the header does not grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext, grants
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.bodytext import Span
    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

_OF_MANY_MEANINGS = frozenset({"Agent", "Edit", "Monitor", "Read", "Skill", "Task", "Write"})
HEAD = "---\nname: example\ndescription: Writes the report of a month.\n"


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    held = grants.granted(agent.document.data)
    for mention in grants.mentions(agent.document):
        if not held.has(mention.name):
            yield _fault(mention.name, mention.number, mention.column)
    for span in bodytext.spans(agent.document):
        if _is_meant(span) and not held.has(span.text) and not span.is_negated:
            yield _fault(span.text, span.number, span.column)


def _is_meant(span: Span) -> bool:
    """Whether the word is the client's tool: `Task` and some others are names of many things."""
    if span.text in _OF_MANY_MEANINGS:
        return f"`{span.text}` tool" in span.sentence
    return span.text in grants.BUILT_IN


def _fault(name: str, line: int, column: int) -> Fault:
    return Fault(
        message=f"the body names {name}, and tools does not grant it",
        line=line,
        column=column,
        severity="error" if name.startswith("mcp__") else "warning",
        fix=f"Add {name} to tools, or remove it from the body.",
    )


CHECK = Check(
    id="ungranted-tool",
    severity="error",
    of=("agent",),
    why="an agent has the tools of its header only: what the text tells it to use beyond them is not there",
    mend="add the tool to tools, or remove it from the body",
    source="https://code.claude.com/docs/en/sub-agents#available-tools",
    find=find,
    fires_on=(
        HEAD + "tools: [Read]\n---\nLook things up with `WebSearch`.\n",
        HEAD + "tools: Read, Grep\n---\nAsk mcp__plugin_pgwright_pgwright__recall first.\n",
        HEAD + "disallowedTools: Bash\n---\nUse `Bash` for counting.\n",
        HEAD + "tools: [Read]\n---\nMake the file with the `Write` tool.\n",
    ),
    silent_on=(
        HEAD + "---\nLook things up with `WebSearch`.\n",
        HEAD + "tools: [Read]\n---\nYou have no `Bash`, and never `Write`.\n",
        HEAD + "tools: [Read, mcp__plugin_pgwright_pgwright]\n---\nAsk mcp__plugin_pgwright_pgwright__recall first.\n",
        HEAD + "tools: [Read]\n---\nA `Task` has a `Monitor`; see `Skill.Read`.\n",
        HEAD + "tools: [Read]\n---\nWrite the answer as text. Bash is a shell.\n",
        HEAD + "tools: [Agent, Bash(git log:*)]\n---\nStart helpers with `Task`, and read history with `Bash`.\n",
    ),
)
