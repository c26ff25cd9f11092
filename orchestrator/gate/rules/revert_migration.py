"""Applied migrations are taken back."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="revert-migration",
    decision=DENY,
    why="takes back applied migrations: columns and tables they added are dropped with the data in them",
    instead="write a new migration that moves forward to the wanted schema, and let the user run it",
    source="https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading",
    fires_on=(
        "alembic downgrade -1",
        "alembic downgrade base",
        "bin/rails db:rollback STEP=2",
        "php artisan migrate:rollback",
        "npx knex migrate:rollback --all",
        "npx sequelize-cli db:migrate:undo",
        "diesel migration revert",
        "migrate -path db -database $DATABASE_URL down 1",
        "sqitch revert --to @HEAD^",
        "hasura migrate apply --down 1",
    ),
    silent_on=(
        "alembic downgrade head:base --sql",
        "alembic show head",
        "alembic current",
        "php artisan migrate:rollback --pretend",
        "npx knex migrate:list",
        "diesel migration list",
        "goose -dir db postgres x status",
        "git revert HEAD",
        "sqitch log",
        "echo 'alembic downgrade base'",
    ),
    clause="dont-run-migrations",
)
