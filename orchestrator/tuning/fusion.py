"""Rank fusion: halves that number all rows of a table in some order, and a score that falls with those numbers.

`unlimited` finds the halves that rank without a LIMIT, where nothing but a falling function of the rank is made of
them, so that rows far down each half decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator.pg import query as q
from orchestrator.pg.catalog import Catalog, Relation, unquoted
from orchestrator.pg.query import Node
from orchestrator.tuning.shapes import RANKS, Distance, TextSearch, search, sort_expressions, terms

RANKINGS = ("row_number", "rank", "dense_rank")
# A half with one of these is not a plain ranking of rows.
NOT_PLAIN = (
    *("limit_count", "group_clause", "having_clause", "distinct_clause", "window_clause", "values_lists"),
    *("with_clause", "larg"),
)
# Around the halves these drop rows, or look at rows that a LIMIT would have cut.
SELECTIVE = ("where_clause", "having_clause", "distinct_clause", "window_clause")


@dataclass(frozen=True, kw_only=True)
class Half:
    """A SELECT that ranks a table: its name in FROM, the ranking call, and the distance or text rank it orders by."""

    select: Node
    name: str
    call: Node
    target: Node
    relation: Relation
    near: Distance | None
    text: TextSearch | None

    def outputs(self) -> dict[str, str]:
        """Its output columns: "rank" or "score" for the ranking, "id" for all others."""
        kind = "rank" if self.target["val"] is self.call else "score"
        return {
            _output(target["res_target"]): kind if target["res_target"] is self.target else "id"
            for target in self.select["target_list"]
        }


def unlimited(tree: Node, catalog: Catalog) -> list[Half]:
    """The halves that could be limited; empty where the statement is no rank fusion, or makes more of the ranks."""
    named = list(_named(tree))
    halves = [half for name, select in named if (half := _half(select, name, catalog))]
    if not halves or "limit_count" not in tree or not sort_expressions(tree):
        return []
    inside = {id(select) for half in halves for select in q.selects(half.select)}
    outside = [select for select in q.selects(tree) if id(select) not in inside]
    exposed = {half.name: half.outputs() for half in halves}
    around = Outside(halves=halves, selects=outside, tree=tree, exposed=exposed)
    for _ in named:  # a subselect may be named before what it reads
        for name, select in named:
            if id(select) not in inside and (columns := around.handed_on(select)):
                exposed[name] = columns
    return halves if around.only_fuses() else []


def _named(tree: Node) -> Iterator[tuple[str, Node]]:
    for node in q.walk(tree):
        table, inner = node.get("common_table_expr"), node.get("range_subselect")
        if table and "select_stmt" in table["ctequery"]:
            yield table["ctename"], table["ctequery"]["select_stmt"]
        if inner and "alias" in inner:
            yield inner["alias"]["aliasname"], inner["subquery"]["select_stmt"]


def _half(select: Node, name: str, catalog: Catalog) -> Half | None:
    targets = [target["res_target"] for target in select.get("target_list", [])]
    calls = [(target, node) for target in targets for node in q.walk(target) if "over" in node.get("func_call", {})]
    if any(part in select for part in NOT_PLAIN) or len(calls) != 1 or not all(map(_output, targets)):
        return None
    target, call = calls[0]
    if not _is_ranking(call) or not (target["val"] is call or _falls(target["val"], lambda node: node is call)):
        return None
    near, text = _ordered_by(call["func_call"]["over"]["order_clause"][0]["sort_by"], select, catalog)
    found = near or text
    if found is None:
        return None
    return Half(select=select, name=name, call=call, target=target, relation=found.relation, near=near, text=text)


def _is_ranking(call: Node) -> bool:
    over = call["func_call"]["over"]
    plain = "order_clause" in over and not {"partition_clause", "name", "refname"} & over.keys()
    return q.function(call)[0] in RANKINGS and plain


def _output(target: Node) -> str:
    """The name of an output column, "" where it has none of its own."""
    column = q.column(target["val"]) if "column_ref" in target["val"] else None
    return str(target.get("name") or (column[1] if column else ""))


def _ordered_by(key: Node, select: Node, catalog: Catalog) -> tuple[Distance | None, TextSearch | None]:
    """The distance that the ranking ascends by, or the text rank that it descends by."""
    descending = key["sortby_dir"] == "SORTBY_DESC"
    text = search(key["node"], select, catalog)
    if text and text.how in RANKS:
        return None, text if descending else None
    score = terms(key["node"], select, catalog)
    if not score or len(score) != 1 or not score[0].distance or (score[0].weight > 0) is not descending:
        return None, None
    near = score[0].distance
    return (near if near.node == key["node"] or near.column.not_null else None), None


def _falls(node: Node, is_rank: Callable[[Node], bool]) -> bool:
    """True for positive / (constant + rank)."""
    node = q.uncast(node)
    if q.operator(node) != "/":
        return False
    above, below = q.operands(node)
    return _is_positive(above) and _grows(below, is_rank)


def _grows(node: Node, is_rank: Callable[[Node], bool]) -> bool:
    node = q.uncast(node)
    if is_rank(node):
        return True
    left, right = q.operands(node) if q.operator(node) == "+" else ({}, {})
    return (_is_positive(left) and _grows(right, is_rank)) or (_is_positive(right) and _grows(left, is_rank))


def _is_positive(node: Node) -> bool:
    """A constant above zero, or a parameter, which weights are taken to be."""
    node = q.uncast(node) if node else node
    number = q.number(node) if node else None
    return "param_ref" in node or (number is not None and number > 0)


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What stands around the halves. `exposed` says which output columns of a name in FROM are ranks or scores."""

    halves: Sequence[Half]
    selects: Sequence[Node]
    tree: Node
    exposed: Mapping[str, Mapping[str, str]]

    def only_fuses(self) -> bool:
        """True when the first sort key of the statement falls with the ranks, and nothing else is made of them."""
        near = [select for select in self.selects if self._reads(select)]
        expression, descending = sort_expressions(self.tree)[0]
        return (
            bool(near)
            and descending
            and self._rises(expression, self.tree)
            and all(map(self._keeps_all, near))
            and all(map(self._hides_ranks, near))
            and all(self._merges(select) for select in near if _is_joined(select))
        )

    def handed_on(self, select: Node) -> dict[str, str]:
        """Which output columns of a SELECT, or of any branch of its UNION, are ranks or scores of the halves."""
        branches = [each for each in q.selects(select) if each.get("op", "SETOP_NONE") == "SETOP_NONE"]
        first = [target["res_target"] for target in branches[0].get("target_list", [])]
        found = {}
        for position, target in enumerate(first):
            values = [
                each["target_list"][position]["res_target"]["val"]
                for each in branches
                if len(each.get("target_list", [])) > position
            ]
            kinds = [self._value(value, each) for value, each in zip(values, branches, strict=False)]
            if _output(target) and any(kinds):
                found[_output(target)] = max(kinds)
        return found

    def _value(self, node: Node, select: Node) -> str:
        rises = self._reads(select) and self._rises(node, select)
        return "score" if rises else self.kind(node, select)

    def _reads(self, select: Node) -> bool:
        return any(name in self.exposed for name in _from(select).values())

    def kind(self, node: Node, select: Node) -> str:
        """ "rank", "score" or "id" for a column that comes from the halves, else ""."""
        column = q.column(node) if "column_ref" in node else None
        names = _from(select)
        aliases = [] if column is None else [column[0]] if column[0] else list(names)
        kinds = [self.exposed.get(names.get(alias, ""), {}).get(column[1], "") for alias in aliases if column]
        return max(kinds, default="")

    def _rises(self, node: Node, select: Node, *, guarded: bool = False) -> bool:
        """True when the expression grows with the score. In a join, each half has to be guarded against NULL."""
        node = q.uncast(node)
        arguments = node.get("coalesce_expr", {}).get("args", [])
        if arguments:
            rest = [q.number(argument) for argument in arguments[1:]]
            return None not in rest and self._rises(arguments[0], select, guarded=True)
        name, arguments = q.function(node)
        if name == "sum" and len(arguments) == 1:
            return self._rises(arguments[0], select, guarded=True)
        if _falls(node, lambda inner: self.kind(inner, select) == "rank") or self.kind(node, select) == "score":
            return guarded or not _is_joined(select)
        left, right = q.operands(node) if q.operator(node) in ("+", "*", "/") else ({}, {})
        if not left or not right:
            return False
        if q.operator(node) == "+":
            return self._rises(left, select, guarded=guarded) and self._rises(right, select, guarded=guarded)
        weighted = _is_positive(right) and self._rises(left, select, guarded=guarded)
        flipped = q.operator(node) == "*" and _is_positive(left) and self._rises(right, select, guarded=guarded)
        return weighted or flipped

    def _keeps_all(self, select: Node) -> bool:
        """True when no row of a half is dropped or needed beyond the first ones."""
        is_top = select is self.tree
        if any(part in select for part in SELECTIVE) or (not is_top and "limit_count" in select):
            return False
        if any("over" in node.get("func_call", {}) for node in q.own(select)):
            return False
        items = select.get("from_clause", [])
        return len(items) == 1 and self._joins(items[0])

    def _joins(self, item: Node) -> bool:
        join = item.get("join_expr")
        if join is None:
            return True
        left, right, kind = join["larg"], join["rarg"], join["jointype"]
        inner = self._looks_up(left, join) or self._looks_up(right, join)
        allowed = {
            "JOIN_FULL": True,
            "JOIN_LEFT": not self._holds_half(left) or not self._holds_half(right),
            "JOIN_RIGHT": not self._holds_half(left) or not self._holds_half(right),
            "JOIN_INNER": inner,
        }
        return allowed.get(kind, False) and self._joins(left) and self._joins(right)

    def _holds_half(self, item: Node) -> bool:
        return any(name in self.exposed for name in _from({"from_clause": [item]}).values())

    def _looks_up(self, item: Node, join: Node) -> bool:
        """True for the ranked table itself, joined by its primary key: it has a row for every row of a half."""
        named = item.get("range_var")
        alias = next(iter(q.sources({"from_clause": [item]}).items()), ("", "")) if named else ("", "")
        relation = next((half.relation for half in self.halves if half.relation.asked == alias[1]), None)
        if relation is None or relation.primary_key is None or q.operator(join.get("quals", {})) != "=":
            return False
        key = (alias[0], unquoted(relation.primary_key))
        return key in [q.column(side) for side in q.operands(join["quals"])]

    def _hides_ranks(self, select: Node) -> bool:
        """True when each rank stands in a falling term, or is only handed on."""
        used = {
            id(inner)
            for node in q.own(select)
            if _falls(node, lambda inner: self.kind(inner, select) == "rank")
            for inner in q.walk(node)
        }
        if select is not self.tree:
            used |= {id(target["res_target"]["val"]) for target in select.get("target_list", [])}
        return all(id(node) in used for node in q.own(select) if self.kind(node, select) == "rank")

    def _merges(self, select: Node) -> bool:
        """True when every other column of a half is taken from both: a row may now be missing from one of them."""
        merged = {id(inner) for node in q.own(select) if "coalesce_expr" in node for inner in q.walk(node)}
        merged |= {id(node) for node in q.own({"from_clause": select["from_clause"]})}
        using = {
            name["string"]["sval"]
            for node in q.own({"from_clause": select["from_clause"]})
            for name in node.get("join_expr", {}).get("using_clause", [])
        }
        outputs = using | {target["res_target"].get("name") for target in select.get("target_list", [])}
        for node in q.own(select):
            column = q.column(node) if "column_ref" in node else None
            if "column_ref" in node and column is None:
                return False
            by_name = column is not None and not column[0] and column[1] in outputs
            if self.kind(node, select) == "id" and id(node) not in merged and not by_name:
                return False
        return True


def _is_joined(select: Node) -> bool:
    return any("join_expr" in item for item in select.get("from_clause", []))


def _from(select: Node) -> dict[str, str]:
    """Alias to name, unquoted, of everything in FROM; a subselect's name is its alias."""
    found = {alias: unquoted(name) for alias, name in q.sources(select).items()}
    for node in q.own({"from_clause": select.get("from_clause", [])}):
        alias = node.get("range_subselect", {}).get("alias", {}).get("aliasname")
        if alias:
            found[alias] = alias
    return found
