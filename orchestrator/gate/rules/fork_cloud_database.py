"""A managed database is copied over, promoted or released."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="fork-cloud-database",
    decision=ASK,
    why="changes which data a managed database has, or who can reach it",
    instead="tell the user what should happen and let the user run it",
    source="https://devcenter.heroku.com/articles/heroku-postgres-backups",
    fires_on=(
        "heroku pg:copy DATABASE_URL staging::DATABASE_URL --app shop",
        "heroku pg:promote HEROKU_POSTGRESQL_RED",
        "pscale deploy-request deploy shop 3",
        "pscale branch promote shop dev",
        "fly postgres detach shop-db -a shop",
        "neonctl branches restore main ^parent",
    ),
    silent_on=(
        "heroku pg:backups --app shop",
        "heroku pg:ps",
        "pscale deploy-request list shop",
        "fly postgres list",
        "neonctl branches create",
        "neonctl connection-string",
    ),
)
