"""A grader that asks for a tool which the case does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import documents
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.documents import DataFile
    from orchestrator.plugin.surroundings import Surroundings


_HELD = ("Bash", "Write", "Edit", "WebFetch")


def find(document: DataFile, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    execution = document.mapping.get("execution")
    allowed = execution.get("allowed_tools", []) if isinstance(execution, dict) else []
    names = {str(each).partition("(")[0] for each in allowed} if isinstance(allowed, list) else set()
    for index, grader in enumerate(documents.listed(document, "graders")):
        held = grader if isinstance(grader, dict) else {}
        tool = held.get("tool")
        if held.get("type") != "tool_used" or not isinstance(tool, str) or held.get("max") == 0:
            continue
        if (tool in _HELD or tool.startswith("mcp__")) and tool not in names:
            yield Fault(message=f"the case does not allow {tool}", pointer=("graders", index, "tool"))


CHECK = Check(
    id="grader-tool-not-allowed",
    severity="error",
    of=("eval-case",),
    why="the client withholds the tool: the grader can never pass",
    mend="add the tool to execution.allowed_tools",
    find=find,
    fires_on=(case({"type": "tool_used", "tool": "Bash", "min": 1}),),
    silent_on=(
        case({"type": "tool_used", "tool": "Bash"}, execution={"prompt": "Look.", "allowed_tools": ["Bash(psql:*)"]}),
        case({"type": "tool_used", "tool": "Read"}),
    ),
)
