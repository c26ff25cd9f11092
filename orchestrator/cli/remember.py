"""`orchestrate remember`: one decision, written down for every later run."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.context import open_store, print_json, print_notices, shown_path, store_options
from orchestrator.memory.active import first_sentence
from orchestrator.memory.decision import Draft
from orchestrator.model.errors import UsageError


@click.command("remember")
@click.argument("text")
@click.option("--title", help="A short name; the first sentence of TEXT if not given.")
@click.option("--table", "tables", multiple=True, help="A table that the decision is about; may be given again.")
@click.option("--category", default="general", show_default=True, help="For example index, schema, migration.")
@store_options
def command(
    *,
    text: str,
    title: str | None,
    tables: tuple[str, ...],
    category: str,
    project: Path,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Write a decision down, so that later runs start from it.

    \b
    Example:
      orchestrate remember "Keep orders partitioned by month" --table orders --category schema

    A decision that is already in force is not written twice.
    """
    if not text.strip():
        raise UsageError(
            "the decision has no text", hint='Run orchestrate remember "Keep orders partitioned by month".'
        )
    store = open_store(project, folder)
    draft = Draft(
        title=title or first_sentence(text), decision=text.strip(), tables=tables, category=category, source="user"
    )
    recorded = store.record(draft)
    print_notices(store)
    path = shown_path(recorded.path, project)
    if as_json:
        print_json({"schema": "remember", "id": recorded.id, "action": recorded.action, "path": path})
        return
    click.echo(f"{recorded.id} {recorded.action}: {draft.title}")
    click.echo(f"in {path}")
    click.echo(f'next: orchestrate recall "{draft.title}" shows what else bears on it')
