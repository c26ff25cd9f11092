"""`orchestrate resume`: continue a run that was interrupted, without repeating its finished steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from orchestrator.model.errors import UsageError


@click.command("resume")
@click.argument("run_id")
@click.option(
    "--dsn", help="The server again, if its rows were not all copied before the interruption. It is never stored."
)
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder.",
)
@click.option("--max-turns", type=click.IntRange(1, 1_000), help="A new limit, for a live run.")
@click.option("--max-usd", type=click.FloatRange(0, 10_000, min_open=True), help="A new limit, for a live run.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/run.schema.json or run-live."
)
def command(
    *, run_id: str, dsn: str | None, project: Path, max_turns: int | None, max_usd: float | None, as_json: bool
) -> int:
    """Continue RUN_ID where it was interrupted.

    \b
    Example:
      orchestrate resume 20261122-071355-9c1e
    """
    from orchestrator.cli import engine
    from orchestrator.memory.location import locate
    from orchestrator.runner import offline
    from orchestrator.runner.spec import run_folder

    context = locate(project.absolute()).absolute()
    folder = run_folder(context, run_id)
    if Path(run_id).name != run_id or not (folder / "spec.json").is_file():
        raise UsageError(f"no run {run_id} in {context}", hint="orchestrate runs --project DIR")
    engine.check_context(context)
    # The project may have been moved since.
    spec = replace(offline.load_spec(folder), project=str(project.absolute()), context=str(context))
    if spec.engine == "live":
        from orchestrator.cli import live_engine
        from orchestrator.runner import live

        spec = live.with_limits(spec, max_turns=max_turns, max_usd=max_usd)
        return live_engine.drive(spec, dsn=dsn, resume=True, as_json=as_json)
    return engine.drive(spec, dsn=dsn, resume=True, as_json=as_json)
