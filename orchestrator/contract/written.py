"""Files of the project that an answer says were written."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath

MOST_FILES = 100_000
MOST_IN_FOLDER = 5_000
_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})
# Looked into first, so that the search is done before its limit.
_LIKELY = frozenset({"alembic", "migrations", "versions", "db", "database", "backend"})


class Files:
    """The files of one project, listed once and only if a name without its folder is asked for."""

    def __init__(self, project: Path) -> None:
        self._project = project

    def named(self, name: str) -> list[Path]:
        """The file at this path, else those whose path ends with it; none that lies outside of the project."""
        direct = _inside(name, self._project)
        if direct is not None:
            return [direct]
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts:
            return []
        ending = (each for each in self._by_name.get(parts[-1], ()) if each.parts[-len(parts) :] == parts)
        return [each for each in ending if _inside(str(each), self._project)]

    @cached_property
    def _by_name(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for folder, name in _listed(self._project):
            found.setdefault(name, []).append(Path(folder, name))
        return found


def _inside(name: str, project: Path) -> Path | None:
    """The file of this path; links are followed, and what they lead to has to be in the project as well."""
    try:
        path = Path(os.path.normpath(project / name))
        if path.is_file() and path.resolve().is_relative_to(project.resolve()):
            return path if path.is_relative_to(project) else project / path.resolve().relative_to(project.resolve())
    except (OSError, ValueError, RuntimeError):  # too long, with a NUL in it, a ring of links
        return None
    return None


def _listed(project: Path) -> Iterator[tuple[str, str]]:
    """Folder and name of every plain file, folders near the top first. Links are not followed."""
    folders, seen = deque([str(project)]), 0
    while folders and seen < MOST_FILES:
        folder = folders.popleft()
        for entry in _entries(folder):
            seen += 1
            if not entry.is_dir(follow_symlinks=False):
                yield folder, entry.name
            elif entry.name in _LIKELY:
                folders.appendleft(entry.path)
            elif entry.name not in _SKIPPED:
                folders.append(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(islice(found, MOST_IN_FOLDER), key=lambda entry: entry.name)
    except OSError:
        return []
