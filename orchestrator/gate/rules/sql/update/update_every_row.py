"""UPDATE without a condition that keeps a row."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.rows import every_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) != "STATISTICS" and every_row(statement)


RULE = Rule(
    id="update-every-row",
    decision=DENY,
    why=(
        "UPDATE has no WHERE, or one that is true for every row: every row would be overwritten, and "
        "the old values are gone"
    ),
    instead="name the rows in WHERE and count them first with SELECT count(*) under the same WHERE",
    source="https://www.postgresql.org/docs/current/sql-update.html",
    fires_on=(
        "UPDATE patrons SET fines = 0",
        "update patrons set fines = 0 where 1 = 1",
        "UPDATE t SET a = s.a FROM s",
        "UPDATE t SET a = (SELECT max(b) FROM u WHERE u.c = 1)",
        "UPDATE t SET a = 1 WHERE NOT false",
        "WITH x AS (SELECT 1) UPDATE t SET a = 1",
        "UPDATE t SET a = 1 WHERE b IS NULL OR b IS NOT NULL",
        "UPDATE t SET a = 1 RETURNING *",
    ),
    silent_on=(
        "UPDATE patrons SET fines = 0 WHERE id = 91",
        "SELECT * FROM loans FOR UPDATE",
        "EXPLAIN UPDATE patrons SET fines = 0",
        "SELECT updated FROM t",
        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2",
        "CREATE TEMP TABLE s AS SELECT 1 AS a; UPDATE s SET a = 2",
    ),
    matches=matches,
    clause="dont-write-production",
)
