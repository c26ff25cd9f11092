"""Flask, with the database commands of Flask-Migrate."""

from __future__ import annotations

from orchestrator.gate import own_tasks
from orchestrator.gate.migration import reader, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


VALUES = (
    "-A --app -e --env-file -d --directory -x --x-arg -m --message --rev-id --head --branch-label "
    "--version-path --tag -r --rev-range -h --host -p --port"
)


def _shell(call: Call, line: Line) -> None:
    del line
    if call.stdin is not None:
        call.code("python", call.stdin)


def read(call: Call) -> None:
    words = scan(call.args, VALUES).operands
    if not words or words[0] in OWN or not own_tasks.decorated(call, FILES, words[0]):
        flask(call)


# Commands of Flask and of Flask-Migrate: nothing of the project is looked for.
OWN = ("run", "shell", "routes", "db", "translate", "babel", "assets")
FILES = ("app.py", "wsgi.py", "cli.py", "commands.py", "*/__init__.py", "*/app.py", "*/cli.py", "*/commands.py")
flask = reader(
    values=VALUES,
    commands={
        "db upgrade": "nothing if --sql; run-migration",
        "db downgrade": "nothing if --sql; revert-migration",
        "db stamp": "nothing if --sql; stamp-migration",
        "shell": _shell,
    },
    custom=True,
)
