"""DELETE without a condition that keeps a row."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule
from orchestrator.gate.sql.rows import every_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return every_row(statement)


RULE = Rule(
    id="delete-every-row",
    decision=DENY,
    why="DELETE has no WHERE, or one that is true for every row: the table would be empty",
    instead="name the rows in WHERE and count them first with SELECT count(*) under the same WHERE",
    source="https://www.postgresql.org/docs/current/sql-delete.html",
    fires_on=(
        "DELETE FROM loans",
        "delete from only loans where true",
        "DELETE FROM loans WHERE 1=1 OR id = 3",
        "DELETE FROM loans USING patrons",
        "WITH gone AS (DELETE FROM loans RETURNING *) SELECT * FROM gone",
        "EXPLAIN ANALYZE DELETE FROM loans",
        "DELETE FROM loans WHERE id = id",
        "PREPARE p AS DELETE FROM loans",
        "DO $$ BEGIN IF true THEN DELETE FROM loans; END IF; END $$",
        "DELETE FROM loans LIMIT 10",
        "DELETE FROM loans WHERE EXISTS (SELECT 1)",
    ),
    silent_on=(
        "DELETE FROM loans WHERE id = 3",
        "EXPLAIN DELETE FROM loans",
        "SELECT 'delete from loans'",
        "CREATE TEMP TABLE s (id int); DELETE FROM s",
        "SELECT deleted FROM loans WHERE id = 3",
        "GRANT DELETE ON loans TO clerk",
        "CREATE TRIGGER t AFTER DELETE ON loans FOR EACH ROW EXECUTE FUNCTION f()",
    ),
    matches=matches,
    clause="dont-write-production",
)
