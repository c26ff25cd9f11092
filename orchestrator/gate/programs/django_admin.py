"""Django's command line; `python manage.py` is the same."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, decide, reader
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _migrate(call: Call, line: Line) -> None:
    if line.rest[1:2] == ["zero"]:
        decide(call, line, "nothing if --plan --check; stamp-migration if --fake; revert-migration")
    else:
        decide(call, line, "nothing if --plan --check; stamp-migration if --fake --fake-initial --prune; run-migration")


def _dbshell(call: Call, line: Line) -> None:
    # What follows "--" goes to the client of the configured database, most often psql.
    if line.rest:
        call.run(["psql", *line.rest])
    else:
        client_input(call)


def _shell(call: Call, line: Line) -> None:
    text = line.last("-c", "--command")
    if text is not None:
        call.code("python", text)
    elif call.stdin is not None:
        call.code("python", call.stdin)


def _script(call: Call, line: Line) -> None:
    for name in line.rest:
        text = call.read("scripts/" + name.replace(".", "/") + ".py")
        if text is not None:
            call.code("python", text, script=True)
        elif changes_database(name):
            call.effect("unread-task")


read = reader(
    values="--settings --pythonpath -v --verbosity --database -c --command -i --interface --app -n --name -e "
    "--exclude --format --indent --script-args --schema -s --executor --router",
    commands={
        "migrate": _migrate,
        "migrate_schemas": _migrate,
        "syncdb": "run-migration",
        "flush": "reset-database",
        "reset_db": "reset-database",
        "reset_schema": "reset-database",
        "drop_test_database": "destroy-database",
        "createcachetable": "nothing if --dry-run; create-tool-tables",
        "loaddata": "seed-database",
        "createsuperuser": "seed-database if --noinput --no-input",
        "dbrestore": "restore-over-database",
        "dbshell": _dbshell,
        "shell": _shell,
        "shell_plus": _shell,
        "runscript": _script,
    },
    custom=True,
)
