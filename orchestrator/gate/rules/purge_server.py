"""A database server's package is purged, its data with it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="purge-server",
    decision=DENY,
    why="purges a database server's package: its settings go, and the databases under /var/lib can go with them",
    instead="take a backup and let the user remove the package",
    source="https://manpages.debian.org/apt-get",
    fires_on=(
        "sudo apt-get purge postgresql-16",
        "apt purge -y 'postgresql*'",
        "apt-get remove --purge mysql-server",
        "dpkg -P postgresql-16",
    ),
    silent_on=(
        "sudo apt-get install -y postgresql-16",
        "apt purge nginx",
        "apt-get update",
        "apt list --installed",
    ),
)
