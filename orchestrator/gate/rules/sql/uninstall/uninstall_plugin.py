"""UNINSTALL changes the server's plugins."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.dialect != "duckdb"


RULE = Rule(
    id="uninstall-plugin",
    decision=ASK,
    why="UNINSTALL takes code away from the server; what relies on it fails",
    instead="let a person change plugins",
    source="https://dev.mysql.com/doc/refman/8.4/en/uninstall-plugin.html",
    fires_on=("UNINSTALL PLUGIN x",),
    silent_on=(
        "SHOW PLUGINS",
        "SELECT 'uninstall plugin x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
