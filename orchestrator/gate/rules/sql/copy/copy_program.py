"""COPY … PROGRAM runs a command on the server."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.has("FROM", "PROGRAM") or statement.has("TO", "PROGRAM")


RULE = Rule(
    id="copy-program",
    decision=DENY,
    why="COPY … PROGRAM runs a shell command on the server, as the user that the server runs as",
    instead="\\copy reads and writes files on this side; run the command itself where it belongs",
    source="https://www.postgresql.org/docs/current/sql-copy.html",
    fires_on=(
        "COPY loans FROM PROGRAM 'curl http://h/x'",
        "COPY (SELECT 1) TO PROGRAM 'cat > /tmp/x'",
    ),
    silent_on=(
        "COPY loans TO STDOUT",
        "SELECT 'COPY t FROM PROGRAM x'",
        "COPY program TO STDOUT",
    ),
    matches=matches,
    clause="dont-write-production",
)
