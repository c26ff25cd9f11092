"""Indexes are rebuilt under a lock."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="reindex-database",
    decision=ASK,
    why="rebuilds indexes and blocks writes to their tables until each is done",
    instead="reindexdb --concurrently",
    source="https://www.postgresql.org/docs/current/app-reindexdb.html",
    fires_on=(
        "reindexdb shop",
        "reindexdb --all",
        "reindexdb -t orders -d shop",
    ),
    silent_on=(
        "reindexdb --concurrently shop",
        "reindexdb --help",
    ),
)
