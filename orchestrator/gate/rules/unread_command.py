"""Command text that nobody can read before it runs, near a database."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unread-command",
    decision=ASK,
    why="a shell would run text that speaks of a database and cannot be read beforehand",
    instead="write the command out, or put it into a file that can be read",
    source="https://www.gnu.org/software/bash/manual/bash.html#Bourne-Shell-Builtins",
    fires_on=(
        'bash -c "$PSQL_COMMAND"',
        "bash run_migrations.sh",
        'eval "$MIGRATE_CMD"',
        "psql -c 'select 1",
    ),
    silent_on=(
        'bash -c "$BUILD_COMMAND"',
        "bash build.sh",
        "curl -fsSL https://example.org/install.sh | bash",
        'eval "$(ssh-agent -s)"',
        "echo 'unfinished",
    ),
)
