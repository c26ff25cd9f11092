"""The exact answers of a query, with what they leave open: rows that are equal in its order are interchangeable.

For that the query is asked for its sort keys as further output columns, and for a few rows more than it wants.
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

    start: int
    count: int | None
    cut: bool


def answer(bench: Bench, arm: Arm, query: q.Query, binding: Binding, *, key: str | None) -> Exact:
    """The exact answer to one probe. `arm` says with which settings it is found."""
    keys = sort_expressions(query.tree)
    if "limit_count" in query.tree and not keys:
        return _any_rows(bench, arm, binding)
    extended, window = _extended(query, binding)
    try:
        done = bench.run(replace(arm, query=extended), binding, keep_all=True)
    except CouldNotFindOut:
        if bench.connection.broken:
            raise
        done, keys, window = bench.run(arm, binding, keep_all=True), [], Window(start=0, count=None, cut=False)
    own = len(done.columns) - sum(name.startswith(SORT_COLUMN) for name in done.columns)
    rows, order = [row[:own] for row in done.rows], [row[own:] for row in done.rows]
    position = answers.identity(done.columns[:own], key)
    if keys and own < len(done.columns):
        return _sorted(rows, order, window, position)
    if keys:
        return _exactly(rows, range(len(rows)), position)
    return _exactly(rows, [0] * len(rows), position)


def _any_rows(bench: Bench, arm: Arm, binding: Binding) -> Exact:
    """LIMIT without ORDER BY: as many rows, whichever they are."""
    count = len(bench.run(arm, binding, keep_all=True).rows)
    return Exact(rows=count, needed=(count,), open=(0,))


def _extended(query: q.Query, binding: Binding) -> tuple[str, Window]:
    """The query with its sort keys as last columns, and its window widened by a margin where that is known."""
    everything = Window(start=0, count=None, cut=False)
    if query.tree["op"] != "SETOP_NONE" or "values_lists" in query.tree:
        return query.text, everything
    tree = deepcopy(query.tree)
    tree["target_list"] = tree.get("target_list", []) + [
        {"res_target": {"name": f"{SORT_COLUMN}{position}", "val": expression}}
        for position, (expression, _) in enumerate(sort_expressions(tree))
    ]
    count, skipped = (_value(tree, name, query, binding) for name in ("limit_count", "limit_offset"))
    if "limit_count" not in tree or tree["limit_option"] != "LIMIT_OPTION_COUNT" or count is None or skipped is None:
        return q.plain(tree, query.parameters), everything
    first = max(0, skipped - MARGIN)
    tree["limit_count"], tree["limit_offset"] = _constant(skipped - first + count + MARGIN), _constant(first)
    return q.plain(tree, query.parameters), Window(start=skipped - first, count=count, cut=True)


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
