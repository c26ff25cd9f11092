"""VACUUM FULL rewrites the table while nobody else may read it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.option("FULL")


RULE = Rule(
    id="vacuum-full",
    decision=ASK,
    why=("VACUUM FULL holds an ACCESS EXCLUSIVE lock on the table until the rewrite ends: no reads, no writes"),
    instead="plain VACUUM frees the space for reuse; pg_repack returns it to the disk online",
    source="https://www.postgresql.org/docs/current/sql-vacuum.html",
    fires_on=(
        "VACUUM FULL orders",
        "vacuum (verbose, full) orders;",
        "VACUUM (FULL 1)",
    ),
    silent_on=(
        "VACUUM orders",
        "VACUUM (FULL false) orders",
        "VACUUM (ANALYZE) orders",
        "SELECT 'VACUUM FULL orders'",
        "-- VACUUM FULL orders\nSELECT 1",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
