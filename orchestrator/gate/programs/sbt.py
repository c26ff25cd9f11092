"""sbt: tasks of the plugin for Flyway. A task of the project's own is known by its name."""

from __future__ import annotations

from orchestrator.gate.programs.gradle import FLYWAY
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for argument in call.args:
        for text in argument.split(";"):
            name = (text.split() or [""])[0].rpartition("/")[2]
            if name in FLYWAY:
                call.effect(FLYWAY[name])
            elif not name.startswith("-") and changes_database(name):
                call.effect("unread-task")
