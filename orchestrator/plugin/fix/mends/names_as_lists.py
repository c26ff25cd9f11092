"""Names in one text with commas become a list, so that each has a line and a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.plugin import grants
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

KEYS = ("tools", "disallowedTools", "skills")


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    from ruamel.yaml.comments import CommentedSeq

    for key in KEYS:
        value = draft.header.get(key)
        names = grants.listed(value) if isinstance(value, str) else ()
        if names and names != ("*",):
            listed = CommentedSeq(names)
            listed.fa.set_flow_style()
            draft.header[key] = listed
            yield key, f"{len(names)} name{'s' if len(names) > 1 else ''} in a text with commas made a list"


MEND = Mend(
    id="names-as-lists",
    step="values",
    of=("agent",),
    does="writes tools, disallowedTools and skills as lists",
    apply=apply,
)
