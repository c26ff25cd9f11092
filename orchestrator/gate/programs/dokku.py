"""Dokku: `dokku run` starts a program in the container of an application; its plugins hold databases."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.stores import feed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-e --env --cron-id --ttl-seconds"
DIALECTS = {"postgres": "postgresql", "mysql": "mysql", "mariadb": "mysql"}
EFFECTS = {
    "destroy": "destroy-database",
    "import": "restore-over-database",
    "stop": "stop-server",
}


def read(call: Call) -> None:
    words = front(call.args, VALUED).rest
    plugin, _, action = (words or [""])[0].partition(":")
    if plugin in ("run", "enter"):
        rest = front(words[1:], VALUED).rest
        call.run(rest[1 if plugin == "run" else 2 :], remote=True)
    elif plugin in ("postgres", "mysql", "mariadb", "mongo", "redis"):
        if action == "connect":
            feed.give(call, DIALECTS.get(plugin, "postgresql"), ())
        elif EFFECTS.get(action):
            call.effect(EFFECTS[action])
    elif words[:1] == ["apps:destroy"]:
        call.effect("destroy-infrastructure")
