"""REINDEX without CONCURRENTLY stops writes."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return not statement.option("CONCURRENTLY")


RULE = Rule(
    id="reindex-blocking",
    decision=ASK,
    why=("REINDEX without CONCURRENTLY blocks writes to the table, and reads that would use the index, until it ends"),
    instead="REINDEX INDEX CONCURRENTLY, outside of a transaction block",
    source="https://www.postgresql.org/docs/current/sql-reindex.html",
    fires_on=(
        "REINDEX TABLE loans",
        "REINDEX (VERBOSE) INDEX i",
        "reindex (concurrently false) table loans",
    ),
    silent_on=(
        "REINDEX TABLE CONCURRENTLY loans",
        "REINDEX (CONCURRENTLY) INDEX i",
        "reindex (verbose, concurrently true) index i",
        "SELECT 'reindex table t'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
