"""The statements that a server spends its time on, and the indexes that our rules would try for a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orchestrator.mcp_server import reading
from orchestrator.model.errors import OrchestrateError
from orchestrator.pg import catalog, query

if TYPE_CHECKING:
    import psycopg

    from orchestrator.tuning.record import Change

ORDERS = {
    "resources": "total_exec_time + shared_blks_read * 0.1 + temp_blks_written",
    "mean_time": "mean_exec_time",
    "total_time": "total_exec_time",
}
NO_STATEMENTS = (
    "extension missing: pg_stat_statements. It needs shared_preload_libraries = 'pg_stat_statements', a restart, and"
    " CREATE EXTENSION pg_stat_statements, which a person does."
)


def top(connection: psycopg.Connection[Any], order: str, limit: int) -> list[dict[str, Any]] | None:
    """The statements of this database that cost most, None where the server does not count them."""
    import psycopg
    from psycopg.rows import dict_row

    where = reading.records(connection, "health", "statements_where")
    if not where:
        return None
    text = f"""
        SELECT query, calls, round(total_exec_time::numeric, 2)::float8 AS total_ms,
               round(mean_exec_time::numeric, 3)::float8 AS mean_ms, rows, shared_blks_hit, shared_blks_read,
               temp_blks_written
        FROM {where[0]["schema"]}.pg_stat_statements s
        WHERE s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        ORDER BY {ORDERS[order]} DESC LIMIT %s"""
    try:
        with connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(text.encode(), (limit,)).fetchall()
    except psycopg.errors.ObjectNotInPrerequisiteState:
        return None
    return [{name: reading.value(each) for name, each in row.items()} for row in found]


def proposals(connection: psycopg.Connection[Any], texts: Sequence[str]) -> list[dict[str, Any]]:
    """What our rules would try for each statement, from its text and the catalog alone."""
    return [_proposed(connection, text) for text in texts]


def _proposed(connection: psycopg.Connection[Any], text: str) -> dict[str, Any]:
    from orchestrator.tuning import experiment

    try:
        parsed = query.read(text)
        relations = catalog.read(connection, query.relations(parsed.tree))
        changes = experiment.propose(text, relations)
    except OrchestrateError as error:
        if connection.broken:
            raise
        return {"query": text, "evidence": "inferred", "proposals": [], "not_looked_at": error.message}
    return {"query": text, "evidence": "inferred", "proposals": [_shown(each) for each in changes]}


def _shown(change: Change) -> dict[str, Any]:
    found = {"rule": change.rule, "title": change.title, "why": change.why}
    if change.index:
        found["index"] = change.index.create(concurrently=True)
    if change.query:
        found["rewritten_query"] = change.query
    if change.caveat:
        found["caveat"] = change.caveat
    return found


def indexes(found: Sequence[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """Each index once, with the queries that ask for it."""
    by_index: dict[str, list[str]] = {}
    for each in found:
        for proposal in each["proposals"]:
            if "index" in proposal:
                by_index.setdefault(proposal["index"], []).append(each["query"][:200])
    return [{"index": index, "for": sorted(set(texts))} for index, texts in list(by_index.items())[:limit]]
