"""DROP TABLESPACE … INCLUDING CONTENTS removes the tables in it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "TABLESPACE" and statement.has("INCLUDING", "CONTENTS")


RULE = Rule(
    id="drop-tablespace-contents",
    decision=DENY,
    why="the tablespace goes with every table in it",
    instead="move the tables first; a person drops the empty tablespace",
    source="https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/DROP-TABLESPACE.html",
    fires_on=("DROP TABLESPACE users INCLUDING CONTENTS",),
    silent_on=(
        "DROP TABLESPACE fast",
        "SELECT 'DROP TABLESPACE users INCLUDING CONTENTS'",
    ),
    matches=matches,
    clause="dont-drop",
)
