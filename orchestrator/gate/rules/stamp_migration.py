"""The record of applied migrations is changed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="stamp-migration",
    decision=ASK,
    why=("changes the record of which migrations have run, without running them: later runs skip or repeat changes"),
    instead=(
        "compare the schema with the record first (alembic check, prisma migrate status) and tell the user what differs"
    ),
    source="https://alembic.sqlalchemy.org/en/latest/cookbook.html#building-an-up-to-date-database-from-scratch",
    fires_on=(
        "alembic stamp head",
        "python manage.py migrate catalog 0003 --fake",
        "npx prisma migrate resolve --applied 20240101_init",
        "migrate -path db -database $DATABASE_URL force 7",
        "flyway repair",
        "flyway baseline",
        "liquibase changelog-sync",
        "supabase migration repair --status applied 2024",
        "bin/console doctrine:migrations:version --add --all",
        "bin/rails db:environment:set RAILS_ENV=development",
    ),
    silent_on=(
        "alembic stamp head --sql",
        "alembic heads",
        "alembic merge -m join a b",
        "npx prisma migrate status",
        "flyway info",
        "liquibase history",
        "supabase migration list",
        "bin/console doctrine:migrations:status",
        "git tag v1",
        "bin/rails db:version",
    ),
)
