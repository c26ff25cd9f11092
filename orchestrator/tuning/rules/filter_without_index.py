"""Rows that a condition selects are found by reading the whole table unless a B-tree starts with its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orchestrator.pg import query as q
from orchestrator.pg.catalog import Column, Relation, quoted, unquoted
from orchestrator.tuning.naming import index_name
from orchestrator.tuning.record import Change, Example, IndexDesign, Rule, Situation
from orchestrator.tuning.shapes import resolve, sort_expressions

SMALL_TABLE_ROWS = 1000
RANGES = ("<", "<=", ">", ">=")
# Types whose values have no order, or none that a query sorts or filters by.
NO_BTREE = (
    *("tsvector", "vector", "halfvec", "sparsevec", "json", "jsonb", "xml"),
    *("point", "line", "lseg", "box", "path", "polygon", "circle"),
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One relation as one SELECT reads it."""

    select: q.Node
    alias: str
    relation: Relation
    situation: Situation

    def column(self, node: q.Node) -> Column | None:
        """The column of this relation that the node is, casts not looked through."""
        named = q.column(node) if "type_cast" not in node else None
        found = resolve(named, self.select, self.situation.catalog)
        if named is None or found is None or found[0] is not self.relation or named[0] not in ("", self.alias):
            return None
        return found[1] if found[1].base_type not in NO_BTREE else None


@dataclass(kw_only=True)
class Compared:
    """The columns of one source by what they are compared with, as SQL names, in the order of the text."""

    constant: dict[str, None] = field(default_factory=dict)
    joined: dict[str, None] = field(default_factory=dict)
    ranges: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Key columns as SQL; the first `equal` of them are compared for equality."""

    sql: tuple[str, ...]
    equal: int


def propose(situation: Situation) -> Sequence[Change]:
    found: dict[tuple[str, tuple[str, ...]], Change] = {}
    for source in _sources(situation):
        for keys in _designs(source):
            if not _served(source.relation, keys):
                found.setdefault((source.relation.qualified, keys.sql), _change(source.relation, keys))
    return list(found.values())


def _sources(situation: Situation) -> Iterator[Source]:
    for select in q.selects(situation.query.tree):
        for alias, name in q.sources(select).items():
            relation = situation.catalog.relation(name)
            if relation and relation.estimated_rows >= SMALL_TABLE_ROWS:
                yield Source(select=select, alias=alias, relation=relation, situation=situation)


def _conditions(select: q.Node) -> Iterator[q.Node]:
    yield from q.conjuncts(select.get("where_clause", {}))
    for node in q.own({"from_clause": select.get("from_clause", [])}):
        if "join_expr" in node:
            yield from q.conjuncts(node["join_expr"].get("quals", {}))


def _designs(source: Source) -> Iterator[Keys]:
    """An index for the conditions on the table itself, with the order if its first rows are wanted; one for a join."""
    compared = _compared(source)
    constant, joined, ranges = tuple(compared.constant), tuple(compared.joined), tuple(compared.ranges)
    order = [key for key in _order(source) if key.split(" DESC")[0] not in compared.constant]
    after = tuple(order) or ranges[:1]
    if constant or ranges or order:
        yield Keys(sql=(*constant, *after), equal=len(constant))
    if joined:
        equal = tuple(dict.fromkeys((*joined, *constant)))
        yield Keys(sql=(*equal, *(key for key in ranges[:1] if key not in equal)), equal=len(equal))


def _compared(source: Source) -> Compared:
    found = Compared()
    for condition in _conditions(source.select):
        expr = condition.get("a_expr", {})
        sides = (expr.get("lexpr", {}), expr.get("rexpr", {}))
        for side, other in (sides, sides[::-1]):
            column = source.column(side) if isinstance(side, dict) else None
            if column:
                _sort_in(found, expr, quoted(column.name), other, is_left=side is sides[0])
    return found


def _sort_in(found: Compared, expr: q.Node, name: str, other: q.Node, *, is_left: bool) -> None:
    operator = str(expr["name"][-1]["string"]["sval"])
    if expr["kind"] == "AEXPR_OP" and operator == "=":
        (found.joined if q.column(other) else found.constant)[name] = None
    elif is_left and (expr["kind"] == "AEXPR_IN" or expr["kind"] == "AEXPR_OP_ANY") and operator == "=":
        found.constant[name] = None
    elif (expr["kind"] == "AEXPR_OP" and operator in RANGES) or (is_left and expr["kind"] == "AEXPR_BETWEEN"):
        found.ranges[name] = None


def _order(source: Source) -> list[str]:
    """The sort keys where a LIMIT makes their order worth reading and all are columns of this relation."""
    if "limit_count" not in source.select or "group_clause" in source.select:
        return []
    keys = sort_expressions(source.select)
    columns = [source.column(expression) for expression, _ in keys]
    nulls = [item["sort_by"]["sortby_nulls"] for item in source.select.get("sort_clause", [])]
    plain = len({descending for _, descending in keys}) == 1 and set(nulls) == {"SORTBY_NULLS_DEFAULT"}
    if not all(columns):
        return []
    # One direction throughout needs none said: the index is read from either end.
    return [
        quoted(column.name) + ("" if plain else _direction(descending, where))
        for column, (_, descending), where in zip(columns, keys, nulls, strict=True)
        if column
    ]


def _direction(descending: bool, nulls: str) -> str:
    words = {"SORTBY_NULLS_FIRST": " NULLS FIRST", "SORTBY_NULLS_LAST": " NULLS LAST"}
    return (" DESC" if descending else "") + words.get(nulls, "")


def _served(relation: Relation, keys: Keys) -> bool:
    """True when a B-tree already starts with these keys, those of equality in any order, or names one row by them."""
    equal, after = set(keys.sql[: keys.equal]), list(keys.sql[keys.equal :])
    for index in relation.indexes:
        if index.method != "btree" or not index.is_valid or index.predicate is not None:
            continue
        rest = list(index.keys[keys.equal : keys.equal + len(after)])
        if set(index.keys[: keys.equal]) == equal and after in (rest, _backwards(rest)):
            return True
        if index.is_unique and set(index.keys) <= equal:
            return True
    return False


def _backwards(keys: Sequence[str]) -> list[str]:
    return [key.removesuffix(" DESC") if key.endswith(" DESC") else f"{key} DESC" for key in keys]


def _change(relation: Relation, keys: Keys) -> Change:
    columns = tuple(_part_of_name(key) for key in keys.sql)
    return Change(
        rule=RULE.id,
        title=f"B-tree on {relation.name} ({', '.join(keys.sql)})",
        why="the index leads straight to the rows, in the order that the query wants",
        slot=f"filter:{relation.name}:{','.join(keys.sql)}",
        index=IndexDesign(
            name=index_name(relation, columns, "btree"),
            table=relation.qualified,
            schema=relation.schema_qualifier,
            method="btree",
            definition=f"btree ({', '.join(keys.sql)})",
        ),
    )


def _part_of_name(key: str) -> str:
    column = key.partition(" NULLS")[0].removesuffix(" DESC")
    return unquoted(column) + key.removeprefix(column).replace(" ", "_").lower()


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
        # The primary key gives the order, but not the rows of one customer.
        Example(schema=ORDERS, query="SELECT id, note FROM orders WHERE customer_id = 7 ORDER BY id"),
        Example(schema=ORDERS, query="SELECT id FROM orders WHERE customer_id = ANY(ARRAY[1, 2])"),
        Example(schema=ORDERS, query="SELECT id FROM orders ORDER BY placed_at DESC, note LIMIT 5"),
        Example(schema=ORDERS, query="SELECT id FROM orders WHERE customer_id = 1 UNION SELECT id FROM customers"),
    ),
    silent_on=(
        Example(
            schema=f"{ORDERS}; CREATE INDEX ON orders (customer_id)",
            query="SELECT note FROM orders WHERE customer_id = 7",
        ),
        Example(schema=ORDERS, query="SELECT note FROM orders WHERE id = 7"),
        Example(
            schema=f"{ORDERS}; CREATE INDEX ON orders (customer_id, placed_at DESC)",
            query="SELECT note FROM orders WHERE customer_id = :c ORDER BY placed_at LIMIT 5",
        ),
        # Sorting the whole table is not made faster by an index on it.
        Example(schema=ORDERS, query="SELECT note FROM orders ORDER BY placed_at"),
        Example(
            schema=ORDERS, query="WITH orders AS (SELECT 1 AS customer_id) SELECT * FROM orders WHERE customer_id = 7"
        ),
        Example(schema=ORDERS, query="SELECT count(*) FROM orders"),
        Example(schema=ORDERS, query="SELECT id FROM customers WHERE name = 'x'"),
    ),
)
