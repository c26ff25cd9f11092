"""LOAD DATA adds rows from a file; LOAD loads a library into the server."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.dialect != "duckdb"


RULE = Rule(
    id="load-file",
    decision=ASK,
    why=(
        "LOAD DATA and LOAD XML write rows from a file into a table; LOAD of PostgreSQL runs a "
        "library's code in the server"
    ),
    instead="show what would be loaded and let a person run it",
    source="https://dev.mysql.com/doc/refman/8.4/en/load-data.html",
    fires_on=(
        "LOAD DATA LOCAL INFILE 'x.csv' INTO TABLE t",
        "LOAD '$libdir/plugins/x'",
    ),
    silent_on=(
        "SELECT load FROM machines",
        "SELECT 'LOAD DATA INFILE x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
