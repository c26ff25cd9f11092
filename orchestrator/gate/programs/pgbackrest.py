"""pgbackrest backs a server up and restores it."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "stanza config repo set type target pg1-path repo1-path log-level-console log-level-file config-path "
    "config-include-path process-max db-include db-exclude delta-path link-map tablespace-map lock-path log-path "
    "spool-path archive-mode target-action target-timeline"
)
_EFFECTS = {
    "restore": "restore-over-database",
    "expire": "remove-backup",
    "stanza-delete": "remove-backup",
    "repo-rm": "remove-backup",
    "stop": "administer-server",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
