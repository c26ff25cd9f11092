"""A database server's package is removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="remove-server",
    decision=ASK,
    why="removes a database server from this machine: it stops, and its databases cannot be reached",
    instead="ask the user first; the client alone can stay",
    source="https://manpages.debian.org/apt-get",
    fires_on=(
        "sudo apt-get remove postgresql-16",
        "brew uninstall postgresql@16",
        "dnf remove -y postgresql-server",
        "yum erase mysql-server",
        "apk del postgresql16",
        "pacman -Rns postgresql",
    ),
    silent_on=(
        "sudo apt-get install postgresql-client",
        "brew install postgresql@16",
        "brew uninstall jq",
        "apt-get remove python3-psycopg2",
        "dnf info postgresql-server",
        "pip uninstall -y psycopg2",
    ),
)
