"""`orchestrate recall`: the decisions that bear on a task."""

from __future__ import annotations

from pathlib import Path

import click

from orchestrator.cli.context import open_store, print_json, print_notices, store_options
from orchestrator.memory.recall import Hit, recall


@click.command("recall")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many at most.")
@click.option("--table", "tables", multiple=True, help="Rank decisions about this table first; may be given again.")
@click.option("--all", "everything", is_flag=True, help="Also superseded, rejected, proposed and expired ones.")
@store_options
def command(
    *,
    words: tuple[str, ...],
    limit: int,
    tables: tuple[str, ...],
    everything: bool,
    project: Path,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Find the decisions in force that share words with WORDS, best first.

    \b
    Example:
      orchestrate recall "hybrid search index"
    """
    store = open_store(project, folder)
    query = " ".join(words)
    hits = recall(store, query, limit, tables, everything=everything)
    print_notices(store)
    if as_json:
        print_json({"schema": "recall", "query": query, "hits": [_as_json(hit) for hit in hits]})
        return
    for hit in hits:
        _print_hit(hit)
    if not hits:
        click.echo(f'no decision shares a word with "{query}"')


def _as_json(hit: Hit) -> dict[str, object]:
    row = hit.decision.row() | {"status": hit.decision.status}
    return {"decision": row, "score": round(hit.score, 6), "index": hit.index}


def _print_hit(hit: Hit) -> None:
    found = hit.decision
    tables = f"  [{', '.join(found.tables)}]" if found.tables else ""
    click.echo(f"{found.id}  {found.title}{tables}  {found.status} {found.created_at[:10]}, by words ({hit.index})")
    if found.decision != found.title:
        click.echo(f"    {found.decision}")
    if found.rationale:
        click.echo(f"    because: {found.rationale}")
