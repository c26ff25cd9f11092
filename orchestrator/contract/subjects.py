"""What the subject of a review names of the migrations that wait for one: files, revisions, folders, a range."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Handoffs = Sequence[Mapping[str, Any]]
_APART = re.compile(r"[\s,;()<>\"'`\[\]{}]+")
_LINE = re.compile(r"(:[0-9][0-9:,-]*|#L?[0-9][0-9L-]*)$")
_FILE = re.compile(r"[^/]\.[A-Za-z]{1,5}$")
SHORTEST_REVISION = 6


def named(subject: str, waiting: Handoffs, project: Path) -> set[str]:
    """Ids of the hand-offs whose migration the subject names. A name that several migrations have names none."""
    whole = _path(subject.strip(), project)
    found = {each["id"] for each in waiting if _migration(each).startswith(f"{whole}/")}
    for word in {subject.strip(), *_words(subject)}:
        found |= _of(word, waiting, project)
    return found


def _words(subject: str) -> Iterator[str]:
    """Its words; those between dots are the ends of a range."""
    for word in _APART.split(subject):
        plain = _LINE.sub("", word.rstrip(".:!?"))
        yield plain
        if ".." in plain and "/.." not in plain and "../" not in plain:
            yield from (end for end in re.split(r"\.{2,3}", plain) if end)


def _of(word: str, waiting: Handoffs, project: Path) -> set[str]:
    path = _path(word, project)
    exact = {each["id"] for each in waiting if word and word == each["payload"].get("revision")}
    exact |= {each["id"] for each in waiting if path and path == _migration(each)}
    if word.endswith("/") and path:
        exact |= {each["id"] for each in waiting if _migration(each).startswith(f"{path}/")}
    return exact or _ending(path.removeprefix(f"{project.name}/"), waiting, project)


def _ending(path: str, waiting: Handoffs, project: Path) -> set[str]:
    """Those of the one migration whose path ends with this one, unless it is the path of another file."""
    fitting = [each for each in waiting if path and _ends(_migration(each), path)]
    paths = {_migration(each) for each in fitting}
    if len(paths) != 1 or (path not in paths and _is_file(project / path)):
        return set()
    return {each["id"] for each in fitting}


def _ends(migration: str, path: str) -> bool:
    """With the ending of the file or without."""
    return any(each == path or each.endswith(f"/{path}") for each in (migration, migration.rpartition(".")[0]))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _path(word: str, project: Path) -> str:
    """The word as a path in the project, "" where it is none."""
    if not word or "\0" in word:
        return ""
    if word.startswith("/"):
        inside = posixpath.relpath(posixpath.normpath(word), str(project))
        return "" if inside.startswith("..") or inside == "." else inside
    plain = posixpath.normpath(word)
    return "" if plain in (".", "..") else plain


def _migration(handoff: Mapping[str, Any]) -> str:
    given = str(handoff["payload"].get("migration") or "")
    return posixpath.normpath(given) if given else ""


def names_a_file(subject: str) -> bool:
    """True for a subject that is a file, and not a branch, a revision or a range."""
    return any(_FILE.search(word) and ".." not in word for word in _words(subject))


def opened(handoffs: Handoffs, answer: Mapping[str, Any], inputs: Iterable[str], project: Path) -> set[str]:
    """Ids of those whose migration the review read, or has a finding in, and does not say it left out."""
    left_out = " ".join(map(str, answer.get("not_checked", ())))
    files = {_path(_LINE.sub("", str(each.get("file") or "")), project) for each in answer.get("findings", ())}
    read = list(inputs)
    alone = _alone(handoffs)
    found = set()
    for each in handoffs:
        marks = _marks(each, alone)
        if any(_is_in(mark, left_out) for mark in marks):
            continue
        if _migration(each) in files or any(_is_in(mark, text) for mark in marks for text in read):
            found.add(each["id"])
    return found


def _alone(handoffs: Handoffs) -> set[str]:
    """Names of files that one migration only has."""
    paths = {_migration(each) for each in handoffs}
    names = [posixpath.basename(path) for path in paths]
    return {name for name in names if names.count(name) == 1}


def _marks(handoff: Mapping[str, Any], alone: set[str]) -> list[str]:
    path, revision = _migration(handoff), str(handoff["payload"].get("revision") or "")
    name = posixpath.basename(path)
    marks = [path, name if name in alone else "", revision if len(revision) >= SHORTEST_REVISION else ""]
    return [mark for mark in marks if mark]


def _is_in(mark: str, text: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(mark)}(?![\w-])", text) is not None
