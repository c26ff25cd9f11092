"""repmgr administers a replication cluster."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "config-file dbname host port username superuser node-id node-name pgdata upstream-conninfo event log-level"
_EFFECTS = {
    "standby promote": "fail-over",
    "standby switchover": "fail-over",
    "standby follow": "fail-over",
    "node rejoin": "fail-over",
    "primary unregister": "administer-server",
    "standby unregister": "administer-server",
    "cluster cleanup": "administer-server",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "f:d:h:p:U:S:D:C:L:")
