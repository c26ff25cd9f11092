"""Pending migrations are applied to a database."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="run-migration",
    decision=DENY,
    why="applies migrations to the database that the tool is configured for",
    instead=(
        "write the migration, show what it would do (alembic upgrade --sql, migrate --plan, --dry-run), "
        "and let the user run it"
    ),
    source="https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-first-migration",
    fires_on=(
        "alembic upgrade head",
        "uv run alembic -c db/alembic.ini upgrade +1",
        "python manage.py migrate",
        "npx prisma migrate deploy",
        "RAILS_ENV=production bin/rails db:migrate",
        "flask --app shop db upgrade",
        "flyway -url=jdbc:postgresql://db/shop migrate",
        "docker compose run --rm api alembic upgrade head",
        "cargo sqlx migrate run",
        "mix ecto.migrate",
        {
            "tool": "Bash",
            "input": {"command": "make migrate"},
            "files": {"Makefile": "migrate:\n\t@poetry run alembic upgrade head\n"},
        },
        {
            "tool": "Bash",
            "input": {"command": "npm run migrate:docs"},
            "files": {"package.json": '{"scripts": {"migrate:docs": "knex migrate:latest"}}'},
        },
    ),
    silent_on=(
        "alembic upgrade head --sql",
        "alembic upgrade --help",
        "alembic revision --autogenerate -m 'upgrade head'",
        "alembic history",
        "python manage.py migrate --plan",
        "python manage.py showmigrations",
        "npx prisma migrate status",
        "npx prisma generate",
        "bin/rails db:migrate:status",
        "bin/rails generate migration AddShelf",
        "flyway info",
        "git commit -m 'alembic upgrade head'",
        "grep -rn 'db:migrate' lib",
        {
            "tool": "Bash",
            "input": {"command": "make migrate"},
            "files": {"Makefile": "migrate:\n\t@echo run alembic upgrade head by hand\n"},
        },
        {
            "tool": "Bash",
            "input": {"command": "npm run migrate:latest"},
            "files": {"package.json": '{"scripts": {"migrate:latest": "cpx docs/old/* docs/new"}}'},
        },
    ),
    clause="dont-run-migrations",
)
