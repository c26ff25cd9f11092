"""Parameter values for a query that came without any: drawn from the rows of the tables it reads, so that the data
know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UsageError
from orchestrator.pg import query as q
from orchestrator.pg.catalog import Catalog, Column, Relation, quoted
from orchestrator.tuning.shapes import distances, resolve, searches

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
    """Up to 40 bindings. Raises UsageError when a parameter is compared with nothing that has values in a table."""
    if not query.parameters:
        return [{}]
    roles = {name: _role(position, query, catalog) for position, name in enumerate(query.parameters, 1)}
    unknown = [name for name, role in roles.items() if role is None]
    if unknown:
        raise UsageError(
            f"no value is known for parameter {', '.join(unknown)}",
            detail="Values are drawn from the tables where a column, a vector or a text search is compared with one.",
            hint='Give them: --params FILE, a JSON file like {"name": ["first value", "second value"]}',
        )
    columns = [_column(connection, name, role) for name, role in roles.items() if role]
    return [dict(zip(roles, values, strict=True)) for values in zip(*columns, strict=False)]


def _role(position: int, query: q.Query, catalog: Catalog) -> Role | None:
    def mentions(node: Any) -> bool:
        return any(inner.get("param_ref", {}).get("number") == position for inner in q.walk(node))

    for near in distances(query, catalog):
        if mentions(near.operand):
            return Role(relation=near.relation, sql=quoted(near.column.name))
    for text in searches(query, catalog):
        if mentions(text.tsquery):
            return Role(relation=text.relation, sql=WORDS.format(column=quoted(text.column.name)))
    compared = _compared(query, catalog, mentions)
    return Role(relation=compared[0], sql=quoted(compared[1].name)) if compared else None


def _compared(query: q.Query, catalog: Catalog, mentions: Any) -> tuple[Relation, Column] | None:
    for select in q.selects(query.tree):
        for node in q.own(select):
            expr = node.get("a_expr", {})
            sides = (expr.get("lexpr", {}), expr.get("rexpr", {}))
            for side, other in (sides, sides[::-1]):
                found = resolve(q.column(side), select, catalog) if isinstance(side, dict) else None
                if found and mentions(other):
                    return found
    return None


def _column(connection: psycopg.Connection[Any], name: str, role: Role) -> list[Any]:
    """The same rows for every parameter of a relation, in an order that is repeatable and says nothing."""
    statement = (
        f"SELECT ({role.sql})::text FROM {role.relation.qualified} WHERE ({role.sql}) IS NOT NULL"
        f" ORDER BY pg_catalog.hashtext(ctid::text), ctid LIMIT {PROBES}"
    )
    values = [row[0] for row in connection.execute(statement.encode()).fetchall()]
    if not values:
        raise UsageError(
            f"no value for parameter {name}: table {role.relation.asked} has no rows to draw one from",
            hint="Give values with --params FILE.",
        )
    return values


def given(document: Mapping[str, Any], query: q.Query) -> list[dict[str, Any]]:
    """Bindings from a parameter file: lists of equal length, or single values that hold for all.

    Raises UsageError for a missing name.
    """
    missing = [name for name in query.parameters if name not in document]
    if missing:
        raise UsageError(f"the parameter file has no value for {', '.join(missing)}")
    lists = {
        name: value if isinstance(value, list) else [value]
        for name, value in document.items()
        if name in query.parameters
    }
    count = max(map(len, lists.values()), default=1)
    uneven = [name for name, values in lists.items() if len(values) not in (1, count)]
    if uneven:
        raise UsageError(
            f"parameter {uneven[0]} has {len(lists[uneven[0]])} values, others have {count}",
            hint="Give lists of equal length, or one value.",
        )
    return [{name: values[position % len(values)] for name, values in lists.items()} for position in range(count)]
