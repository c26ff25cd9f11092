"""Maven: goals of the plugins for Flyway, Liquibase and SQL."""

from __future__ import annotations

from orchestrator.gate.migration import scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-f --file -pl --projects -P --activate-profiles -s --settings -gs -rf --resume-from -T --threads -l -t -b"
PLUGINS = {"flyway-maven-plugin": "flyway", "liquibase-maven-plugin": "liquibase", "sql-maven-plugin": "sql"}
GOALS = {
    "flyway:migrate": "run-migration",
    "flyway:undo": "revert-migration",
    "flyway:clean": "reset-database",
    "flyway:repair": "stamp-migration",
    "flyway:baseline": "stamp-migration",
    "liquibase:update": "run-migration",
    "liquibase:updateCount": "run-migration",
    "liquibase:updateTestingRollback": "run-migration",
    "liquibase:rollback": "revert-migration",
    "liquibase:rollbackOneChangeSet": "revert-migration",
    "liquibase:dropAll": "reset-database",
    "liquibase:changelogSync": "stamp-migration",
    "liquibase:clearCheckSums": "stamp-migration",
    "liquibase:tag": "stamp-migration",
    "liquibase:releaseLocks": "unlock-migrations",
    "sql:execute": "unread-sql",
}


def read(call: Call) -> None:
    line = scan(call.args, VALUED)
    if line.asks_for_help():
        return
    for word in line.operands:
        goal = _goal(word)
        if goal in GOALS:
            call.effect(GOALS[goal])


def _goal(word: str) -> str:
    """flyway:migrate for org.flywaydb:flyway-maven-plugin:10.1:migrate@default."""
    parts = word.partition("@")[0].split(":")
    name = next((PLUGINS[part] for part in parts if part in PLUGINS), parts[0])
    return name + ":" + parts[-1] if len(parts) > 1 else word
