"""A task that cannot be read has the name of one that changes a database."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unread-task",
    decision=ASK,
    why="starts a task of which only the name can be read, and the name says that it changes a database",
    instead="show the definition of the task, or run its commands one by one",
    source="https://www.gnu.org/software/make/manual/make.html#Goals",
    fires_on=(
        "make db-reset",
        "npm run db:reset",
        "just migrate",
        "poetry run invoke drop-db",
        "pnpm run migrate",
        "task db:rollback",
        "inv migrate",
        "nx run api:migrate",
        "bin/rake shop:drop_tables",
        "python manage.py reset_catalog_db",
        "./target/release/migrate-db",
    ),
    silent_on=(
        "make test",
        "make docs",
        "npm run build",
        "npm run migrate:status",
        "just lint",
        "task up",
        "inv docs",
        "nx run api:build",
        "yarn start",
        "./target/release/catalogue serve",
        "make rollback-release",
        "npm run clean",
        {
            "tool": "Bash",
            "input": {"command": "make db-reset"},
            "files": {"Makefile": "db-reset:\n\trm -rf node_modules/.cache\n"},
        },
        {
            "tool": "Bash",
            "input": {"command": "npm run migrate"},
            "files": {
                "package.json": '{"scripts": {"migrate": "node scripts/move-docs.js"}}',
                "scripts/move-docs.js": "console.log(1)\n",
            },
        },
    ),
)
