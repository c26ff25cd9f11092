"""MCP tools that the text tells the agent to use, and that its header does not grant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    listed = draft.header.get("tools")
    if not isinstance(listed, list) or not listed:
        return
    for mention in grants.mentions(draft.document):
        if not grants.granted(draft.header).has(mention.name):
            listed.append(mention.name)
            yield "tools", f"{mention.name} granted: line {mention.number} of the text uses it"


MEND = Mend(
    id="granted-mcp-tools",
    step="contract",
    of=("agent",),
    does="grants the MCP tools that the text names, where the header lists tools",
    apply=apply,
)
