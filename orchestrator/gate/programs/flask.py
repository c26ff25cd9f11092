"""Flask, with the database commands of Flask-Migrate."""

from __future__ import annotations

from orchestrator.gate.migration import reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _shell(call: Call, line: Line) -> None:
    del line
    if call.stdin is not None:
        call.code("python", call.stdin)


read = reader(
    values="-A --app -e --env-file -d --directory -x --x-arg -m --message --rev-id --head --branch-label "
    "--version-path --tag -r --rev-range -h --host -p --port",
    commands={
        "db upgrade": "nothing if --sql; run-migration",
        "db downgrade": "nothing if --sql; revert-migration",
        "db stamp": "nothing if --sql; stamp-migration",
        "shell": _shell,
    },
    custom=True,
)
