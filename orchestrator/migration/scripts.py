"""Alembic's revision graph, read from the text of the revision files.

Identifiers are literals in the files, so nothing of the project runs in this process, and a revision that imports what
is not installed here can still be placed in the graph.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from orchestrator.model.errors import UsageError

IDENTIFIERS = ("revision", "down_revision", "branch_labels", "depends_on")


@dataclass(frozen=True, kw_only=True)
class RevisionFile:
    path: Path
    source: str
    tree: ast.Module
    identifiers: dict[str, Any]

    @property
    def revision(self) -> str:
        return str(self.identifiers["revision"])

    @property
    def functions(self) -> dict[str, int]:
        """The module's functions, each with its line."""
        return {node.name: node.lineno for node in self.tree.body if isinstance(node, ast.FunctionDef)}


def read(path: Path) -> RevisionFile | None:
    """The revision in `path`, None when the file names none. Raises UsageError when its identifiers are no literals."""
    try:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
    except (SyntaxError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"cannot read the revision {path}: {error}") from error
    values = {name: value for statement in tree.body for name, value in _assigned(statement) if name in IDENTIFIERS}
    if "revision" not in values:
        return None
    try:
        identifiers = {name: ast.literal_eval(value) for name, value in values.items()}
    except ValueError as error:
        hint = "Write the identifiers as plain strings, as alembic revision does."
        raise UsageError(f"cannot read the identifiers of {path}: they are not literals", hint=hint) from error
    return RevisionFile(path=path, source=source, tree=tree, identifiers=identifiers)


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
        yield statement.target.id, statement.value
    if isinstance(statement, ast.Assign):
        yield from ((target.id, statement.value) for target in statement.targets if isinstance(target, ast.Name))


def files(folders: tuple[Path, ...], *, recursive: bool) -> Iterator[Path]:
    """Every file that Alembic would take for a revision, once."""
    seen: set[Path] = set()
    for folder in folders:
        for path in sorted(folder.glob("**/*.py" if recursive else "*.py")):
            if path.name.startswith(("__init__", ".#")) or "__pycache__" in path.parts or path.resolve() in seen:
                continue
            seen.add(path.resolve())
            yield path


def graph(
    script: Any, folders: tuple[Path, ...], *, recursive: bool, execute: Path | frozenset[Path] | None = None
) -> None:
    """Give Alembic's `script` directory its revisions as read from text; only the files `execute` are imported."""
    from alembic.script.revision import RevisionMap

    wanted = {execute.resolve()} if isinstance(execute, Path) else execute or frozenset()

    def load() -> Iterator[Any]:
        for path in files(folders, recursive=recursive):
            if found := read(path):
                yield _script(found, run=path.resolve() in wanted)

    script.revision_map = RevisionMap(load)


def _script(found: RevisionFile, *, run: bool) -> Any:
    from alembic.script import Script
    from alembic.util import load_python_file

    if run:
        module = load_python_file(str(found.path.parent), found.path.name)
    else:
        module = ModuleType(found.path.stem)
        # Script reads down_revision without a default; the other two it may lack.
        vars(module).update({"down_revision": None} | found.identifiers, __doc__=ast.get_docstring(found.tree))
    return Script(module, found.revision, str(found.path))
