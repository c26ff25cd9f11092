"""SQL that the database would put together by itself and run."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="dynamic-sql",
    decision=ASK,
    why="the statement would be put together while it runs, so nobody can read it beforehand",
    instead="SELECT the text of the statements first, read them, and run those that are right by themselves",
    source="https://www.postgresql.org/docs/current/plpgsql-statements.html#PLPGSQL-STATEMENTS-EXECUTING-DYN",
    fires_on=(
        "psql shop -c 'DO $$ BEGIN EXECUTE q; END $$'",
        "psql shop -c 'EXECUTE prepared_elsewhere(1)'",
        """psql shop <<'END'
SELECT statement FROM jobs \\gexec
END""",
        "psql shop -c \"SELECT * FROM dblink('dbname=x', q) AS t (a int)\"",
    ),
    silent_on=(
        "psql shop -c 'PREPARE p AS SELECT 1; EXECUTE p'",
        "psql shop -c \"DO \\$\\$ BEGIN EXECUTE 'SELECT 1'; END \\$\\$\"",
        "psql shop -c \"SELECT * FROM dblink('dbname=x', 'SELECT 1') AS t (a int)\"",
        "psql shop -c 'CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()'",
        "psql shop -c \"SELECT 'EXECUTE q'\"",
    ),
)
