"""Numbers of tool calls that the text gives for kinds of work, as budgets that are counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import scaling
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.fix.draft import Draft

PAST_THE_TOP = 1.5  # the cap, in parts of the top of the range


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    for said in scaling.said(draft.document):
        kind = re.sub(r"[^a-z0-9]+", "_", said.label.lower()).strip("_")
        if said.fault or not kind or kind in (draft.held(("budgets",), dict) or ()):
            continue
        cap = round(said.high * PAST_THE_TOP)
        draft.part("budgets")[kind] = _budget(said.low, said.high, cap)
        yield (
            f"budgets.{kind}",
            f"{said.low} to {said.high} tool calls, from line {said.number} of the text; stopped past {cap}",
        )


def _budget(low: int, high: int, cap: int) -> object:
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    numbers = CommentedSeq([low, high])
    budget = CommentedMap({"range": numbers, "cap": cap})
    numbers.fa.set_flow_style()
    budget.fa.set_flow_style()
    return budget


MEND = Mend(
    id="budgets-read",
    step="contract",
    of=("agent",),
    does="reads numbers of tool calls from the text",
    apply=apply,
)
