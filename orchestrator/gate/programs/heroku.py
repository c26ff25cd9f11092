"""heroku is the command line of Heroku; its database commands stand under pg:."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued("app remote confirm command file credential size type name env")
_SHORT = "a:r:c:f:n:s:e:"
_EFFECTS = {
    "pg:reset": "destroy-cloud-database",
    "pg:copy": "fork-cloud-database",
    "pg:promote": "fork-cloud-database",
    "pg:unfollow": "fork-cloud-database",
    "pg:detach": "fork-cloud-database",
    "pg:upgrade": "upgrade-server",
    "pg:push": "restore-over-database",
    "pg:restore": "restore-over-database",
    "pg:backups:restore": "restore-over-database",
    "pg:backups:delete": "remove-backup",
    "pg:credentials:destroy": "remove-database-user",
    "pg:credentials:rotate": "administer-server",
    "pg:credentials:create": "add-database-user",
    "pg:killall": "administer-server",
    "pg:kill": "administer-server",
    "pg:maintenance:run": "stop-server",
    "apps:destroy": "destroy-infrastructure",
    "apps:delete": "destroy-infrastructure",
    "destroy": "destroy-infrastructure",
    "addons:detach": "fork-cloud-database",
}


def read(call: Call) -> None:
    action = call.args[0] if call.args else ""
    if action in ("run", "run:inside", "run:detached"):
        _run(call)
        return
    found = parse(call.args, _SHORT, _LONG)
    if found.has("help", "h", "version") or not found.operands:
        return
    action = found.operands[0]
    if action in ("pg:psql", "psql"):
        feed.give(call, "postgresql", found.values("c", "command"), found.values("f", "file"))
    elif action in ("redis:cli",) and call.stdin:
        call.run(["redis-cli"])
    elif action in ("addons:destroy", "addons:remove"):
        # Names are random words after the service's own, or attachments such as DATABASE_URL.
        if any(names.database(word) or word.isupper() for word in found.operands[1:]):
            call.effect("destroy-cloud-database")
    elif action in _EFFECTS:
        call.effect(_EFFECTS[action])


def _run(call: Call) -> None:
    found = parse(call.args[1:], _SHORT, _LONG, stop=True)
    if found.rest:
        words = found.rest
        call.run(["bash", "-c", words[0]] if len(words) == 1 and " " in words[0] else words, remote=True)
