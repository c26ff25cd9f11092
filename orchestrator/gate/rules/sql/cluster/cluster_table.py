"""CLUSTER rewrites the table while nobody may read it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("CLUSTER")


RULE = Rule(
    id="cluster-table",
    decision=ASK,
    why="CLUSTER holds an ACCESS EXCLUSIVE lock on the table until the rewrite ends: no reads, no writes",
    instead="pg_repack reorders a table online; let a person run it",
    source="https://www.postgresql.org/docs/current/sql-cluster.html",
    fires_on=(
        "CLUSTER loans USING loans_pkey",
        "cluster",
    ),
    silent_on=(
        "SELECT cluster FROM t",
        "SELECT 'CLUSTER loans'",
    ),
    matches=matches,
    clause="dont-run-migrations",
)
