"""`orchestrate runs`: what was run in this project, and what can be resumed."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import click


@click.command("runs")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/runs.schema.json.")
def command(*, project: Path, as_json: bool) -> None:
    """List the runs of this project, those of agents in Claude Code as well, newest first.

    \b
    Example:
      orchestrate runs
    """
    from orchestrator.memory.location import locate

    folder = locate(project.absolute()) / "runs"
    found = [_entry(path, project.absolute()) for path in folder.glob("*/spec.json")]
    found += [_of_agent(path) for path in folder.glob("agent-*/agent.json")]
    found.sort(key=lambda run: (run["created_at"], run["run_id"]), reverse=True)
    if as_json:
        click.echo(json.dumps({"schema": "runs", "runs": found}, ensure_ascii=False, indent=2))
        return
    for run in found:
        click.echo(f"{run['run_id']}  {run['status']:11}  {run['task']}")
        click.echo(f"    {run['headline'] or run['next'] or ''}")
    if not found:
        click.echo('no runs here yet. Next: orchestrate "optimize hybrid search"')


def _entry(path: Path, project: Path) -> dict[str, Any]:
    """One run. `status` is done, running, or interrupted."""
    spec = _read(path)
    result = _read(path.parent / "output.json")
    run_id = path.parent.name
    elsewhere = f" --project {shlex.quote(str(project))}" if project != Path.cwd() else ""
    status = "done" if result else "running" if _is_locked(path.parent / "lock") else "interrupted"
    return {
        "run_id": run_id,
        "task": str(spec.get("task", "")),
        "status": status,
        "created_at": str(spec.get("created_at", "")),
        "headline": result.get("headline"),
        "next": f"orchestrate resume {run_id}{elsewhere}" if status == "interrupted" else None,
    }


def _of_agent(path: Path) -> dict[str, Any]:
    """The run of a subagent in the client."""
    head = _read(path)
    calls = head.get("calls")
    said = [f"{head.get('agent')} {head.get('agent_version')}", *([f"{calls} tool calls"] if calls is not None else [])]
    return {
        "run_id": path.parent.name,
        "task": " ".join(str(head.get("task", "")).split())[:200],
        "status": str(head.get("status") or "unreadable"),
        "created_at": str(head.get("started_at", "")),
        "headline": "; ".join([", ".join(said), *map(str, head.get("problems", []))]),
        "next": None,
    }


def _read(path: Path) -> dict[str, Any]:
    """The document, or {} when it is absent or torn."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _is_locked(path: Path) -> bool:
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
