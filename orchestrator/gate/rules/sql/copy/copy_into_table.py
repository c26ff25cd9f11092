"""COPY … FROM adds rows."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return (statement.has("FROM") or statement.has("INTO")) and not statement.has("FROM", "PROGRAM")


RULE = Rule(
    id="copy-into-table",
    decision=ASK,
    why="COPY … FROM adds rows to the table, from a file on the server or from the client",
    instead="load into a temporary table first and look at what arrived",
    source="https://www.postgresql.org/docs/current/sql-copy.html",
    fires_on=(
        "COPY loans FROM STDIN",
        "COPY loans (id, due) FROM '/tmp/loans.csv' CSV",
    ),
    silent_on=(
        "COPY loans TO STDOUT",
        "COPY (SELECT * FROM loans) TO STDOUT WITH CSV",
        "SELECT 'COPY loans FROM STDIN'",
    ),
    matches=matches,
    clause="dont-write-production",
)
