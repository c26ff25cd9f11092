"""initdb is started on a folder that is a data directory already."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="reinitialise-cluster",
    decision=ASK,
    why=(
        "starts initdb on a folder that already holds a server; it refuses until the folder is empty, and emptying it "
        "would lose the databases"
    ),
    instead="choose a folder that does not exist",
    source="https://www.postgresql.org/docs/current/app-initdb.html",
    fires_on=(
        {"tool": "Bash", "input": {"command": "initdb -D srv"}, "files": {"srv/PG_VERSION": "16\n"}},
        {"tool": "Bash", "input": {"command": "pg_ctl init -D srv"}, "files": {"srv/PG_VERSION": "16\n"}},
    ),
    silent_on=(
        "initdb -D new",
        "initdb --version",
        "pg_ctl initdb -D new",
    ),
)
