"""A tool creates its own tables, or those of a model."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="create-tool-tables",
    decision=ASK,
    why="creates tables in the database that the tool is configured for",
    instead="show the SQL (--sql, --dump-sql, --dry-run) and let the user decide",
    source="https://alembic.sqlalchemy.org/en/latest/api/commands.html#alembic.command.ensure_version",
    fires_on=(
        "alembic ensure_version",
        "php artisan migrate:install",
        "bin/console doctrine:schema:create",
        "pgroll init",
        "python manage.py createcachetable",
    ),
    silent_on=(
        "alembic ensure_version --sql",
        "alembic init db",
        "bin/console doctrine:schema:create --dump-sql",
        "python manage.py createcachetable --dry-run",
        "npx prisma init",
        "atlas migrate hash",
    ),
)
