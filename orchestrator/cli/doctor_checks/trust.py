"""Whether the person has told Claude Code that the project's folder is trusted."""

from __future__ import annotations

import os
from pathlib import Path

from orchestrator.cli import gate_log
from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, skipped, warning
from orchestrator.cli.doctor_checks.plugin import read


def call(subject: Subject) -> Result:
    path = _state()
    if not path.is_file():
        return skipped(
            f"Claude Code has not been used with this configuration: there is no {path}",
            f"Start claude in {subject.project} once; it asks whether the folder is trusted.",
        )
    known = read(path).get("projects")
    projects = known if isinstance(known, dict) else {}
    for folder in _enclosing(subject.project):
        entry = projects.get(str(folder))
        if isinstance(entry, dict) and entry.get("hasTrustDialogAccepted") is True:
            return judged([f"{folder} is trusted, says {path}"], [])
    text = (
        f"{subject.project} is not trusted yet: hooks in the files of the project's own agents wait for that,"
        " those of the plugin start all the same"
    )
    return judged([], [warning(text, f"Start claude in {subject.project} and accept its question.")])


def _state() -> Path:
    """The client's own notes: in its configuration folder where one is named, else in the home folder."""
    return gate_log.config() / ".claude.json" if os.environ.get("CLAUDE_CONFIG_DIR") else Path.home() / ".claude.json"


def _enclosing(project: Path) -> list[Path]:
    """The project and the folders around it, up to the top of its repository: trust in one of them is enough."""
    folders = [project, *project.parents]
    top = next((index for index, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return folders[: top + 1]


CHECK = Check(id="trust", title="trust in the project's folder", order=60, deadline_s=10, call=call)
