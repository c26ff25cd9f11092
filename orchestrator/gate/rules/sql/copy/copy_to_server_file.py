"""COPY … TO a file writes on the server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    at = statement.find("TO")
    return at >= 0 and statement.word(at + 1) not in ("STDOUT", "PROGRAM") and statement.dialect != "duckdb"


RULE = Rule(
    id="copy-to-server-file",
    decision=ASK,
    why="COPY … TO writes a file on the database server and overwrites what is there",
    instead="COPY … TO STDOUT or \\copy writes the file on this side",
    source="https://www.postgresql.org/docs/current/sql-copy.html",
    fires_on=(
        "COPY loans TO '/tmp/loans.csv'",
        "COPY (SELECT 1) TO '/var/lib/postgresql/x' CSV",
    ),
    silent_on=(
        "COPY loans TO STDOUT",
        "SELECT 'COPY loans TO file'",
        "COPY loans TO stdout (FORMAT csv)",
    ),
    matches=matches,
    clause="dont-write-production",
)
