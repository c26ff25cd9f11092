"""`orchestrate context`: what the project's context store holds, whether it is sound, and mending it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from orchestrator.memory.decision import Decision
from orchestrator.memory.location import place
from orchestrator.memory.state import waiting_handoffs
from orchestrator.memory.store import ContextStore

_Function = TypeVar("_Function", bound=Callable[..., Any])
_SHOWN = 10


def store_options(function: _Function) -> _Function:
    """The options of every command that uses the store: which project, and where its store is."""
    folder = click.Path(path_type=Path, file_okay=False)
    help_text = "The store's folder, if it is not in its usual place."
    function = click.option("--context", "folder", type=folder, help=help_text)(function)
    existing = click.Path(path_type=Path, file_okay=False, exists=True)
    help_text = "The project's folder; the current one if not given."
    function = click.option("--project", type=existing, default=Path(), help=help_text)(function)
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(function)


def open_store(project: Path, folder: Path | None) -> ContextStore:
    return ContextStore(place(project, folder).path)


def print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_notices(store: ContextStore) -> None:
    for notice in store.notices:
        click.echo(f"note: {notice}", err=True)


def shown_path(path: Path, project: Path) -> str:
    """Relative to the project where the path is inside it."""
    relative = os.path.relpath(path, project)
    return str(path.absolute()) if relative.startswith("..") else relative


@click.group("context")
def command() -> None:
    """Show, check or mend what earlier runs left for later ones.

    \b
    Example:
      orchestrate context show

    The store holds the session state and one file for each decision.
    """


@command.command()
@store_options
def show(project: Path, folder: Path | None, as_json: bool) -> None:
    """Print the session state and the decisions in force.

    \b
    Example:
      orchestrate context show --project .
    """
    found = place(project, folder)
    store = ContextStore(found.path)
    document = {
        "schema": "context-show",
        "path": shown_path(found.path, project),
        "why": found.why,
        "exists": found.path.is_dir(),
        "state": store.read_state() if store.state_path.exists() else None,
        "decisions": [each.row() for each in store.active_decisions()],
    }
    print_notices(store)
    if as_json:
        print_json(document)
    else:
        _print_store(document, store.active_decisions())


def _print_store(document: dict[str, Any], decisions: tuple[Decision, ...]) -> None:
    click.echo(f"context store: {document['path']} ({document['why']})")
    if document["state"] is None:
        click.echo("session: none saved yet")
    else:
        _print_state(document["state"])
    click.echo(f"decisions in force: {len(decisions)}")
    for each in decisions:
        tables = f"  [{', '.join(each.tables)}]" if each.tables else ""
        click.echo(f"  {each.id}  {each.title}{tables}")
    click.echo("next: orchestrate recall WORDS finds the decisions that bear on a task")


def _print_state(state: dict[str, Any]) -> None:
    agent = f", active agent {state['active_agent']}" if state["active_agent"] else ""
    click.echo(f"session: {state['session_id']}, last active {state['last_activity']}{agent}")
    for key, word in (("tasks_pending", "pending"), ("tasks_completed", "completed")):
        entries = state[key]
        last = f", the last {_SHOWN} are" if len(entries) > _SHOWN else ""
        click.echo(f"tasks {word}: {len(entries)}{last}")
        for each in entries[-_SHOWN:]:
            blockers = f" (blocked: {'; '.join(each['blockers'])})" if each.get("blockers") else ""
            click.echo(f"  {each['id']}  {each['task']}{blockers}")
    for each in waiting_handoffs(state):
        what = each["payload"].get("migration") or f"{len(each['payload'].get('models', ()))} models"
        click.echo(f"hand-off {each['id']}: {each['from']} → {each['to']}, {what}: waits")
    click.echo(f"runs: {len(state['runs'])}")


@command.command()
@store_options
@click.pass_context
def check(invocation: click.Context, project: Path, folder: Path | None, as_json: bool) -> None:
    """Hold every file of the store against its schema. Ends with 1 if something is wrong.

    \b
    Example:
      orchestrate context check --json
    """
    from orchestrator.cli import context_check

    store = open_store(project, folder)
    problems = context_check.problems(store, project)
    is_clean = all(each.severity == "note" for each in problems)
    if as_json:
        findings = [each.as_json() for each in problems]
        path = shown_path(store.root, project)
        print_json({"schema": "context-check", "path": path, "clean": is_clean, "findings": findings})
    else:
        _print_problems(problems, shown_path(store.root, project), exists=store.root.is_dir())
    invocation.exit(0 if is_clean else 1)


def _print_problems(problems: list[Any], path: str, *, exists: bool) -> None:
    for each in problems:
        click.echo(str(each))
        click.echo(f"    fix: {each.fix}")
    if not exists:
        click.echo(f"{path} does not exist: nothing has been saved yet")
    elif not problems:
        click.echo(f"{path}: every file is sound")


@command.command()
@store_options
def repair(project: Path, folder: Path | None, as_json: bool) -> None:
    """Mend the store without losing a byte: what cannot be read is kept beside as NAME.bad-1.

    \b
    Example:
      orchestrate context repair
    """
    store = open_store(project, folder)
    done = store.repair() if store.root.is_dir() else []
    if as_json:
        print_json({"schema": "context-repair", "path": shown_path(store.root, project), "done": done})
        return
    for sentence in done:
        click.echo(sentence)
    click.echo("next: orchestrate context check" if done else f"{shown_path(store.root, project)}: nothing to mend")
