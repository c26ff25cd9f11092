"""Django's command line; `python manage.py` is the same."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, decide, reader
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Commands, Line


SHOWS = "nothing if --plan --check --list -l; "


def _migrate(call: Call, line: Line) -> None:
    if line.rest[1:2] == ["zero"]:
        decide(call, line, SHOWS + "stamp-migration if --fake; revert-migration")
    else:
        decide(call, line, SHOWS + "stamp-migration if --fake --fake-initial --prune; run-migration")


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


def read(call: Call) -> None:
    name = next((word for word in call.args if not word.startswith("-")), "")
    found = [] if name in COMMANDS or name in BUILT_IN or not name.isidentifier() else _own(call, name)
    if not found:
        django(call)
    for path in found:
        text = call.read(path)
        if text is not None:
            call.code("python", text, script=True)


def _own(call: Call, name: str) -> list[str]:
    """The files of a command of the project."""
    tail = "management/commands/" + name + ".py"
    return [
        path
        for folder in ("*/", "*/*/")
        for path in call.machine.matching(call.state, folder + tail)
        if not path.startswith(("venv/", "node_modules/"))
    ]


# Commands of Django itself: nothing of the project is looked for.
BUILT_IN = frozenset(
    "test runserver check showmigrations makemigrations collectstatic sqlmigrate startapp startproject inspectdb"
    " diffsettings compilemessages makemessages dumpdata changepassword sendtestemail optimizemigration"
    " squashmigrations sqlflush sqlsequencereset testserver findstatic clearsessions remove_stale_contenttypes".split()
)
COMMANDS: Commands = {
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
}

django = reader(
    values="--settings --pythonpath -v --verbosity --database -c --command -i --interface --app -n --name -e "
    "--exclude --format --indent --script-args --schema -s --executor --router",
    commands=COMMANDS,
    custom=True,
)
