"""flyctl is the command line of Fly.io."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "app config access-token command database user password machine region org address container"
_EFFECTS = {
    "postgres detach": "fork-cloud-database",
    "postgres destroy": "destroy-cloud-database",
    "postgres failover": "fail-over",
    "postgres restart": "stop-server",
    "postgres import": "restore-over-database",
    "postgres update": "upgrade-server",
    "postgres config update": "administer-server",
    "postgres backup restore": "restore-over-database",
    "mpg destroy": "destroy-cloud-database",
    "mpg detach": "fork-cloud-database",
    "mpg restore": "restore-over-database",
    "redis destroy": "destroy-cloud-database",
    "redis delete": "destroy-cloud-database",
    "mysql destroy": "destroy-cloud-database",
    "volumes destroy": "destroy-volume",
    "volumes delete": "destroy-volume",
    "apps destroy": "destroy-infrastructure",
    "destroy": "destroy-infrastructure",
    "ext supabase destroy": "destroy-cloud-database",
    "extensions supabase destroy": "destroy-cloud-database",
}
_SHORT_NAMES = {"pg": "postgres", "volume": "volumes", "vol": "volumes", "app": "apps"}


def read(call: Call) -> None:
    found = parse(call.args, "a:c:C:t:d:u:p:o:r:", verbs.valued(_VALUED))
    words = [_SHORT_NAMES.get(word, word) for word in found.operands[:1]] + found.operands[1:]
    if verbs.only_tells(found) or found.has("h"):
        return
    rule = verbs.row(words, _EFFECTS)
    if words[:2] in (["postgres", "connect"], ["mpg", "connect"]):
        if call.stdin:
            call.sql(call.stdin)
    elif words[:2] == ["ssh", "console"]:
        for text in found.values("C", "command"):
            call.run(["bash", "-c", text], remote=True)
    elif rule == "destroy-infrastructure" and any(map(names.database, words[1:])):
        call.effect("destroy-cloud-database")
    elif rule:
        call.effect(rule)
