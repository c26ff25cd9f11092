"""The lock of a migration tool is broken."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unlock-migrations",
    decision=ASK,
    why="breaks the lock that keeps two runs of the migration tool apart; one may still be at work",
    instead="find out who holds the lock first (liquibase list-locks, pg_stat_activity)",
    source="https://docs.liquibase.com/commands/utility/release-locks.html",
    fires_on=(
        "liquibase release-locks",
        "liquibase releaseLocks",
        "npx knex migrate:unlock",
        "yoyo break-lock -d postgresql://db/shop",
    ),
    silent_on=(
        "liquibase list-locks",
        "liquibase status --verbose",
        "npx knex migrate:list",
        "yoyo list -d postgresql://db/shop",
    ),
)
