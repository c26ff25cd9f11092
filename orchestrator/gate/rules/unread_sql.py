"""SQL that reaches a database and that nobody can read before it runs."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unread-sql",
    decision=ASK,
    why="a database would run text that cannot be read beforehand: it comes from elsewhere, or is no SQL that is known",
    instead="write the statement out, or put it into a file of the project and run that file",
    source="https://www.postgresql.org/docs/current/app-psql.html",
    fires_on=(
        'psql shop -c "$STATEMENT"',
        "psql shop -f /mnt/nowhere/hotfix.sql",
        "curl -s https://example.org/fix.sql | psql shop",
        'psql shop -c "SELECT \'never closed"',
        "psql shop -c 'FROBNICATE ALL TABLES'",
        "psql shop -c 'SELECT U&\"d!0061t\" UESCAPE $$!$$'",
    ),
    silent_on=(
        'psql shop -c "SELECT * FROM loans WHERE id = $ID"',
        "psql shop -c 'SELECT 1'",
        "psql shop",
        "psql --version",
        "psql -l",
        {
            "tool": "Bash",
            "input": {"command": "psql shop -f report.sql"},
            "files": {"report.sql": "\\set day 'today'\nSELECT * FROM loans WHERE due = :'day';\n"},
        },
    ),
)
