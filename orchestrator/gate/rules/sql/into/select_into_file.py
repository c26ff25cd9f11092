"""SELECT … INTO OUTFILE writes a file on the server."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return (statement.has("INTO", "OUTFILE") or statement.has("INTO", "DUMPFILE")) and statement.dialect not in (
        "clickhouse",
        "duckdb",
    )


RULE = Rule(
    id="select-into-file",
    decision=DENY,
    why="SELECT … INTO OUTFILE writes a file on the database server",
    instead="run the SELECT and redirect the client's output",
    source="https://dev.mysql.com/doc/refman/8.4/en/select-into.html",
    fires_on=(
        "SELECT * FROM loans INTO OUTFILE '/tmp/x'",
        "SELECT '<?php ?>' INTO DUMPFILE '/var/www/x.php'",
    ),
    silent_on=(
        "SELECT 'into outfile'",
        "SELECT count(*) INTO @n FROM loans",
    ),
    matches=matches,
    clause="dont-write-production",
)
