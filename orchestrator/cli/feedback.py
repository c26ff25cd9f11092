"""`orchestrate feedback`: who a task was meant for, written down so that it is routed there from now on."""

from __future__ import annotations

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orchestrator.cli.context import print_json, shown_path, store_options
from orchestrator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orchestrator.router.answer import Route, Router
    from orchestrator.router.examples import Action, Example
    from orchestrator.router.mend import Mend


@click.command("feedback")
@click.argument("task")
@click.option("--agent", required=True, help="Who is meant for it: the name of an agent, or none.")
@click.option("--skill", help="The skill that must come first.")
@click.option(
    "--agents",
    "folders",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Choose among the agent files below this folder instead of ours; may be given again.",
)
@store_options
def command(
    *,
    task: str,
    agent: str,
    skill: str | None,
    folders: tuple[Path, ...],
    project: Path,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Say who TASK is meant for. TASK is the text, or the id of a run whose task it is.

    \b
    Example:
      orchestrate feedback "the ledger is off by a cent" --agent database-engineer

    The label is kept in routing/examples.jsonl of the project's context store. The same task is then routed so, and
    `orchestrate route --lint` shows the tasks that the words alone still route elsewhere.
    """
    from orchestrator.cli.route import readable
    from orchestrator.memory.location import locate
    from orchestrator.router import answer, examples

    context = locate(project.absolute(), folder)
    text, run_id = _task(readable(task), context)
    if not examples.normal(text):
        hint = 'Run orchestrate feedback "the orders page is slow" --agent NAME.'
        raise UsageError("the task has no words", hint=hint)
    router = answer.router(agents=folders)
    _refuse_unknown(agent, [*router.lexicon.agents, "none"], "agent")
    if skill is not None and agent == "none":
        raise UsageError("--agent none has no skill", hint="Leave --skill out, or name the agent that has it.")
    if skill is not None:
        _refuse_unknown(skill, router.lexicon.skills, "skill")
    action, label = examples.add(context, examples.Example(task=text, agent=agent, skill=skill))
    today = router.route(text)
    agrees = today.agent == agent and (skill is None or [each.name for each in today.skills[:1]] == [skill])
    mend = None if agrees else _mend(label, router, context)
    path = shown_path(examples.path(context), project)
    if as_json:
        print_json(_document(label, run_id, action, path, today, agrees=agrees, mend=mend))
        return
    _tell(label, action, path, today, agrees=agrees, mend=mend)


def _task(given: str, context: Path) -> tuple[str, str | None]:
    """The task, and the run that it comes from if one was named."""
    folder = context / "runs" / given
    if not given.strip() or Path(given).name != given or not folder.is_dir():
        return given.strip(), None
    for name in ("spec.json", "agent.json"):
        try:
            found = json.loads((folder / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and isinstance(found.get("task"), str) and found["task"].strip():
            return found["task"].strip(), given
    raise UsageError(f"the run {given} has no task that can be read", hint="Give the text of the task instead.")


def _refuse_unknown(name: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if name in names:
        return
    close = get_close_matches(name, names, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known {what}s: {', '.join(sorted(names)[:30])}."
    raise UsageError(f'unknown {what} "{name}"', hint=hint)


def _mend(label: Example, router: Router, context: Path) -> Mend | None:
    from orchestrator.plugin import paths
    from orchestrator.router import examples, mend, shipped

    others = [each for each in examples.read(context).values() if each.line != label.line]
    return mend.propose(label, router, [*shipped.read(paths.root()), *others])


def _document(
    label: Example, run_id: str | None, action: Action, path: str, today: Route, *, agrees: bool, mend: Mend | None
) -> dict[str, Any]:
    return {
        "schema": "feedback",
        "task": label.task,
        "run_id": run_id,
        "agent": label.agent,
        "skill": label.skill,
        "action": action,
        "path": path,
        "line": label.line,
        "today": {
            "agent": today.agent,
            "skills": [skill.name for skill in today.skills],
            "score": today.score,
            "decided_by": today.decided_by,
            "rules": _rules(today),
        },
        "agrees": agrees,
        "mend": mend.as_json() if mend else None,
    }


def _rules(today: Route) -> list[str]:
    return [hit.rule for hit in today.matched if hit.agent == today.agent]


def _tell(label: Example, action: Action, path: str, today: Route, *, agrees: bool, mend: Mend | None) -> None:
    wanted = f"{label.agent}{f' with {label.skill} first' if label.skill else ''}"
    click.echo(f"{action}: {wanted}, in line {label.line} of {path}")
    skills = f" with {today.skills[0].name} first" if today.skills else ""
    click.echo(f"the words alone say {today.agent}{skills}; decided by {today.decided_by}")
    for rule in _rules(today):
        click.echo(f"  by {rule}")
    if agrees:
        click.echo("they agree, so nothing needs mending")
    elif mend:
        click.echo(f"this would mend it, in the {mend.kind} of {mend.agent}'s routing: {mend.entry}")
    else:
        click.echo("no single phrase mends it without moving a known example; the label holds for this task alone")
    click.echo("next: orchestrate route --lint shows every task that the words alone route elsewhere")
