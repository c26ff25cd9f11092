"""EXPLAIN (FORMAT JSON) as plan nodes, with times and rows multiplied out over loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.pg import query as queries
from orchestrator.pg.catalog import quoted

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True, kw_only=True)
class PlanNode:
    kind: str  # "Seq Scan", "Index Scan" ...
    relation: str
    index: str
    condition: str  # the index condition, filter or sort key that names what the node does
    estimated_rows: float
    actual_rows: float  # over all loops; 0 without ANALYZE
    total_ms: float  # of the node and everything below it, over all loops; 0 without ANALYZE
    own_ms: float  # without the nodes below it
    rows_removed: float
    buffers: int  # pages touched, shared hits and reads
    children: tuple[PlanNode, ...]

    def walk(self) -> Iterator[PlanNode]:
        yield self
        for child in self.children:
            yield from child.walk()

    def as_json(self) -> dict[str, Any]:
        own = {
            name: getattr(self, name)
            for name in (
                "kind",
                "relation",
                "index",
                "condition",
                "estimated_rows",
                "actual_rows",
                "rows_removed",
                "buffers",
            )
        }
        return {
            **own,
            "total_ms": round(self.total_ms, 3),
            "own_ms": round(self.own_ms, 3),
            "children": [child.as_json() for child in self.children],
        }


def explain(connection: psycopg.Connection[Any], text: str, binding: Mapping[str, Any], *, analyze: bool) -> PlanNode:
    """The plan of a query whose parameters are `binding`; with `analyze` it is executed once and timed."""
    options = "ANALYZE, BUFFERS, FORMAT JSON" if analyze else "FORMAT JSON"
    row = connection.execute(f"EXPLAIN ({options}) {queries.bound(text)}".encode(), dict(binding)).fetchone()
    if row is None:
        raise LookupError("EXPLAIN returned no row")
    return node(row[0][0]["Plan"])


def node(raw: Mapping[str, Any]) -> PlanNode:
    """One node of EXPLAIN's JSON and all below it."""
    return _node(raw, _table_times(raw))


def _table_times(raw: Mapping[str, Any]) -> dict[str, float]:
    """Milliseconds of the plan behind each common table expression; the CTE Scan that reads it first has them too."""
    found = {raw["Subplan Name"].removeprefix("CTE "): _total(raw)} if _is_table(raw) else {}
    for child in raw.get("Plans", ()):
        found |= _table_times(child)
    return found


def _is_table(raw: Mapping[str, Any]) -> bool:
    return str(raw.get("Subplan Name", "")).startswith("CTE ")


def _total(raw: Mapping[str, Any]) -> float:
    # EXPLAIN reports times and rows per loop.
    return float(raw.get("Actual Total Time", 0.0) * raw.get("Actual Loops", 1))


def _node(raw: Mapping[str, Any], tables: dict[str, float]) -> PlanNode:
    loops = raw.get("Actual Loops", 1)
    total = _total(raw)
    below = sum(_total(child) for child in raw.get("Plans", ()) if not _is_table(child))
    own = max(0.0, total - below)
    if raw["Node Type"] == "CTE Scan":
        counted = min(own, tables.get(raw["CTE Name"], 0.0))
        tables[raw["CTE Name"]] = tables.get(raw["CTE Name"], 0.0) - counted
        own -= counted
    return PlanNode(
        kind=raw["Node Type"],
        relation=raw.get("Relation Name", ""),
        index=raw.get("Index Name", ""),
        condition=_condition(raw),
        estimated_rows=raw.get("Plan Rows", 0) * loops,
        actual_rows=raw.get("Actual Rows", 0) * loops,
        total_ms=total,
        own_ms=own,
        rows_removed=raw.get("Rows Removed by Filter", 0) * loops,
        buffers=raw.get("Shared Hit Blocks", 0) + raw.get("Shared Read Blocks", 0),
        children=tuple(_node(child, tables) for child in raw.get("Plans", ())),
    )


def _condition(raw: Mapping[str, Any]) -> str:
    for key in ("Index Cond", "Recheck Cond", "Order By", "Hash Cond", "Merge Cond", "Join Filter", "Filter"):
        if key in raw:
            return f"{key}: {raw[key]}"
    return "Sort Key: " + ", ".join(raw["Sort Key"]) if "Sort Key" in raw else ""


def indexes_used(plan: PlanNode) -> frozenset[str]:
    """Names of the indexes that the plan reads, quoted where SQL needs it."""
    return frozenset(quoted(item.index) for item in plan.walk() if item.index)


def sequential_scans(plan: PlanNode) -> tuple[PlanNode, ...]:
    return tuple(item for item in plan.walk() if item.kind == "Seq Scan")
