"""DDEV: starts programs in the containers of a project, and loads and removes its database."""

from __future__ import annotations

from orchestrator.gate.launch import front

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = "-s --service -d --dir -p --project"
TOOLS = frozenset(
    "drush wp artisan composer console craft npm npx yarn php psql mysql mariadb cake spark".split(),
)


def read(call: Call) -> None:
    words = front(call.args, VALUED).rest
    command, rest = (words or [""])[0], words[1:]
    if command in TOOLS:
        call.run(words)
    elif command in ("exec", "."):
        found = front(rest, VALUED).rest
        if len(found) == 1:
            call.shell(found[0])
        else:
            call.run(found)
    elif command == "delete":
        call.effect("destroy-volume")
    elif command == "import-db" or (command == "snapshot" and "restore" in rest):
        call.effect("restore-over-database")
