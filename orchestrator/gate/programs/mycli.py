"""mycli is an interactive client of MySQL."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute database prompt logfile host port user socket password pass dsn defaults-group-suffix defaults-file "
    "myclirc login-path ssl-ca ssl-cert ssl-key ssh-host ssh-user charset init-command batch"
)


def read(call: Call) -> None:
    found = parse(call.args, "e:D:R:l:h:P:u:S:p:d:g:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "mysql", found.values("e", "execute", "init-command"), found.values("batch"))
