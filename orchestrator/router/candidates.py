"""The agents that a task can go to, read from their files: ours, a project's, or any collection's."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ENDINGS = (".md", ".markdown", ".txt")
MAX_BYTES = 1_000_000
ABOUT_CHARACTERS = 90
MOST_EXAMPLES = 8
RESERVED = "none"
NOT_AGENTS = frozenset({"SKILL.md"})
_EXAMPLE = re.compile(r"<example>.*?</example>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An agent file as the router sees it. `phrases` and `negatives` are raw entries of the file's own routing.

    `is_explicit`: the routing says what the agent is about and gives phrases, so its description is not read for more.
    """

    name: str
    path: Path
    about: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    phrases: tuple[Mapping[str, Any], ...] = ()
    negatives: tuple[Mapping[str, Any], ...] = ()
    hands_off_to: tuple[str, ...] = ()
    is_explicit: bool = False


@dataclass(kw_only=True)
class Collection:
    """`warnings` has one line for each file that was skipped."""

    agents: list[Candidate] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def files(folders: Sequence[Path]) -> list[Path]:
    """Every file below `folders` that may hold an agent, in the order of their paths. A file may be named itself."""
    found: dict[Path, None] = {}
    for folder in folders:
        for path in [folder] if folder.is_file() else _below(folder):
            found.setdefault(path.resolve())
    return list(found)


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in {".git", "node_modules", ".venv", "__pycache__"})
        for name in sorted(names):
            if name.endswith(ENDINGS) and name not in NOT_AGENTS:
                yield Path(parent) / name


def read(paths: Sequence[Path], fields: Sequence[str]) -> Collection:
    """The agents in `paths`. `fields` are the header's keys that hold keywords.

    A file without a header, or whose header names nobody (a command, a note), is no agent. A header that cannot be
    read is a warning.
    """
    collection = Collection()
    for path in paths:
        try:
            found = _candidate(path, fields)
        except (OSError, ValueError) as error:
            collection.warnings.append(f"{path}: {error}")
            continue
        if found:
            collection.agents.append(found)
    collection.agents = sorted(_qualified(collection.agents), key=lambda each: each.name)
    return collection


def _candidate(path: Path, fields: Sequence[str]) -> Candidate | None:
    from orchestrator.plugin import frontmatter
    from orchestrator.plugin.problems import DefinitionError

    if not path.is_file():
        raise ValueError("it is no regular file")
    with path.open("rb") as file:
        if not file.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return None
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes")
    try:
        document = frontmatter.read_leniently(path)
    except DefinitionError as error:
        raise ValueError(error.problems[0].message) from error
    return candidate(document.data, path, fields, examples=" ".join(_EXAMPLE.findall(document.body)[:MOST_EXAMPLES]))


def candidate(header: Mapping[str, Any], path: Path, fields: Sequence[str], *, examples: str = "") -> Candidate | None:
    """The agent that `header` describes, or None if it names nobody. `examples` are those in the text below it."""
    name = header.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    if not name.strip().isprintable():
        raise ValueError("its name has a line break or a control character")
    if name.strip() == RESERVED:
        raise ValueError(f'an agent named "{RESERVED}" cannot be told from no agent')
    ours = _mapping(header.get("x-orchestrate"))
    routing = _mapping(ours.get("routing") or header.get("routing"))
    description = " ".join(_texts(header.get("description")))
    moved = " ".join(f"<example>{example}</example>" for example in _texts(routing.get("examples")))
    phrases = _entries(routing.get("phrases"))
    sources = (header, ours, routing)
    return Candidate(
        name=name.strip(),
        path=path,
        about=str(routing.get("about") or "") or _first_sentence(description),
        description=f"{description} {examples} {moved}".strip(),
        keywords=tuple(text for source in sources for key in fields for text in _texts(source.get(key))),
        phrases=phrases,
        is_explicit=bool(phrases and routing.get("about")),
        negatives=_entries(routing.get("negatives")),
        hands_off_to=tuple(_texts(ours.get("hands_off_to"))),
    )


def _entries(value: object) -> tuple[Mapping[str, Any], ...]:
    """Phrases with all that they need. A collection may use the key for a list of words: those are keywords."""
    entries = value if isinstance(value, list) else []
    return tuple(entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("phrase"), str))


def _texts(value: object) -> list[str]:
    """Every text in `value`, however deep: collections write lists, lists of objects, or one line with commas."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _first_sentence(description: str) -> str:
    plain = " ".join(description.split())
    sentence = plain.split(". ")[0].rstrip(".")
    return sentence if len(sentence) <= ABOUT_CHARACTERS else f"{sentence[: ABOUT_CHARACTERS - 1].rsplit(' ', 1)[0]}…"


def _qualified(agents: Sequence[Candidate]) -> list[Candidate]:
    """The agents under names of their own: those that share one get the folder that tells them apart in front."""
    sharing: dict[str, list[Candidate]] = defaultdict(list)
    for each in agents:
        sharing[each.name].append(each)
    return [each for name, group in sharing.items() for each in _told_apart(name, group)]


def _told_apart(name: str, group: Sequence[Candidate]) -> Iterator[Candidate]:
    if len(group) == 1:
        yield group[0]
        return
    parts = [(*each.path.parts[:-1], each.path.stem) for each in group]
    # The nearest folder that is different for each, else the files' own names.
    for depth in (*range(2, min(map(len, parts))), 1):
        marks = [each[-depth] for each in parts]
        if len(set(marks)) == len(group):
            yield from (replace(each, name=f"{mark}/{name}") for each, mark in zip(group, marks, strict=True))
            return
    yield from (replace(each, name=f"{each.path.as_posix().lstrip('/')}/{name}") for each in group)
