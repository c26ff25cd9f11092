"""CLONE INSTANCE replaces the server's data."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.word(1) == "INSTANCE"


RULE = Rule(
    id="clone-instance",
    decision=DENY,
    why=(
        "CLONE INSTANCE, where it names no DATA DIRECTORY, removes all data of this server and puts a copy of "
        "another one in its place"
    ),
    instead="let a person clone a server",
    source="https://dev.mysql.com/doc/refman/8.4/en/clone.html",
    fires_on=("CLONE INSTANCE FROM 'u'@'h':3306 IDENTIFIED BY 'p'",),
    silent_on=(
        "SELECT clone FROM t",
        "SELECT 'clone instance from x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
