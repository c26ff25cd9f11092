"""Gradle: tasks of the plugins for Flyway and Liquibase. A task of the project's own is known by its name."""

from __future__ import annotations

from orchestrator.gate.migration import HELP, scan
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-p --project-dir -b --build-file -c --settings-file -g --gradle-user-home -I --init-script -x --exclude-task "
    "--console --max-workers --project-cache-dir --include-build --warning-mode --tests --args --priority -F"
)
QUIET = ("-m", "--dry-run", *HELP)
FLYWAY = {
    "flywayMigrate": "run-migration",
    "flywayUndo": "revert-migration",
    "flywayClean": "reset-database",
    "flywayRepair": "stamp-migration",
    "flywayBaseline": "stamp-migration",
}
# Liquibase's plugin gives its tasks names that others use as well.
LIQUIBASE = {
    "update": "run-migration",
    "updateCount": "run-migration",
    "updateToTag": "run-migration",
    "updateTestingRollback": "run-migration",
    "rollback": "revert-migration",
    "rollbackCount": "revert-migration",
    "rollbackToDate": "revert-migration",
    "dropAll": "reset-database",
    "changelogSync": "stamp-migration",
    "clearChecksums": "stamp-migration",
    "tag": "stamp-migration",
    "releaseLocks": "unlock-migrations",
}


def read(call: Call) -> None:
    line = scan(call.args, VALUED)
    if line.given(*QUIET) or "help" in line.operands[:1]:
        return
    tasks = FLYWAY
    folder = line.last("-p", "--project-dir")
    named = any("liquibase" in name.lower() or name.startswith("-PrunList") for name, _ in line.flags)
    if any(word.rpartition(":")[2] in LIQUIBASE for word in line.operands) and (named or _has_liquibase(call, folder)):
        tasks = {**FLYWAY, **LIQUIBASE}
    for word in line.operands:
        name = word.rpartition(":")[2]
        if name in tasks:
            call.effect(tasks[name])
        elif changes_database(name):
            call.effect("unread-task")


def _has_liquibase(call: Call, folder: str | None) -> bool:
    prefix = folder + "/" if folder else ""
    return any("liquibase" in (call.read(prefix + name) or "") for name in ("build.gradle", "build.gradle.kts"))
