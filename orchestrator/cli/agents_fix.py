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
        _write(done)
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


def _write(done: list[Fixed]) -> None:
    from orchestrator.model.errors import CouldNotFindOut

    for each in done:
        try:
            if each.changed:
                each.write()
        except OSError as error:
            raise CouldNotFindOut(
                f"cannot write {each.file}: {(error.strerror or str(error)).lower()}",
                detail="The files before it are written, the others are as they were.",
                hint="Mend that, and run the same again.",
            ) from error


def _show(each: Fixed, *, only_diff: bool) -> None:
    from orchestrator.report.findings import one_line

    if only_diff:
        for line in each.diff().split("\n")[:-1]:
            click.echo(one_line(line) if not line.isprintable() else line)
    out = sys.stderr if only_diff else sys.stdout
    for problem in each.losses:
        click.echo(one_line(f"{problem.place}: lost until now: {problem.message}"), file=out)
    for change in each.changes:
        key = f"{change.key}: " if change.key else ""
        click.echo(one_line(f"{each.file}: {change.mend}: {key}{change.message}"), file=out)
    for problem in each.left:
        if problem.severity != "note":
            click.echo(f"{one_line(str(problem))}\n  fix: {one_line(problem.fix)}", file=out)


def _sum_up(done: list[Fixed], *, only_diff: bool) -> None:
    changed = sum(each.changed for each in done)
    left = sum(problem.severity != "note" for each in done for problem in each.left)
    verb = "would change" if only_diff else "changed"
    click.echo(f"{len(done)} read, {changed} {verb}, {left or 'nothing'} left for you", err=True)
