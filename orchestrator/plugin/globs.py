"""Path globs of boundaries as the gate reads them: `*` and `?` inside one name, `**` any folders, nothing else."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.gate import glob as gate
from orchestrator.plugin.surroundings import NOT_LOOKED_INTO

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED_AT = 20_000
# Stands for whatever a star takes: longer than any row of question marks, and in no name.
_ANY = "\0" * 64
_FAULTS = (
    (re.compile(r"^\s*$"), "is empty"),
    (re.compile(r"^(?:[/~\\]|[A-Za-z]:[\\/])"), "is not relative to the project"),
    (re.compile(r"\\"), "has a backslash; folders are divided by /"),
    (re.compile(r"(?:^|/)\.\.(?:/|$)"), "leaves the project"),
    (re.compile(r"\{[^{}]*,[^{}]*\}"), "has braces, which stand for themselves; write one glob for each"),
    (re.compile(r"[^/]\*\*|\*\*[^/]"), "has ** beside other characters; it takes folders only between slashes"),
    (re.compile(r"^!"), "begins with !, which stands for itself"),
)


def fault(glob: str) -> str:
    """Why the glob cannot mean what it says, as the end of a sentence; empty where it can."""
    return next((why for pattern, why in _FAULTS if pattern.search(glob)), "")


def covers(outer: str, inner: str) -> bool:
    """Whether every path that `inner` matches is matched by `outer`; False where that cannot be said."""
    return _covers([each for each in outer.split("/") if each], [each for each in inner.split("/") if each])


def match_in(glob: str, root: Path) -> bool:
    """Whether a file or folder under `root` matches. True where the project is too large to be looked through."""
    return any(looked_at == _LOOKED_AT or gate.matches(path, glob) for looked_at, path in enumerate(_paths(root)))


def _paths(root: Path) -> Iterator[str]:
    """Relative paths of what stands under `root`; what only tools read is named, and not looked into."""
    for top, folders, files in os.walk(root):
        for name in (*folders, *files):
            yield Path(top, name).relative_to(root).as_posix()
        folders[:] = [name for name in folders if name not in NOT_LOOKED_INTO]


def _covers(outer: list[str], inner: list[str]) -> bool:
    if not outer:
        return not inner
    if outer[0] == "**":
        return len(outer) == 1 or _covers(outer[1:], inner) or bool(inner and _covers(outer, inner[1:]))
    if not inner or inner[0] == "**":
        return False
    return gate.name(inner[0].replace("*", _ANY), outer[0]) and _covers(outer[1:], inner[1:])
