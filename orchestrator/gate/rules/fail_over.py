"""The roles of the servers in a cluster change."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="fail-over",
    decision=ASK,
    why="changes which server is the primary; writes stop meanwhile and what was not replicated can be lost",
    instead="show the user the state of the cluster (patronictl list) and let the user start it",
    source="https://patroni.readthedocs.io/en/latest/patronictl.html",
    fires_on=(
        "patronictl -c /etc/patroni.yml failover shop",
        "patronictl switchover --force",
        "pg_ctl promote -D /srv/pg",
        "repmgr standby promote",
        "pg_autoctl perform failover",
        "pg_ctlcluster 16 main promote",
    ),
    silent_on=(
        "patronictl list",
        "patronictl -c /etc/patroni.yml show-config",
        "repmgr cluster show",
        "pg_autoctl show state",
        "repmgr standby promote --dry-run",
    ),
)
