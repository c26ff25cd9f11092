"""Earlier texts of a definition, from the history that git keeps of its file."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin.definitions import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMEOUT_S = 30


def text_of(path: Path, sha256: str, version: str) -> str:
    """The text with this hash that `path` had at some commit. Raises CouldNotFindOut where git does not have it."""
    if not _is_tracked(path):
        raise CouldNotFindOut(
            f"version {version} of {path.name} is not here: {path.parent} has no history in git",
            detail="An installed program brings the newest text of each definition, and the hashes of the others.",
            hint="Ask in a clone of the repository.",
        )
    for commit in _commits(path):
        content = _git(path, "show", f"{commit}:./{path.name}")
        if content is not None and digest(content) == sha256:
            return content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    is_shallow = (_git(path, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"
    raise CouldNotFindOut(
        f"version {version} of {path.name} is in no commit that is here",
        detail="The clone is shallow: its history is cut off." if is_shallow else f"Looked for sha256 {sha256}.",
        hint="git fetch --unshallow" if is_shallow else "Fetch the branch that has it.",
    )


def versions_in(path: Path) -> Iterator[bytes]:
    """Every text that the file had, newest first; nothing where there is no history."""
    if _is_tracked(path):
        for commit in _commits(path):
            content = _git(path, "show", f"{commit}:./{path.name}")
            if content is not None:
                yield content


def _is_tracked(path: Path) -> bool:
    return path.parent.is_dir() and _git(path, "ls-files", "--error-unmatch", "--", path.name) is not None


def _commits(path: Path) -> list[str]:
    return (_git(path, "rev-list", "--all", "--", path.name) or b"").decode("ascii", "replace").split()


def _git(path: Path, *words: str) -> bytes | None:
    """What git answers in the folder of `path`; None where it fails or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(path.parent), *words], capture_output=True, check=False, timeout=TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
