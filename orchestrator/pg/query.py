"""SQL text to PostgreSQL's own parse tree and back.

The only module that imports the SQL parser (libpg_query through postgast): it is PostgreSQL's grammar, so `<=>`, `<#>`
and `@@` bind as they do on the server. A tree is made of plain dicts and lists with the field names of the grammar
(`select_stmt`, `a_expr`, `column_ref` ...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg.catalog import quoted

Node = dict[str, Any]

# Strings, quoted names, dollar quotes, comments and casts are passed over; other `:name` and `$1` are parameters.
# Comments nest (https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-COMMENTS): four deep here.
COMMENT = r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/"
for _ in range(3):
    COMMENT = rf"/\*(?:[^*/]|\*(?!/)|/(?!\*)|{COMMENT})*\*/"
LEXEME = re.compile(
    r"""(?P<skip>(?<!\w)[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*\""""
    rf"""|(?<![\w$])\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$|--[^\n]*|{COMMENT}|::|:=)"""
    r"""|(?<![\w:]):(?P<name>[A-Za-z_]\w*)|(?<![\w$])\$(?P<number>\d+)|(?P<percent>%)""",
    re.DOTALL,
)
# What a query may not call: its time would not be work, or something outside the disposable database would change.
REFUSED = {
    "pg_sleep": "which waits, so that its time says nothing",
    "pg_sleep_for": "which waits, so that its time says nothing",
    "pg_sleep_until": "which waits, so that its time says nothing",
    "set_config": "which changes the session that measures",
    "lo_import": "which reads files",
    "lo_export": "which writes files",
    "pg_read_file": "which reads files",
    "pg_read_binary_file": "which reads files",
    "pg_terminate_backend": "which ends sessions",
    "pg_cancel_backend": "which interrupts sessions",
    "pg_reload_conf": "which reloads the server",
    "pg_advisory_lock": "which may wait for another session",
    "dblink": "which reaches another server",
    "dblink_exec": "which reaches another server",
}
READS = "Only one SELECT statement can be measured."


@dataclass(frozen=True, kw_only=True)
class Query:
    """One SELECT. `tree` is its `select_stmt`; parameter n of the tree is `parameters[n - 1]`, named as in the text
    without its mark.
    """

    text: str
    parameters: tuple[str, ...]
    tree: Node


def read(text: str) -> Query:
    """The query in `text`, whose parameters are written `:name` or `$1`.

    Raises UsageError unless it is exactly one SELECT that changes nothing.
    """
    if "\0" in text:
        raise UsageError("the query holds a NUL byte, where the server would stop reading")
    numbered, parameters = _number(text)
    statements = parse(numbered)
    if len(statements) != 1:
        raise UsageError(f"the query file holds {len(statements)} statements, one is needed", detail=READS)
    statement = statements[0]["stmt"]
    kind, tree = next(iter(statement.items()))
    if kind != "select_stmt":
        raise UsageError(f"the query is {_spoken(kind)}, a SELECT is needed", detail=READS)
    _refuse_writes(tree)
    return Query(text=text.strip().rstrip(";").rstrip(), parameters=parameters, tree=tree)


def fragment(text: str, parameters: tuple[str, ...]) -> Node:
    """The tree of a SELECT that stands inside a statement with these parameters, numbered as there."""
    parsed = read(text)
    for node in walk(parsed.tree):
        if "param_ref" in node:
            node["param_ref"]["number"] = parameters.index(parsed.parameters[node["param_ref"]["number"] - 1]) + 1
    return parsed.tree


def _spoken(kind: str) -> str:
    words = kind.removesuffix("_stmt").replace("_", " ").upper()
    return f"{'an' if words[0] in 'AEIOU' else 'a'} {words} statement"


def _refuse_writes(tree: Node) -> None:
    for node in walk(tree):
        if {"insert_stmt", "update_stmt", "delete_stmt", "merge_stmt"} & node.keys():
            raise UsageError("the query changes rows in a WITH clause, a SELECT that only reads is needed")
        if "into_clause" in node:
            raise UsageError("the query is a SELECT INTO, which creates a table; a SELECT that only reads is needed")
        if "locking_clause" in node:
            raise UsageError("the query locks rows (FOR UPDATE or FOR SHARE), a SELECT that only reads is needed")
        name, _ = function(node)
        if name in REFUSED:
            raise UsageError(f"the query calls {name}, {REFUSED[name]}", detail=READS)


def _number(text: str) -> tuple[str, tuple[str, ...]]:
    names: list[str] = []

    def replace(found: re.Match[str]) -> str:
        name = found["name"] or found["number"]
        if name is None:
            return found[0]
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return LEXEME.sub(replace, text), tuple(names)


def bound(text: str) -> str:
    """The text for a driver that binds `%(name)s`: parameters renamed, other per cent signs doubled."""

    def replace(found: re.Match[str]) -> str:
        name = found["name"] or found["number"]
        return f"%({name})s" if name else found[0].replace("%", "%%")

    return LEXEME.sub(replace, text)


def parse(text: str) -> list[Node]:
    """Every statement of the text, as a tree."""
    import postgast
    from google.protobuf.json_format import MessageToDict
    from google.protobuf.message import DecodeError

    try:
        message = postgast.parse(text)
    except postgast.PgQueryError as error:
        raise UsageError(f"cannot parse the query: {error}", hint="Check it with psql first.") from error
    except DecodeError as error:
        raise CouldNotFindOut(
            "the query is nested too deep to be read",
            detail="The parser hands over at most 100 levels; a chain of 50 operators is as deep.",
            hint="Write long chains of || or + as concat() or a sum over a list, or split the query.",
        ) from error
    parsed: list[Node] = MessageToDict(message, preserving_proto_field_name=True).get("stmts", [])
    return parsed


def render(tree: Node, parameters: tuple[str, ...]) -> str:
    """The statement as text, parameters marked as they were written; laid out where that kept its meaning."""
    import postgast

    plain = _deparse(tree)
    try:
        laid_out = str(postgast.format_sql(plain)).strip().rstrip(";")
    except postgast.PgQueryError:
        laid_out = plain
    if not _same(plain, laid_out) or laid_out == plain:
        laid_out = _clauses(plain)
    return _mark(laid_out if _same(plain, laid_out) else plain, parameters)


CLAUSE = re.compile(r" (?=(?:FROM|WHERE|GROUP BY|ORDER BY|LIMIT|OFFSET|UNION|JOIN|LEFT JOIN|OR|SELECT)\b)")


def _clauses(text: str) -> str:
    """A line for each clause outside parentheses and for each one level inside them."""
    lines, depth, start = [], 0, 0
    for found in re.finditer(
        rf"{LEXEME.pattern}|(?P<open>\()|(?P<close>\))|(?P<clause>{CLAUSE.pattern})", text, LEXEME.flags
    ):
        depth += bool(found["open"]) - bool(found["close"])
        if found["clause"] and depth <= 1:
            lines.append(text[start : found.start()])
            lines.append("\n" + "  " * depth)
            start = found.end()
    return "".join([*lines, text[start:]])


def _same(left: str, right: str) -> bool:
    """True when two texts parse to one tree.

    postgast's formatter drops WITH ORDINALITY and the parentheses of a UNION's branch.
    """
    try:
        return bool(_without_places(parse(left)) == _without_places(parse(right)))
    except (UsageError, CouldNotFindOut):
        return False


def _without_places(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: _without_places(value)
            for key, value in node.items()
            if key not in ("location", "stmt_len", "stmt_location")
        }
    return [_without_places(item) for item in node] if isinstance(node, list) else node


def plain(tree: Node, parameters: tuple[str, ...]) -> str:
    """The statement as text on one line, parameters marked as they were written."""
    return _mark(_deparse(tree), parameters)


def expression(node: Node, parameters: tuple[str, ...]) -> str:
    """One expression as text on one line."""
    target = {
        "target_list": [{"res_target": {"val": node}}],
        "limit_option": "LIMIT_OPTION_DEFAULT",
        "op": "SETOP_NONE",
    }
    return _mark(_deparse(target).removeprefix("SELECT "), parameters)


def _deparse(tree: Node) -> str:
    import postgast
    from google.protobuf.json_format import ParseDict

    statement = {"stmts": [{"stmt": {"select_stmt": tree}}]}
    message = ParseDict(statement, postgast.pg_query_pb2.ParseResult(), max_recursion_depth=1000)
    text: str = postgast.deparse(message)
    return text


def _mark(text: str, parameters: tuple[str, ...]) -> str:
    def replace(found: re.Match[str]) -> str:
        if not found["number"]:
            return found[0]
        name = parameters[int(found["number"]) - 1]
        return f"${name}" if name.isdigit() else f":{name}"

    return LEXEME.sub(replace, text)


def walk(node: Any) -> Iterator[Node]:
    """Every dict of a tree, parents before children."""
    if isinstance(node, list):
        for item in node:
            yield from walk(item)
    elif isinstance(node, dict):
        yield node
        for value in node.values():
            if isinstance(value, dict | list):
                yield from walk(value)


NESTED = ("select_stmt", "with_clause", "larg", "rarg")


def own(select: Node) -> Iterator[Node]:
    """Every dict of one SELECT, nested SELECTs and the branches of a UNION left out."""
    pending: list[Any] = [select]
    while pending:
        node = pending.pop(0)
        if isinstance(node, list):
            pending[:0] = node
        elif isinstance(node, dict):
            yield node
            is_union = node.get("op", "SETOP_NONE") != "SETOP_NONE"
            left_out = NESTED if is_union else NESTED[:2]
            pending[:0] = [
                value for key, value in node.items() if key not in left_out and isinstance(value, dict | list)
            ]


def operator(node: Node) -> str:
    """The operator of an `a_expr`, "" for anything else."""
    expr = node.get("a_expr", {})
    return str(expr["name"][-1]["string"]["sval"]) if expr.get("kind") == "AEXPR_OP" else ""


def operands(node: Node) -> tuple[Node, Node]:
    """Left and right of a binary `a_expr`; a missing side is {}."""
    expr = node["a_expr"]
    return expr.get("lexpr", {}), expr.get("rexpr", {})


def function(node: Node) -> tuple[str, list[Node]]:
    """Name without schema and arguments of a call; ("", []) for anything else."""
    call = node.get("func_call")
    return (str(call["funcname"][-1]["string"]["sval"]), call.get("args", [])) if call else ("", [])


def column(node: Node) -> tuple[str, str] | None:
    """Qualifier ("" if none) and name of a column reference, looking through casts; None for anything else."""
    node = uncast(node)
    fields = node.get("column_ref", {}).get("fields", [])
    names = [field["string"]["sval"] for field in fields if "string" in field]
    if not names or len(names) != len(fields):
        return None
    return (names[-2] if len(names) > 1 else "", names[-1])


def uncast(node: Node) -> Node:
    while "type_cast" in node:
        node = node["type_cast"]["arg"]
    return node


def number(node: Node) -> float | None:
    """Value of a numeric constant, signs and casts looked through; None for anything else."""
    node = uncast(node)
    if operator(node) == "-" and not operands(node)[0]:
        value = number(operands(node)[1])
        return None if value is None else -value
    constant = node.get("a_const", {})
    if "ival" in constant:
        return float(constant["ival"].get("ival", 0))
    return float(constant["fval"]["fval"]) if "fval" in constant else None


def _named(range_var: Node) -> str:
    """The relation as SQL names it: quoted where needed, with the schema where the text has it."""
    name = quoted(range_var["relname"])
    return f"{quoted(range_var['schemaname'])}.{name}" if "schemaname" in range_var else name


def relations(tree: Node) -> tuple[str, ...]:
    """Names of the relations that are read, as SQL; common table expressions are not, where they are in scope."""
    found: dict[str, None] = {}
    _collect(tree, frozenset(), found)
    return tuple(found)


def _collect(node: Any, scope: frozenset[str], found: dict[str, None]) -> None:
    for item in node if isinstance(node, list) else [node]:
        if not isinstance(item, dict):
            continue
        inside = _tables(item["with_clause"], scope, found) if "with_clause" in item else scope
        named = item.get("range_var")
        if named and ("schemaname" in named or named["relname"] not in scope):
            found[_named(named)] = None
        for key, value in item.items():
            if key != "with_clause" and isinstance(value, dict | list):
                _collect(value, inside, found)


def _tables(clause: Node, scope: frozenset[str], found: dict[str, None]) -> frozenset[str]:
    """Collects from a WITH clause, whose tables see those before them, under RECURSIVE all; returns the new scope."""
    tables = [table["common_table_expr"] for table in clause["ctes"]]
    if clause.get("recursive"):
        scope |= {table["ctename"] for table in tables}
    for table in tables:
        _collect(table["ctequery"], scope, found)
        scope |= {table["ctename"]}
    return scope


def shadowed(tree: Node) -> frozenset[str]:
    """Names, as SQL, that a common table expression gives to something else somewhere in the statement."""
    return frozenset(quoted(node["common_table_expr"]["ctename"]) for node in walk(tree) if "common_table_expr" in node)


def conjuncts(condition: Node) -> list[Node]:
    """The parts of a condition that are joined by AND."""
    parts = condition.get("bool_expr", {})
    if parts.get("boolop") == "AND_EXPR":
        return [found for part in parts["args"] for found in conjuncts(part)]
    return [condition] if condition else []


def selects(tree: Node) -> Iterator[Node]:
    """The statement itself and every SELECT inside it, the branches of a UNION as well."""
    for node in walk({"select_stmt": tree}):
        if "select_stmt" in node:
            yield from _branches(node["select_stmt"])


def _branches(select: Node) -> Iterator[Node]:
    yield select
    if select.get("op", "SETOP_NONE") != "SETOP_NONE":
        yield from _branches(select["larg"])
        yield from _branches(select["rarg"])


def sources(select: Node) -> dict[str, str]:
    """The relations that a SELECT reads itself, joins looked into: alias (or name) to the relation's name as SQL."""
    found: dict[str, str] = {}
    for node in own({"from_clause": select.get("from_clause", [])}):
        named = node.get("range_var")
        if named:
            found[named.get("alias", {}).get("aliasname", named["relname"])] = _named(named)
    return found


def limit(select: Node) -> int | None:
    """LIMIT plus OFFSET of a SELECT where both are constants, else None."""
    count = number(select["limit_count"]) if "limit_count" in select else None
    skipped = number(select["limit_offset"]) if "limit_offset" in select else 0.0
    return None if count is None or skipped is None else int(count + skipped)
