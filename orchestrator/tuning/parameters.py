"""Parameter values for a query that came without any: drawn from the rows of the tables it reads, so that the data
know them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UsageError
from orchestrator.pg import query as q
from orchestrator.pg.catalog import Catalog, Relation, quoted
from orchestrator.tuning.shapes import DISTANCES, distances, resolve, searches

if TYPE_CHECKING:
    import psycopg

PROBES = 40
# Words of one row that are asked for together: two adjacent ones in the middle of its alphabet, where numbers are rare.
WORDS = (
    "array_to_string((tsvector_to_array({column}))[greatest(1, length({column}) / 2):length({column}) / 2 + 1], ' ')"
)


@dataclass(frozen=True, kw_only=True)
class Role:
    relation: Relation
    sql: str  # the expression over a row of the relation that gives the value


def draw(connection: psycopg.Connection[Any], query: q.Query, catalog: Catalog) -> list[dict[str, Any]]:
    """Up to 40 bindings. Raises UsageError when a parameter is compared with nothing that has values in a table.

    The values for parameters of one table come from one row each.
    """
    if not query.parameters:
        return [{}]
    found = {name: _role(position, query, catalog) for position, name in enumerate(query.parameters, 1)}
    roles = {name: role for name, role in found.items() if role}
    unknown = [name for name in query.parameters if name not in roles]
    if unknown:
        raise UsageError(
            f"no value is known for parameter {', '.join(unknown)}",
            detail="Values are drawn from the tables where a column, a vector or a text search is compared with one.",
            hint='Give them: --params FILE, a JSON file like {"name": ["first value", "second value"]}',
        )
    drawn = [
        _rows(connection, {name: role for name, role in roles.items() if role.relation is relation})
        for relation in {role.relation.oid: role.relation for role in roles.values()}.values()
    ]
    count = max(map(len, drawn))
    return [
        {name: value for rows in drawn for name, value in rows[position % len(rows)].items()}
        for position in range(count)
    ]


def _role(position: int, query: q.Query, catalog: Catalog) -> Role | None:
    def mentions(node: Any) -> bool:
        return any(inner.get("param_ref", {}).get("number") == position for inner in q.walk(node))

    near = next((near for near in distances(query, catalog) if mentions(near.operand)), None)
    if near:
        return Role(relation=near.relation, sql=quoted(near.column.name))
    text = next((text for text in searches(query, catalog) if mentions(text.tsquery)), None)
    if text:
        return Role(relation=text.relation, sql=WORDS.format(column=quoted(text.column.name)))
    nodes = ((node, select) for select in q.selects(query.tree) for node in q.own(select))
    return next((role for node, select in nodes if (role := _compared(node, select, catalog, mentions))), None)


def _compared(node: q.Node, select: q.Node, catalog: Catalog, mentions: Callable[[Any], bool]) -> Role | None:
    """The column on the other side of a comparison; an array of its value where the comparison is with ANY."""
    expr = node.get("a_expr", {})
    sides = (expr.get("lexpr", {}), expr.get("rexpr", {}))
    for side, other in (sides, sides[::-1]):
        found = resolve(q.column(side), select, catalog) if isinstance(side, dict) else None
        if found and mentions(other):
            name = quoted(found[1].name)
            return Role(relation=found[0], sql=f"ARRAY[{name}]" if expr["kind"] == "AEXPR_OP_ANY" else name)
    return None


def _rows(connection: psycopg.Connection[Any], roles: Mapping[str, Role]) -> list[dict[str, Any]]:
    """Values for the parameters of one relation, in an order that is repeatable and says nothing."""
    relation = next(iter(roles.values())).relation
    values = ", ".join(f"({role.sql})::text" for role in roles.values())
    known = " AND ".join(f"({role.sql}) IS NOT NULL" for role in roles.values())
    statement = (
        f"SELECT {values} FROM {relation.qualified} WHERE {known}"
        f" ORDER BY pg_catalog.hashtext(ctid::text), ctid LIMIT {PROBES}"
    )
    found = connection.execute(statement.encode()).fetchall()
    if not found:
        raise UsageError(
            f"no value for parameter {', '.join(roles)}: table {relation.asked} has no rows to draw one from",
            hint="Give values with --params FILE.",
        )
    return [dict(zip(roles, row, strict=True)) for row in found]


def given(document: Mapping[str, Any], query: q.Query) -> list[dict[str, Any]]:
    """Bindings from a parameter file: lists of equal length, or single values that hold for all.

    A list of numbers for a parameter beside a distance operator is one vector. Raises UsageError for a missing name.
    """
    missing = [name for name in query.parameters if name not in document]
    if missing:
        raise UsageError(f"the parameter file has no value for {', '.join(missing)}")
    vectors = _vectors(query)
    lists = {name: _values(document[name], is_vector=name in vectors) for name in query.parameters}
    count = max(map(len, lists.values()), default=1)
    uneven = [name for name, values in lists.items() if len(values) not in (1, count)]
    if uneven:
        raise UsageError(
            f"parameter {uneven[0]} has {len(lists[uneven[0]])} values, others have {count}",
            hint="Give lists of equal length, or one value.",
        )
    return [{name: values[position % len(values)] for name, values in lists.items()} for position in range(count)]


def _vectors(query: q.Query) -> set[str]:
    """Parameters that stand beside a distance operator."""
    return {
        query.parameters[node["param_ref"]["number"] - 1]
        for outer in q.walk(query.tree)
        if q.operator(outer) in DISTANCES
        for operand in q.operands(outer)
        for node in [q.uncast(operand)]
        if "param_ref" in node
    }


def _values(value: Any, *, is_vector: bool) -> list[Any]:
    values = value if isinstance(value, list) else [value]
    if not is_vector:
        return values
    if values and all(isinstance(item, int | float) for item in values):
        values = [values]
    return [json.dumps(item) if isinstance(item, list) else item for item in values]
