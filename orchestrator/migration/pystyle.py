"""How a project writes its revisions: the imports, annotations and quotes of its newest one."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from orchestrator.migration.scripts import IDENTIFIERS, RevisionFile

BUILT_IN = frozenset({"str", "None", "tuple", "list"})
TYPING_MODULES = ("typing", "collections.abc", "__future__")
OP = "from alembic import op"
SA = "import sqlalchemy as sa"


@dataclass(frozen=True, kw_only=True)
class Style:
    imports: str
    annotations: dict[str, str]  # identifier name to annotation; a name that is missing has none
    returns: str  # " -> None" or nothing
    quote: str

    @property
    def parameter(self) -> str:
        return ": str" if self.returns else ""

    @property
    def is_bool(self) -> str:
        return " -> bool" if self.returns else ""


_IDS = "str | Sequence[str] | None"
DEFAULT = Style(
    imports=f"from collections.abc import Sequence\n\n{SA}\n{OP}",
    annotations={"revision": "str", "down_revision": _IDS, "branch_labels": _IDS, "depends_on": _IDS},
    returns=" -> None",
    quote='"',
)


def of(latest: RevisionFile | None) -> Style:
    if latest is None:
        return DEFAULT
    annotations = _annotations(latest)
    return Style(
        imports=_imports(latest, annotations),
        annotations=annotations,
        returns=" -> None" if _has_return_hints(latest) else "",
        quote="'" if _prefers_single(latest) else '"',
    )


def _annotations(latest: RevisionFile) -> dict[str, str]:
    importable = BUILT_IN | {
        alias.name
        for node in latest.tree.body
        if isinstance(node, ast.ImportFrom) and node.module in TYPING_MODULES
        for alias in node.names
        if alias.asname is None
    }
    return {
        node.target.id: ast.unparse(node.annotation)
        for node in latest.tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in IDENTIFIERS
        if _names(ast.unparse(node.annotation)) <= importable
    }


def _names(annotation: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(annotation)))
    # typing.Union and the like need a module that is not copied.
    dotted = {"."} if any(isinstance(node, ast.Attribute) for node in nodes) else set()
    return dotted | {node.id for node in nodes if isinstance(node, ast.Name)}


def _imports(latest: RevisionFile, annotations: dict[str, str]) -> str:
    """The lines of the newest revision's import block that a revision of ours needs, in its order and spacing."""
    used = {name for annotation in annotations.values() for name in _names(annotation)}
    lines: list[str] = []
    source = latest.source.splitlines()
    for node in latest.tree.body:
        if text := _wanted(node, used):
            blank = lines and not source[node.lineno - 2].strip()
            lines += ["", text] if blank else [text]
    missing = [line for line in (OP, SA) if line not in lines]
    return "\n".join(lines + missing)


def _wanted(node: ast.stmt, used: set[str]) -> str:
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return ""
    text = ast.unparse(node)
    if text in (OP, SA, "from __future__ import annotations"):
        return text
    if not isinstance(node, ast.ImportFrom) or node.module not in TYPING_MODULES:
        return ""
    names = [alias.name for alias in node.names if alias.name in used and alias.asname is None]
    return f"from {node.module} import {', '.join(names)}" if names else ""


def _has_return_hints(latest: RevisionFile) -> bool:
    functions = [node for node in latest.tree.body if isinstance(node, ast.FunctionDef)]
    return any(node.name == "upgrade" and node.returns is not None for node in functions)


def _prefers_single(latest: RevisionFile) -> bool:
    values = [node.value for node in latest.tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    written = [ast.get_source_segment(latest.source, value) or "" for value in values]
    return sum(text.startswith("'") for text in written) > sum(text.startswith('"') for text in written)
