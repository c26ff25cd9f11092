"""Which files are agents, which are skills, and which are other documents of a plugin."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.model.errors import UsageError
from orchestrator.plugin import documents, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A plugin's or project's root is the folder around one of these.
_INSIDE = frozenset({".claude-plugin", ".claude", "hooks", "evals"})


@dataclass(frozen=True, kw_only=True)
class Found:
    """`kind` is agent, skill, or that of a document."""

    kind: str
    path: Path


def plugin(root: Path) -> list[Found]:
    """What the plugin in `root` brings."""
    found = [Found(kind="agent", path=path) for path in surroundings.agent_files(root)]
    found += [Found(kind="skill", path=path) for path in surroundings.skill_files(root)]
    return found + [_document(path) for path in documents.under(root)]


def named(paths: Sequence[Path]) -> list[Found]:
    """What these files are, and what these folders hold; each file once.

    A file that is named is taken whatever its ending: one that is no document is an agent. Raises UsageError for a
    path that holds nothing of that.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        here = [_file(path)] if path.is_file() else list(_folder(path))
        if not here:
            what = "holds no agent, no skill and no other file of a plugin" if path.exists() else "does not exist"
            raise UsageError(f"{path} {what}", hint="Name an agent file, a SKILL.md or a folder of them.")
        found |= {each.path: each for each in here}
    return list(found.values())


def _file(path: Path) -> Found:
    if documents.kind_of(path) is not None:
        return _document(path)
    return Found(kind="skill" if path.name.lower() == "skill.md" else "agent", path=path)


def _document(path: Path) -> Found:
    return Found(kind=documents.kind_of(path) or "data", path=path)


def _folder(folder: Path) -> Iterator[Found]:
    """Agents are the markdown files below a folder `agents`; where there is none, those of the folder itself."""
    files = list(_files(folder))
    texts = [path for path in files if path.suffix == ".md"]
    known = [_file(path) for path in texts if path.name == "SKILL.md" or _is_in_agents(path, folder)]
    yield from known or [_file(path) for path in texts if path.parent == folder and _has_header(path)]
    roots = {path.parent.parent if path.parent.name in _INSIDE else path.parent for path in files}
    yield from (_document(path) for root in sorted(roots) for path in documents.under(root) if folder in path.parents)


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - surroundings.NOT_LOOKED_INTO)
        # A pipe would be waited for, and a link to nothing cannot be read.
        yield from (path for path in (Path(top, name) for name in sorted(names)) if path.is_file())


def _is_in_agents(path: Path, folder: Path) -> bool:
    return "agents" in (folder.name, *path.relative_to(folder).parts[:-1]) and not _is_beside_a_skill(path)


def _is_beside_a_skill(path: Path) -> bool:
    """Whether a skill's folder holds the file: the skill reads it, the client does not."""
    return any((folder / "SKILL.md").is_file() for folder in path.parents)


def _has_header(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(6).removeprefix(b"\xef\xbb\xbf").startswith(b"---")
    except OSError:
        return True  # what is wrong with it is said where it is read
