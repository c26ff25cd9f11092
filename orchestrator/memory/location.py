"""Where a project's context store is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from orchestrator.model.errors import UsageError

ENVIRONMENT = "ORCHESTRATE_CONTEXT"


@dataclass(frozen=True, kw_only=True)
class Place:
    """`why` names the setting that won: flag, environment, pyproject.toml, .claude or default."""

    path: Path
    why: str


def locate(project: Path, flag: Path | None = None) -> Path:
    """The root folder of the store: flag > ORCHESTRATE_CONTEXT > pyproject.toml > `.claude/context` > `context`.

    `.claude/context` is the place where it holds a store, and where the project has a `.claude` folder and no store in
    `context`: the client makes that folder when it first saves a permission, and an empty folder holds nothing that
    could count. Relative paths start at the project. The folder need not exist.
    """
    return place(project, flag).path


def place(project: Path, flag: Path | None = None) -> Place:
    if flag is not None:
        return Place(path=project / flag, why="flag")
    if chosen := os.environ.get(ENVIRONMENT):
        return Place(path=project / chosen, why="environment")
    if configured := _configured(project / "pyproject.toml"):
        return Place(path=project / configured, why="pyproject.toml")
    older, plain = project / ".claude" / "context", project / "context"
    if _is_store(older) or ((project / ".claude").is_dir() and not _is_store(plain)):
        return Place(path=older, why=".claude")
    return Place(path=plain, why="default")


def _is_store(folder: Path) -> bool:
    """True if something is recorded in it: the state, a decision, or a run."""
    decisions, runs = folder / "knowledge" / "decisions", folder / "runs"
    return (folder / "session" / "state.json").exists() or any(decisions.glob("*.json")) or any(runs.glob("*/*.json"))


def _configured(pyproject: Path) -> str | None:
    if not pyproject.exists():
        return None
    import tomllib

    try:
        document = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {pyproject}: {error}", hint="Mend the file, then run again.") from error
    tool = document.get("tool", {})
    section = tool.get("orchestrate", {}) if isinstance(tool, dict) else {}
    value = section.get("context") if isinstance(section, dict) else None
    if value is not None and not (isinstance(value, str) and value):
        raise UsageError(
            f"context in [tool.orchestrate] of {pyproject} must be a path, got {value!r}",
            hint='Write for example context = "context".',
        )
    return value
