"""A seed or fixture is loaded."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="seed-database",
    decision=ASK,
    why=("writes seed or fixture rows into the database that the tool is configured for; many seeds delete rows first"),
    instead="say which database it is and which rows would change, and let the user decide",
    source="https://www.prisma.io/docs/orm/prisma-migrate/workflows/seeding",
    fires_on=(
        "npx prisma db seed",
        "bin/rails db:seed",
        "php artisan db:seed --class=Demo",
        "npx knex seed:run",
        "npx sequelize-cli db:seed:all",
        "python manage.py loaddata demo.json",
    ),
    silent_on=(
        "npx knex seed:make demo",
        "npx sequelize-cli seed:generate --name demo",
        "python manage.py dumpdata > demo.json",
        "php artisan make:seeder Demo",
        "grep -n seed prisma/seed.ts",
    ),
)
