"""Rows that a condition selects are found by reading the whole table unless a B-tree starts with its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.pg import query as q
from orchestrator.pg.catalog import Column, Relation, quoted
from orchestrator.tuning.naming import index_name
from orchestrator.tuning.record import Change, Example, IndexDesign, Rule, Situation
from orchestrator.tuning.shapes import resolve, sort_expressions

SMALL_TABLE_ROWS = 1000
RANGES = ("<", "<=", ">", ">=")


def propose(situation: Situation) -> Sequence[Change]:
    found: dict[tuple[str, tuple[str, ...]], Change] = {}
    for select in q.selects(situation.query.tree):
        for relation in filter(None, map(situation.catalog.relation, q.sources(select).values())):
            keys = _keys(select, relation, situation)
            if keys and relation.estimated_rows >= SMALL_TABLE_ROWS and not _served(relation, keys):
                found.setdefault((relation.name, keys), _change(relation, keys))
    return list(found.values())


def _conditions(select: q.Node) -> Iterator[q.Node]:
    yield from q.conjuncts(select.get("where_clause", {}))
    for node in q.own({"from_clause": select.get("from_clause", [])}):
        if "join_expr" in node:
            yield from q.conjuncts(node["join_expr"].get("quals", {}))


def _keys(select: q.Node, relation: Relation, situation: Situation) -> tuple[str, ...]:
    """Key columns as SQL: those compared for equality, the sort order if this table gives it, else one range."""
    equal: dict[str, None] = {}
    ranges: dict[str, None] = {}
    for condition in _conditions(select):
        kind = condition.get("a_expr", {}).get("kind", "")
        for side in ("lexpr", "rexpr"):
            operand = condition.get("a_expr", {}).get(side, {})
            found = _own_column(operand, select, relation, situation) if isinstance(operand, dict) else None
            if found and (q.operator(condition) == "=" or (kind == "AEXPR_IN" and side == "lexpr")):
                equal[quoted(found.name)] = None
            elif found and (q.operator(condition) in RANGES or kind == "AEXPR_BETWEEN"):
                ranges[quoted(found.name)] = None
    order = _order(select, relation, situation)
    after = [key for key in order if key.split()[0] not in equal] or list(ranges)[:1]
    return (
        (*equal, *(key for key in after if key not in equal))
        if equal or ranges or (order and "limit_count" in select)
        else ()
    )


def _own_column(node: q.Node, select: q.Node, relation: Relation, situation: Situation) -> Column | None:
    found = resolve(q.column(node), select, situation.catalog) if "type_cast" not in node else None
    return (
        found[1]
        if found
        and found[0] is relation
        and found[1].base_type not in ("tsvector", "vector", "halfvec", "json", "jsonb")
        else None
    )


def _order(select: q.Node, relation: Relation, situation: Situation) -> list[str]:
    """The sort keys where all are columns of this relation; the directions are kept unless all are the same."""
    keys = sort_expressions(select)
    columns = [(_own_column(expression, select, relation, situation), descending) for expression, descending in keys]
    if any(column is None for column, _ in columns) or "group_clause" in select:
        return []
    mixed = len({descending for _, descending in columns}) > 1
    return [quoted(column.name) + (" DESC" if descending and mixed else "") for column, descending in columns if column]


def _served(relation: Relation, keys: tuple[str, ...]) -> bool:
    """True when a B-tree already starts with these keys, those of equality in any order."""
    return any(
        index.method == "btree"
        and index.is_valid
        and index.predicate is None
        and set(index.keys[: len(keys)]) == set(keys)
        for index in relation.indexes
    ) or any(index.is_unique and index.predicate is None and set(index.keys) <= set(keys) for index in relation.indexes)


def _change(relation: Relation, keys: tuple[str, ...]) -> Change:
    columns = tuple(key.split()[0].strip('"') for key in keys)
    return Change(
        rule=RULE.id,
        title=f"B-tree on {relation.name} ({', '.join(keys)})",
        why="the index leads straight to the rows, in the order that the query wants",
        slot=f"filter:{relation.name}:{','.join(keys)}",
        index=IndexDesign(
            name=index_name(relation, columns, "btree"),
            table=relation.qualified,
            method="btree",
            definition=f"btree ({', '.join(keys)})",
        ),
    )


ORDERS = (
    "CREATE TABLE orders"
    " (id bigint PRIMARY KEY, customer_id bigint NOT NULL, placed_at timestamptz NOT NULL, note text);"
    " CREATE TABLE customers (id bigint PRIMARY KEY, name text);"
    " INSERT INTO orders SELECT g, g % 97, now() - g * interval '1 min' FROM generate_series(1, 2000) g; ANALYZE orders"
)

RULE = Rule(
    id="filter-without-index",
    kind="index",
    why="without an index every row is read to find the few that the condition selects",
    keeps="equal",
    obligation="a B-tree changes no result; the rows are compared all the same",
    source="https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    propose=propose,
    fires_on=(
        Example(schema=ORDERS, query="SELECT id FROM orders WHERE customer_id = 7"),
        Example(schema=ORDERS, query="SELECT id FROM orders WHERE customer_id = :c ORDER BY placed_at DESC LIMIT 20"),
        Example(
            schema=ORDERS,
            query="SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id"
            " WHERE c.id = :c GROUP BY c.name",
        ),
        Example(schema=ORDERS, query="SELECT id FROM orders WHERE placed_at >= now() - interval '1 hour'"),
    ),
    silent_on=(
        Example(
            schema=f"{ORDERS}; CREATE INDEX ON orders (customer_id)",
            query="SELECT note FROM orders WHERE customer_id = 7",
        ),
        Example(schema=ORDERS, query="SELECT note FROM orders WHERE id = 7"),
        Example(schema=ORDERS, query="SELECT count(*) FROM orders"),
        Example(schema=ORDERS, query="SELECT id FROM customers WHERE name = 'x'"),
    ),
)
