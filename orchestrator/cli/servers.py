"""`orchestrate servers`: the disposable servers that are there, and sweeping those whose owner is gone."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command("servers")
@click.option(
    "--sweep", is_flag=True, help="End servers and remove folders whose owner is gone, those kept for a resume as well."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, by schemas/servers.schema.json.")
def command(*, sweep: bool, as_json: bool) -> None:
    """List the disposable PostgreSQL servers of this user.

    \b
    Example:
      orchestrate servers --sweep
    """
    from orchestrator.pg import scratch

    swept: list[dict[str, Any]] = []
    if sweep:
        swept = [
            {"directory": str(each.directory), "reason": each.reason, "pid": each.pid}
            for each in scratch.sweep(max_age_s=0)
        ]
    found = [_entry(each) for each in scratch.instances()]
    if as_json:
        click.echo(json.dumps({"schema": "servers", "servers": found, "swept": swept}, indent=2))
        return
    for gone in swept:
        click.echo(f"removed {gone['directory']}: {gone['reason']}")
    for each in found:
        state = (
            f"running as process {each['pid']}"
            if each["alive"]
            else "kept for a resume"
            if each["kept"]
            else "left over"
        )
        click.echo(
            f"{each['directory']}  {state}, owner {each['owner_pid']},"
            f" {each['size_bytes'] / 1e6:.0f} MB, since {each['started_at']}"
        )
    if not found:
        click.echo("no disposable server is there")


def _entry(each: Any) -> dict[str, Any]:
    return {
        "directory": str(each.directory),
        "pid": each.pid,
        "owner_pid": each.owner_pid,
        "alive": each.alive,
        "kept": each.kept,
        "started_at": each.started_at.isoformat(timespec="seconds"),
        "size_bytes": each.size_bytes,
    }
