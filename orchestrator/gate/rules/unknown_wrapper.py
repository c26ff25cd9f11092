"""A program that the gate does not know is handed a database client, or SQL that loses data."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unknown-wrapper",
    decision=ASK,
    why="a program that the gate does not know would start a database client, or run SQL that loses data",
    instead="start the database client itself, so that its command can be read",
    source="https://www.postgresql.org/docs/current/app-psql.html",
    fires_on=(
        "mywrapper psql stacks -c 'select 1'",
        "./bin/in-env -- psql stacks -f report.sql",
        "runsql 'DROP TABLE loans'",
    ),
    silent_on=(
        "mytool install psql",
        "which psql",
        "man psql",
        "apt-get install -y postgresql-client sqlite3",
        "gh issue create --title 'drop table loans'",
        "notify 'update finished'",
    ),
)
