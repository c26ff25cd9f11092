"""`orchestrate mcp`: the tools as an MCP server on standard input and output."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import click

from orchestrator.model.errors import CouldNotFindOut

EXPLAIN = "ORCHESTRATE_EXPLAIN"  # set by bin/orchestrate
FAMILIES = click.Choice(["pgwright", "postgres-mcp", "pg-aiguide", "mem0"])


@click.command("mcp")
@click.option(
    "--dsn",
    help="The server to read; else ORCHESTRATE_DSN, DATABASE_URI, DATABASE_URL or libpq's own PG* variables.",
)
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; CLAUDE_PROJECT_DIR or the current one if not given.",
)
@click.option("--as", "family", type=FAMILIES, help="Only the tools of this server, under its name; all if not given.")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30.0,
    show_default=True,
    help="Seconds that one statement may take on the server that is read.",
)
@click.option(
    "--rows", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Rows of one answer at most."
)
def command(*, dsn: str | None, project: Path | None, family: str | None, timeout: float, rows: int) -> None:
    """Serve the tools to a coding agent over standard input and output, until the input ends.

    \b
    Example:
      claude mcp add postgres-mcp -- orchestrate mcp --as postgres-mcp

    The server named is read in read-only sessions; passwords are best left to ~/.pgpass or PGPASSWORD.
    """
    package = find_spec("mcp")
    if package is None or package.origin is None:  # a folder of that name is no package
        _explain_absence()
        return
    from orchestrator.mcp_server import serve, setup

    serve.serve(setup.setup(dsn, project, timeout_s=timeout, max_rows=rows), family)


def _explain_absence() -> None:
    """Raises CouldNotFindOut, or tells the client that started us, which would not try again for 15 minutes."""
    message, hint = "the package mcp is not installed, which speaks the protocol", "pip install mcp"
    if not os.environ.get(EXPLAIN):
        raise CouldNotFindOut(message, hint=hint)
    from orchestrator.mcp_server import absent

    absent.serve(f"pgwright has no tools here: {message}. A person can run  {hint}  and reconnect the server.")
