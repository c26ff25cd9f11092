"""pgcli is an interactive client that reads SQL from standard input as well."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "command execute file host port username user dbname dsn pgclirc row-limit application-name log-file init-command "
    "prompt "
    "prompt-dsn ssh-tunnel log-level"
)


def read(call: Call) -> None:
    found = parse(call.args, "h:p:U:u:d:D:c:e:f:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(
            call, "postgresql", found.values("init-command", "c", "command", "e", "execute"), found.values("f", "file")
        )
