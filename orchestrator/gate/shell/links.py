"""Files that have a second name: links on the disk, and those that the command line itself has made."""

from __future__ import annotations

import posix

from orchestrator.gate.place import real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_CHAIN = 10


def physical(path: str, made: Mapping[str, str]) -> str:
    """The absolute path without `.` and `..`, where `..` behind a link leads out of the folder that it names."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = _followed(parts, made)[:-1]
        elif part and part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def _followed(parts: list[str], made: Mapping[str, str]) -> list[str]:
    path = "/" + "/".join(parts)
    if path not in made:
        try:
            posix.readlink(path)
        except (OSError, ValueError):
            return parts
    return [part for part in real(made.get(path, path)).split("/") if part]


def behind(path: str, made: Mapping[str, str]) -> str:
    """The file that the path leads to through links which the command line has made."""
    for _ in range(LONGEST_CHAIN):
        prefix = path
        while prefix and prefix not in made:
            prefix = prefix.rpartition("/")[0]
        if not prefix:
            break
        path = made[prefix] + path[len(prefix) :]
    return path


def names(path: str, made: Mapping[str, str], removed: bool) -> list[str]:
    """The path, and what changes with it. Removing a link leaves alone what it leads to."""
    folder, _, name = path.rpartition("/")
    other = behind(folder, made) + "/" + name if removed else behind(path, made)
    return [path] if other == path else [path, other]
