"""pgbench -i drops the tables pgbench_accounts, _branches, _tellers and _history."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="reset-benchmark-tables",
    decision=ASK,
    why="drops the pgbench_* tables of that database, if there are any, and makes new ones",
    instead="use a scratch database: createdb bench, then pgbench -i bench by the user",
    source="https://www.postgresql.org/docs/current/pgbench.html",
    fires_on=(
        "pgbench -i shop",
        "pgbench --initialize --scale=50 shop",
        "pgbench -is 10 shop",
    ),
    silent_on=(
        "pgbench -S shop",
        "pgbench --help",
    ),
)
