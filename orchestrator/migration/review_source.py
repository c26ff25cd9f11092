"""A revision file as a reviewer reads it: its syntax tree alone, without running it and without its writer's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

NAME = r'(?:"(?:[^"]|"")+"|[\w$]+)'
QUALIFIED = rf"{NAME}(?:\s*\.\s*{NAME})?"
CREATE_INDEX = re.compile(
    rf"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?P<concurrently>CONCURRENTLY\s+)?(?P<if_exists>IF\s+NOT\s+EXISTS\s+)?"
    rf"(?P<name>{NAME})\s+ON\s+(?:ONLY\s+)?(?P<table>{QUALIFIED})",
    re.IGNORECASE,
)
DROP_INDEX = re.compile(
    rf"DROP\s+INDEX\s+(?P<concurrently>CONCURRENTLY\s+)?(?P<if_exists>IF\s+EXISTS\s+)?(?P<name>{QUALIFIED})",
    re.IGNORECASE,
)
UNREADABLE = "\x00"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One call of `op` in upgrade() or downgrade(), in the order in which it runs."""

    line: int
    kind: str  # "create index", "drop index", "sql", or the name of the op method
    sql: str  # as text where it is SQL; UNREADABLE when it is put together at run time
    index: str = ""  # with its schema, as SQL would compare it
    table: str = ""
    concurrently: bool = False
    if_exists: bool = False  # IF NOT EXISTS of a CREATE, IF EXISTS of a DROP
    in_autocommit: bool = False
    is_conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class Source:
    path: Path
    text: str
    tree: ast.Module
    identifiers: dict[str, object]  # the four module variables; a value that is no literal is missing
    imports: tuple[tuple[int, str], ...]  # line and top-level module name; "." for a relative import
    functions: dict[str, ast.FunctionDef]

    def steps(self, function: str) -> tuple[Step, ...]:
        body = self.functions[function].body if function in self.functions else []
        return tuple(_Walk(self).block(body, in_autocommit=False, is_conditional=False))

    def does_something(self, function: str) -> bool:
        """Whether the function has a statement other than a docstring, pass or raise."""
        body = self.functions[function].body if function in self.functions else []
        idle = (ast.Pass, ast.Raise)
        return any(not isinstance(node, idle) and not _is_constant(node) for node in body)


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def read(path: Path) -> Source:
    """Raises OSError, SyntaxError or UnicodeDecodeError when the file cannot be read as Python."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Source(
        path=path,
        text=text,
        tree=tree,
        identifiers=dict(_identifiers(tree)),
        imports=tuple(_imports(tree)),
        functions={node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)},
    )


def _identifiers(tree: ast.Module) -> Iterator[tuple[str, object]]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant | ast.Tuple | ast.List):
                yield target.id, ast.literal_eval(value)


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, "." if node.level else (node.module or "").partition(".")[0]


class _Walk:
    """Follows the statements of a function and of the file's own functions that it calls."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._entered: set[str] = set()

    def block(self, body: list[ast.stmt], *, in_autocommit: bool, is_conditional: bool) -> Iterator[Step]:
        for node in body:
            inside = in_autocommit or (isinstance(node, ast.With) and _opens_autocommit(node))
            guarded = is_conditional or isinstance(node, ast.If | ast.While | ast.Try | ast.For)
            for expression in _expressions(node):
                yield from self._calls(expression, in_autocommit=in_autocommit, is_conditional=is_conditional)
            for part in ("body", "orelse", "handlers", "finalbody"):
                yield from self.block(getattr(node, part, []), in_autocommit=inside, is_conditional=guarded)

    def _calls(self, root: ast.expr, *, in_autocommit: bool, is_conditional: bool) -> Iterator[Step]:
        for node in ast.walk(root):
            if not isinstance(node, ast.Call):
                continue
            if step := _step(node, self._source.identifiers):
                yield replace(step, in_autocommit=in_autocommit, is_conditional=is_conditional)
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in self._source.functions and name not in self._entered:
                self._entered.add(name)
                body = self._source.functions[name].body
                yield from self.block(body, in_autocommit=in_autocommit, is_conditional=is_conditional)


def _expressions(node: ast.stmt) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        if isinstance(child, ast.withitem):
            yield child.context_expr


def _opens_autocommit(node: ast.With) -> bool:
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    return any(isinstance(call.func, ast.Attribute) and call.func.attr == "autocommit_block" for call in calls)


def _step(call: ast.Call, names: dict[str, object]) -> Step | None:
    method = call.func
    if not isinstance(method, ast.Attribute) or not isinstance(method.value, ast.Name) or method.value.id != "op":
        return None
    if method.attr in ("get_context", "get_bind", "f"):
        return None
    if method.attr in ("create_index", "drop_index"):
        return _index_step(call, method.attr.replace("_", " "), names)
    if method.attr != "execute":
        return Step(line=call.lineno, kind=method.attr, sql="")
    return _sql_step(call.lineno, _text(call.args[0], names) if call.args else UNREADABLE)


def _index_step(call: ast.Call, kind: str, names: dict[str, object]) -> Step:
    keywords = {item.arg: item.value for item in call.keywords if item.arg}
    arguments = [_text(argument, names) for argument in call.args[:2]] + ["", ""]
    flags = {name: isinstance(value, ast.Constant) and value.value is True for name, value in keywords.items()}
    schema = _text(keywords["schema"], names) + "." if "schema" in keywords else ""
    return Step(
        line=call.lineno,
        kind=kind,
        sql="",
        index=schema + arguments[0],
        table=schema + arguments[1],
        concurrently=flags.get("postgresql_concurrently", False),
        if_exists=flags.get("if_not_exists", False) or flags.get("if_exists", False),
    )


def _sql_step(line: int, sql: str) -> Step:
    for kind, pattern in (("create index", CREATE_INDEX), ("drop index", DROP_INDEX)):
        if found := pattern.match(sql.strip()):
            parts = found.groupdict()
            table = same(parts.get("table") or "")
            schema = table.rpartition(".")[0]
            index = same(parts["name"])
            return Step(
                line=line,
                kind=kind,
                sql=sql,
                index=f"{schema}.{index}" if schema else index,
                table=table,
                concurrently=parts["concurrently"] is not None,
                if_exists=parts["if_exists"] is not None,
            )
    return Step(line=line, kind="sql", sql=sql)


def same(name: str) -> str:
    """A name as the server compares it: folded to lower case unless quoted."""
    parts = re.findall(NAME, name)
    return ".".join(part[1:-1].replace('""', '"') if part.startswith('"') else part.lower() for part in parts)


def _text(node: ast.expr, names: dict[str, object]) -> str:
    """A string as op.execute sends it, through text() and module constants."""
    if isinstance(node, ast.Call) and node.args:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return _text(node.args[0], names) if name in ("text", "f") else UNREADABLE
    value = names.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None)
    return value.replace("\\:", ":") if isinstance(value, str) else UNREADABLE
