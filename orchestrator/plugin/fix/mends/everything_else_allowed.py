"""Boundaries of a text that says only what is forbidden: without a list of what is allowed, nothing would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    boundaries = draft.held(("boundaries",), dict)
    if boundaries and "allow" not in boundaries:
        draft.extend(("boundaries", "allow"), ["**"])
        yield "boundaries.allow", "everything, since the text names no paths that are allowed"


MEND = Mend(
    id="everything-else-allowed",
    step="rest",
    of=("agent",),
    does="allows all paths where only forbidden ones are named",
    apply=apply,
)
