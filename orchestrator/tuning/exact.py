"""The exact answers of a query, with what they leave open: rows that are equal in its order are interchangeable.

For that the query is asked for its sort keys, as further output columns where they are not among them, and for a few
rows more than it wants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import query as q
from orchestrator.tuning import answers
from orchestrator.tuning.answers import LISTED_ROWS, Exact, Row
from orchestrator.tuning.bench import Arm, Bench, Binding
from orchestrator.tuning.shapes import sort_expressions

# Rows before and after the wanted ones that are looked at for ties.
MARGIN = 200
SORT_COLUMN = "pgwright_order_"


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which of the rows are wanted: `count` from position `start` on (all if None); `cut`: there was a LIMIT."""

    start: int = 0
    count: int | None = None
    cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Extended:
    """The query as it is asked for exact answers. `order` says where the sort keys stand among the output columns."""

    text: str
    order: tuple[int, ...] = ()
    window: Window = Window()


def answer(bench: Bench, arm: Arm, query: q.Query, binding: Binding, *, key: str | None) -> Exact:
    """The exact answer to one probe. `arm` says with which settings it is found."""
    is_ordered = "sort_clause" in query.tree
    if "limit_count" in query.tree and not is_ordered:
        return _any_rows(bench, arm, binding)
    extended = _extended(query, binding)
    try:
        done = bench.run(replace(arm, query=extended.text), binding, keep_all=True)
    except CouldNotFindOut:
        if bench.connection.broken:
            raise
        extended, done = Extended(text=query.text), bench.run(arm, binding, keep_all=True)
    own = len(done.columns) - sum(name.startswith(SORT_COLUMN) for name in done.columns)
    rows = [row[:own] for row in done.rows]
    position = answers.identity(done.columns[:own], key)
    if extended.order:
        order = [tuple(row[place] for place in extended.order) for row in done.rows]
        return _sorted(rows, order, extended.window, position)
    return _exactly(rows, range(len(rows)) if is_ordered else [0] * len(rows), position)


def _any_rows(bench: Bench, arm: Arm, binding: Binding) -> Exact:
    """LIMIT without ORDER BY: as many rows, whichever they are."""
    count = len(bench.run(arm, binding, keep_all=True).rows)
    return Exact(rows=count, needed=(count,), open=(0,))


def _extended(query: q.Query, binding: Binding) -> Extended:
    """The query with its sort keys in the output, and its window widened by a margin where that is known."""
    if query.tree["op"] != "SETOP_NONE" or "values_lists" in query.tree:
        return Extended(text=query.text)
    tree = deepcopy(query.tree)
    order = _with_sort_keys(tree)
    count, skipped = (_value(tree, name, query, binding) for name in ("limit_count", "limit_offset"))
    if "limit_count" not in tree or tree["limit_option"] != "LIMIT_OPTION_COUNT" or count is None or skipped is None:
        return Extended(text=q.plain(tree, query.parameters), order=order)
    first = max(0, skipped - MARGIN)
    tree["limit_count"], tree["limit_offset"] = _constant(skipped - first + count + MARGIN), _constant(first)
    window = Window(start=skipped - first, count=count, cut=True)
    return Extended(text=q.plain(tree, query.parameters), order=order, window=window)


def _with_sort_keys(tree: q.Node) -> tuple[int, ...]:
    """Adds the sort keys that are not in the output, which would be computed twice. Returns where all of them stand.

    Behind a * the places are counted from the end.
    """
    keys = [expression for expression, _ in sort_expressions(tree)]
    values = [target["res_target"]["val"] for target in tree.get("target_list", [])]
    starred = any("a_star" in field for value in values for field in value.get("column_ref", {}).get("fields", []))
    known = [] if starred else values
    added = [key for key in keys if key not in known]
    tree["target_list"] = tree.get("target_list", []) + [
        {"res_target": {"name": f"{SORT_COLUMN}{position}", "val": key}} for position, key in enumerate(added)
    ]
    return tuple(range(-len(keys), 0)) if starred else tuple((known + added).index(key) for key in keys)


def _value(tree: q.Node, name: str, query: q.Query, binding: Binding) -> int | None:
    """What LIMIT or OFFSET comes to: a constant or a parameter; 0 where it is missing."""
    node = q.uncast(tree.get(name, {"a_const": {"ival": {}}}))
    if "param_ref" in node:
        given: Any = binding.get(query.parameters[node["param_ref"]["number"] - 1])
        return int(given) if str(given).isdigit() else None
    constant = q.number(node)
    return None if constant is None else int(constant)


def _constant(value: int) -> q.Node:
    return {"a_const": {"ival": {"ival": value}}}


def _sorted(rows: Sequence[Row], order: Sequence[Row], window: Window, position: int | None) -> Exact:
    """The wanted rows and those they are tied with."""
    groups = [0] if rows else []
    for left, right in pairwise(order):
        groups.append(groups[-1] + (left != right))
    end = len(rows) if window.count is None else window.start + window.count
    wanted = groups[window.start : end]
    if not wanted or len(wanted) > LISTED_ROWS:
        return _exactly(rows[window.start : end], wanted, position)
    first, last = wanted[0], wanted[-1]
    listed = [place for place, group in enumerate(groups) if first <= group <= last]
    goes_on = last == groups[-1] and window.cut and len(rows) == end + MARGIN
    began = first == groups[0] and window.start >= MARGIN
    return replace(
        _listed([rows[place] for place in listed], [groups[place] - first for place in listed], position),
        rows=len(wanted),
        needed=tuple(wanted.count(group) for group in range(first, last + 1)),
        open=tuple(({0} if began else set()) | ({last - first} if goes_on else set())),
        ordered=True,
    )


def _exactly(rows: Sequence[Row], groups: Sequence[int], position: int | None) -> Exact:
    """These rows and no others."""
    if len(rows) > LISTED_ROWS:
        return Exact(rows=len(rows), whole=answers.digest_of_all(rows))
    return _listed(rows, groups, position)


def _listed(rows: Sequence[Row], groups: Sequence[int], position: int | None) -> Exact:
    needed = [0] * (max(groups, default=-1) + 1)
    for group in groups:
        needed[group] += 1
    return Exact(
        rows=len(rows),
        keys=tuple(answers.keys(rows, position)),
        digests=tuple(answers.digests(rows)),
        groups=tuple(groups),
        needed=tuple(needed),
    )


def read_back(document: Mapping[str, Any] | Exact) -> Exact:
    """An Exact from its JSON form."""
    return document if isinstance(document, Exact) else Exact(**document)
