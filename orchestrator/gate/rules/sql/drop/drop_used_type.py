"""DROP TYPE, DOMAIN or EXTENSION with CASCADE removes the columns that use it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) in ("TYPE", "DOMAIN", "EXTENSION") and statement.words[-1] == "CASCADE"


RULE = Rule(
    id="drop-used-type",
    decision=DENY,
    why="with CASCADE, every column of a type that goes is removed from its table with all its values",
    instead=("without CASCADE the command fails where columns depend on it and names them; show that to a person"),
    source="https://www.postgresql.org/docs/current/sql-droptype.html",
    fires_on=(
        "DROP TYPE mood CASCADE",
        "DROP EXTENSION IF EXISTS postgis CASCADE",
        "drop domain email cascade",
    ),
    silent_on=(
        "DROP TYPE mood",
        "DROP EXTENSION pg_trgm RESTRICT",
        "SELECT 'DROP TYPE mood CASCADE'",
    ),
    matches=matches,
    clause="dont-drop",
)
