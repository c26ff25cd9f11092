"""SELECT … INTO makes a table that stays."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    at = statement.find("INTO") + 1
    if not at or statement.word(at) in ("OUTFILE", "DUMPFILE", "@", "#", ":", "STRICT", "'"):
        return False
    if statement.word(at) in ("TEMP", "TEMPORARY") or statement.word(at + 1) in ("TEMP", "TEMPORARY"):
        return False
    return statement.word(0) == "SELECT" and statement.name(at)[:1] != ("pg_temp",)


RULE = Rule(
    id="select-into-table",
    decision=ASK,
    why="SELECT … INTO makes a table that stays, outside of the project's migrations",
    instead="CREATE TEMP TABLE … AS, or the SELECT alone",
    source="https://www.postgresql.org/docs/current/sql-selectinto.html",
    fires_on=(
        "SELECT * INTO loans_copy FROM loans",
        "select a into unlogged t from u",
    ),
    silent_on=(
        "SELECT * INTO TEMP s FROM loans",
        "SELECT count(*) INTO @n FROM loans",
        "SELECT 'a into b'",
        "DO $$ DECLARE n int; BEGIN SELECT 1 INTO n; END $$",
        'SELECT "into" FROM t',
    ),
    matches=matches,
    clause="dont-run-migrations",
)
