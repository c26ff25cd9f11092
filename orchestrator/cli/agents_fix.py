"""`orchestrate agents fix`: definitions of any dialect brought into the normal form."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from orchestrator.plugin.fix.fixed import Fixed


@click.command(
    "fix",
    epilog="Exit status: 0 nothing left to do, 1 something is left, or --diff has a change to show, 2 no such file.",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--diff", "only_diff", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, by schemas/agents-fix.schema.json.")
def command(*, paths: tuple[Path, ...], only_diff: bool, as_json: bool) -> None:
    """Bring the agents and skills in PATHS into the normal form. Comments and body stay; nothing is lost.

    \b
    Example:
      orchestrate agents fix .claude/agents --diff
    """
    from orchestrator.plugin.fix.run import fix_all

    done = fix_all([path.resolve() for path in paths])
    if not only_diff:
        for each in done:
            if each.changed:
                each.write()
    if as_json:
        document = {"schema": "agents-fix", "written": not only_diff, "files": [each.as_json() for each in done]}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        for each in done:
            _show(each, only_diff=only_diff)
        _sum_up(done, only_diff=only_diff)
    left = any(problem.severity != "note" for each in done for problem in each.left)
    if left or (only_diff and any(each.changed for each in done)):
        raise click.exceptions.Exit(1)


def _show(each: Fixed, *, only_diff: bool) -> None:
    if only_diff:
        click.echo(each.diff(), nl=False)
    out = sys.stderr if only_diff else sys.stdout
    for problem in each.losses:
        click.echo(f"{problem.place}: lost until now: {problem.message}", file=out)
    for change in each.changes:
        click.echo(f"{each.file}: {change.mend}: {change.key + ': ' if change.key else ''}{change.message}", file=out)
    for problem in each.left:
        if problem.severity != "note":
            click.echo(f"{problem}\n  fix: {problem.fix}", file=out)


def _sum_up(done: list[Fixed], *, only_diff: bool) -> None:
    changed = sum(each.changed for each in done)
    left = sum(problem.severity != "note" for each in done for problem in each.left)
    verb = "would change" if only_diff else "changed"
    click.echo(f"{len(done)} read, {changed} {verb}, {left or 'nothing'} left for you", err=True)
