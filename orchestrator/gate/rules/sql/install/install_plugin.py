"""INSTALL changes the server's plugins."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement


def matches(statement: Statement) -> bool:
    return statement.dialect != "duckdb"


RULE = Rule(
    id="install-plugin",
    decision=ASK,
    why="INSTALL loads code into the server, where it may do anything",
    instead="let a person change plugins",
    source="https://dev.mysql.com/doc/refman/8.4/en/install-plugin.html",
    fires_on=("INSTALL PLUGIN x SONAME 'x.so'",),
    silent_on=(
        "SHOW PLUGINS",
        "SELECT 'install plugin x'",
    ),
    matches=matches,
    clause="dont-write-production",
)
