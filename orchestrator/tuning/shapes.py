"""Shapes of a query that rules look for: distances, text matches and weighted sums, resolved to catalog columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from orchestrator.pg import query as q
from orchestrator.pg.catalog import Catalog, Column, Relation
from orchestrator.pg.query import Node, Query

DISTANCES = ("<=>", "<->", "<#>", "<+>")
RANKS = ("ts_rank", "ts_rank_cd")


@dataclass(frozen=True, kw_only=True)
class Distance:
    """`column <=> operand`. `node` is the a_expr itself, `select` the SELECT it stands in."""

    relation: Relation
    column: Column
    operator: str
    operand: Node
    node: Node
    select: Node


@dataclass(frozen=True, kw_only=True)
class TextSearch:
    """A tsvector column that is matched (`@@`) or ranked (ts_rank, ts_rank_cd) against a tsquery."""

    relation: Relation
    column: Column
    tsquery: Node
    how: str
    select: Node


@dataclass(frozen=True, kw_only=True)
class Term:
    """One addend of a score: `weight` times a similarity (minus a distance) or a text rank."""

    weight: float
    distance: Distance | None = None
    text: TextSearch | None = None


def resolve(column: tuple[str, str] | None, select: Node, catalog: Catalog) -> tuple[Relation, Column] | None:
    """The relation and column that a reference inside `select` means, where that is certain."""
    if column is None:
        return None
    qualifier, name = column
    named = q.sources(select)
    names = [named[qualifier]] if qualifier in named else list(named.values()) if not qualifier else []
    found = [(relation, relation.column(name)) for relation in map(catalog.relation, names) if relation]
    hits = [(relation, column) for relation, column in found if column]
    return hits[0] if len(hits) == 1 else None


def distances(query: Query, catalog: Catalog) -> Iterator[Distance]:
    """Every distance between a vector column and something that is not one."""
    for select in q.selects(query.tree):
        for node in q.own(select):
            found = distance(node, select, catalog)
            if found:
                yield found


def distance(node: Node, select: Node, catalog: Catalog) -> Distance | None:
    operator = q.operator(node)
    if operator not in DISTANCES:
        return None
    left, right = q.operands(node)
    for side, operand in ((left, right), (right, left)):
        found = resolve(q.column(side), select, catalog)
        if found and found[1].base_type in ("vector", "halfvec"):
            return Distance(
                relation=found[0], column=found[1], operator=operator, operand=operand, node=node, select=select
            )
    return None


def searches(query: Query, catalog: Catalog) -> Iterator[TextSearch]:
    """Every match or ranking of a tsvector column."""
    for select in q.selects(query.tree):
        for node in q.own(select):
            found = search(node, select, catalog)
            if found:
                yield found


def search(node: Node, select: Node, catalog: Catalog) -> TextSearch | None:
    name, arguments = q.function(node)
    if name in RANKS and len(arguments) >= 2:
        # ts_rank([weights,] tsvector, tsquery [, normalization]): the tsvector is the argument that is such a column.
        for vector, tsquery in pairwise(arguments):
            found = resolve(q.column(vector), select, catalog)
            if found and found[1].base_type == "tsvector":
                return TextSearch(relation=found[0], column=found[1], tsquery=tsquery, how=name, select=select)
    if q.operator(node) == "@@":
        left, right = q.operands(node)
        found = resolve(q.column(left), select, catalog)
        if found and found[1].base_type == "tsvector":
            return TextSearch(relation=found[0], column=found[1], tsquery=right, how="@@", select=select)
    return None


def sort_expressions(select: Node) -> list[tuple[Node, bool]]:
    """Each sort key as an expression, output names and numbers replaced, and whether it is descending."""
    return [
        (_meant(item["sort_by"]["node"], select), item["sort_by"]["sortby_dir"] == "SORTBY_DESC")
        for item in select.get("sort_clause", [])
    ]


def _meant(key: Node, select: Node) -> Node:
    """What a sort key stands for: the output column of that name or number, else itself."""
    targets = [target["res_target"] for target in select.get("target_list", [])]
    number = key.get("a_const", {}).get("ival", {}).get("ival")
    if number is not None and 0 < number <= len(targets):
        return targets[number - 1]["val"] if not any(map(_is_star, targets[:number])) else key
    column = q.column(key) if "type_cast" not in key else None
    named = [target["val"] for target in targets if column and target.get("name") == column[1] and not column[0]]
    return named[0] if named else key


def _is_star(target: Node) -> bool:
    return any("a_star" in field for field in target["val"].get("column_ref", {}).get("fields", []))


def terms(node: Node, select: Node, catalog: Catalog, factor: float = 1.0) -> list[Term] | None:
    """A score as a sum of weighted similarities and ranks; constants are dropped. None when it is anything else."""
    node = q.uncast(node)
    if q.number(node) is not None:
        return []
    text = search(node, select, catalog)
    if text:
        return [Term(weight=factor, text=text)]
    near = distance(node, select, catalog)
    if near:
        return [Term(weight=-factor, distance=near)]
    return _combined(node, select, catalog, factor)


def _combined(node: Node, select: Node, catalog: Catalog, factor: float) -> list[Term] | None:
    operator = q.operator(node)
    if operator not in ("+", "-", "*", "/"):
        return None
    if operator in ("*", "/"):
        return _scaled(node, select, catalog, factor)
    left, right = q.operands(node)
    first = terms(left, select, catalog, factor) if left else []
    second = terms(right, select, catalog, factor if operator == "+" else -factor)
    return None if first is None or second is None else first + second


def _scaled(node: Node, select: Node, catalog: Catalog, factor: float) -> list[Term] | None:
    operator, (left, right) = q.operator(node), q.operands(node)
    constant = q.number(right)
    if constant is not None and constant != 0:
        return terms(left, select, catalog, factor * constant if operator == "*" else factor / constant)
    constant = q.number(left)
    return terms(right, select, catalog, factor * constant) if operator == "*" and constant is not None else None
