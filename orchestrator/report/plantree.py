"""A plan tree as it is shown: each node with its words, its rows, and its own time as a bar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from orchestrator.report import figures


@dataclass(frozen=True, kw_only=True)
class ShownNode:
    """`share` is the node's own part of the whole time, in percent."""

    kind: str
    where: str
    condition: str
    estimated_rows: float
    actual_rows: float
    rows_removed: float
    buffers: int
    own_ms: float
    share: float
    children: tuple[ShownNode, ...]

    @property
    def dear(self) -> bool:
        return self.share >= 10

    def walk(self) -> Iterator[ShownNode]:
        yield self
        for child in self.children:
            yield from child.walk()


def shown(plan: Mapping[str, Any] | None) -> ShownNode | None:
    return _node(plan, max(plan["total_ms"], 1e-9)) if plan else None


def _node(plan: Mapping[str, Any], whole_ms: float) -> ShownNode:
    return ShownNode(
        kind=plan["kind"],
        where=_where(plan),
        condition=figures.shortened(plan["condition"]),
        estimated_rows=plan["estimated_rows"],
        actual_rows=plan["actual_rows"],
        rows_removed=plan["rows_removed"],
        buffers=plan["buffers"],
        own_ms=plan["own_ms"],
        share=round(min(plan["own_ms"] / whole_ms, 1.0) * 100, 1),
        children=tuple(_node(child, whole_ms) for child in plan["children"]),
    )


def _where(plan: Mapping[str, Any]) -> str:
    on = f"on {plan['relation']}" if plan["relation"] else ""
    using = f"using {plan['index']}" if plan["index"] else ""
    return " ".join(part for part in (on, using) if part)
