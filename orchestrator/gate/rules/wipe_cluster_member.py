"""A member of a cluster, or what the cluster knows of itself, is wiped."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="wipe-cluster-member",
    decision=DENY,
    why="wipes the data directory of a member or removes the state of the whole cluster",
    instead="show the user the state of the cluster and let the user run it",
    source="https://patroni.readthedocs.io/en/latest/patronictl.html",
    fires_on=(
        "patronictl remove shop",
        "patronictl -c /etc/patroni.yml reinit shop pg-1 --force",
        "pg_autoctl drop node --destroy",
    ),
    silent_on=(
        "patronictl list",
        "patronictl topology",
        "pg_autoctl show state",
    ),
)
