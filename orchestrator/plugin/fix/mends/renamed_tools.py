"""Tools that the client has no more, in favour of those that do their work today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

TODAY = {"LS": "Glob", "MultiEdit": "Edit", "NotebookRead": "Read", "Task": "Agent"}


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    for key in ("tools", "disallowedTools"):
        listed = draft.header.get(key)
        if not isinstance(listed, list):
            continue
        for name in [item for item in listed if isinstance(item, str) and item in TODAY]:
            at = listed.index(name)
            if TODAY[name] in listed:
                del listed[at]
                yield key, f"{name} removed: the client has it no more, and {TODAY[name]} is there"
            else:
                listed[at] = TODAY[name]
                yield key, f"{name} is called {TODAY[name]} today"


MEND = Mend(
    id="renamed-tools",
    step="contract",
    of=("agent",),
    does="replaces names of tools that the client does not know any more",
    apply=apply,
)
