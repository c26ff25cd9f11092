"""`orchestrate route`: who is meant for a task, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from orchestrator.router.answer import Route


@click.command("route", epilog="Exit status: 0 routed, 3 no agent fits.")
@click.argument("task")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a task, by schemas/route.schema.json.")
@click.option("--explain", is_flag=True, help="Show the words that decided, and the words that do not count.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Let the files of this project lean the answer a little.",
)
def command(*, task: str, as_json: bool, explain: bool, project: Path | None) -> None:
    """Name the agent and the skills for TASK, or read one task a line from standard input if TASK is -.

    \b
    Example:
      orchestrate route "the orders page takes forever since last week" --explain
    """
    from orchestrator.router.answer import route

    if task == "-":
        _stream(project, as_json=as_json, explain=explain)
        return
    found = route(task, project=project)
    if as_json or found.agent != "none":
        _print(found, as_json=as_json, explain=explain)
    if found.agent == "none":
        if explain and not as_json:
            click.echo("\n".join(_explanation(found)), err=True)
        _refuse(found, as_json=as_json)


def _stream(project: Path | None, *, as_json: bool, explain: bool) -> None:
    from orchestrator.router.answer import route

    for line in sys.stdin:
        _print(route(line.rstrip("\n"), project=project), as_json=as_json, explain=explain)


def _print(found: Route, *, as_json: bool, explain: bool) -> None:
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    skills = ", ".join(skill.name if skill.built else f"{skill.name} (not built yet)" for skill in found.skills)
    click.echo(f"{found.agent}{': ' + skills if skills else ''}")
    if explain:
        click.echo("\n".join(_explanation(found)))


def _refuse(found: Route, *, as_json: bool) -> None:
    """Says on standard error what to ask. With --json the route stands alone on standard output."""
    from orchestrator.model.errors import NoAgentFits

    nearest = ", ".join(f"{entry.agent} ({entry.score:g})" for entry in found.nearest)
    refusal = NoAgentFits(
        f'no agent fits "{found.task}"', detail=f"The nearest ones: {nearest}.", hint=found.question or ""
    )
    if not as_json:
        raise refusal
    click.echo(f"error: {refusal.message}\ndetail: {refusal.detail}\nhint: {refusal.hint}", err=True)
    raise click.exceptions.Exit(refusal.exit_code)


def _explanation(found: Route) -> list[str]:
    lines = [f"  {_marked(found)}"]
    for hit in found.matched:
        skill = f", {hit.skills[0]}" if hit.skills else ""
        text = found.task[hit.start : hit.end]
        lines.append(f"  {hit.weight:>4g}  {hit.agent}{skill}: [{text}] by {hit.rule}")
    for entry in found.suppressed:
        text = found.task[entry.hit.start : entry.hit.end]
        lines.append(f"     -  {entry.hit.agent}: [{text}] does not count: {entry.because}")
    lines.append(f"  score {found.score:g}, lead {found.lead:g}; decided by {found.decided_by}")
    lines += [f"  then {segment.agent}: {segment.text}" for segment in found.segments[1:]]
    if found.hands_off_to:
        lines.append(f"  hands off to {', '.join(found.hands_off_to)}")
    return lines


def _marked(found: Route) -> str:
    """The task with brackets around every word that counts for the agent chosen."""
    inside: set[int] = set()
    for hit in found.matched:
        if hit.agent == found.agent or found.segments:
            inside.update(range(hit.start, hit.end))
    marked = []
    for index, character in enumerate(found.task):
        opening = "[" if index in inside and index - 1 not in inside else ""
        closing = "]" if index in inside and index + 1 not in inside else ""
        marked.append(f"{opening}{character}{closing}")
    return "".join(marked)
