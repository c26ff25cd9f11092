"""INSERT adds rows."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.starts("INSERT")


RULE = Rule(
    id="insert-rows",
    decision=ASK,
    why="INSERT adds rows, with ON CONFLICT DO UPDATE it overwrites rows that are there",
    instead=("show the rows with the SELECT or VALUES alone before asking for this; in a test, use a temporary table"),
    source="https://www.postgresql.org/docs/current/sql-insert.html",
    fires_on=(
        "INSERT INTO loans VALUES (1)",
        "insert into t (a) select a from u on conflict (a) do update set a = 2",
        "WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x",
    ),
    silent_on=(
        "SELECT inserted_at FROM t",
        "CREATE TEMP TABLE s (id int); INSERT INTO s VALUES (1)",
        "EXPLAIN INSERT INTO t VALUES (1)",
        "SELECT 'insert into t values (1)'",
    ),
    matches=matches,
    clause="dont-write-production",
)
