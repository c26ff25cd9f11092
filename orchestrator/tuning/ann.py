"""What the rules for approximate nearest neighbours share: which distances lack an index, and how to write one."""

from __future__ import annotations

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.naming import index_name
from orchestrator.tuning.record import IndexDesign, Knob, Situation
from orchestrator.tuning.shapes import Distance, distances, sort_expressions

# https://github.com/pgvector/pgvector#hnsw: "vector - up to 2,000 dimensions", "halfvec - up to 4,000 dimensions"
MAX_HNSW_DIMENSIONS = {"vector": 2000, "halfvec": 4000}
METHODS = ("hnsw", "ivfflat")


def unindexed(situation: Situation) -> list[Distance]:
    """Distances that decide an order and that no valid index serves, one for each column and operator."""
    found: dict[tuple[str, str, str], Distance] = {}
    for near in distances(situation.query, situation.catalog):
        if _decides_order(near) and not _served(near, situation):
            found.setdefault((near.relation.name, near.column.name, near.operator), near)
    return list(found.values())


def _decides_order(near: Distance) -> bool:
    """True when the distance is part of a sort key whose first rows are wanted, or of a window's order."""
    keys = [key for key, _ in sort_expressions(near.select)] if "limit_count" in near.select else []
    windows = [node["window_def"].get("order_clause", []) for node in q.own(near.select) if "window_def" in node]
    windows += [node["over"].get("order_clause", []) for node in q.own(near.select) if "over" in node]
    return any(node == near.node for node in q.walk([keys, windows]))


def _served(near: Distance, situation: Situation) -> bool:
    wanted = {
        found.opclass
        for method in METHODS
        if (found := situation.catalog.opclass(method, near.operator, near.column.base_type))
    }
    return any(
        index.is_valid
        and index.method in METHODS
        and index.keys == (quoted(near.column.name),)
        and wanted & set(index.opclasses)
        for index in near.relation.indexes
    )


def slot(near: Distance) -> str:
    """Alternatives to one another are the indexes that serve one operator on one column."""
    return f"ann:{near.relation.name}.{near.column.name}" + (f":{near.operator}" if near.operator != "<=>" else "")


def ann_index(near: Distance, method: str, key_class: str, *, options: str, knob: Knob, key: str = "") -> IndexDesign:
    """An index on the column of `near`, or on the expression `key` over it."""
    # vector_l2_ops and the like; the cosine distance, which most use, goes without saying.
    measure = key_class.split("_")[1]
    suffix = "_".join((["halfvec"] if key else []) + ([measure] if measure != "cosine" else []))
    return IndexDesign(
        name=index_name(near.relation, (near.column.name,), method, suffix),
        table=near.relation.qualified,
        schema=near.relation.schema_qualifier,
        method=method,
        definition=f"{method} ({key or quoted(near.column.name)} {key_class}) {options}",
        knob=knob,
    )
