"""A schema file is forced on a database without a migration."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="push-schema",
    decision=DENY,
    why=("changes the database until it looks like the schema file: what the file does not name is dropped"),
    instead="generate a migration, review it, and let the user run it",
    source="https://orm.drizzle.team/docs/drizzle-kit-push",
    fires_on=(
        "npx drizzle-kit push",
        "pnpm drizzle-kit push --force",
        "npx prisma db push --accept-data-loss",
        "pnpm dlx prisma db push",
        "atlas schema apply -u $DATABASE_URL --to file://schema.hcl --auto-approve",
        "npx typeorm schema:sync -d src/db.ts",
        "bin/console doctrine:schema:update --force",
        "skeema push production",
        "psqldef -U app shop --file=schema.sql",
    ),
    silent_on=(
        "npx drizzle-kit generate",
        "npx drizzle-kit check",
        "npx prisma db pull",
        "npx prisma format",
        "atlas schema apply --dry-run -u $DATABASE_URL --to file://schema.hcl",
        "atlas schema inspect -u $DATABASE_URL",
        "npx typeorm schema:log -d src/db.ts",
        "bin/console doctrine:schema:update --dump-sql",
        "skeema diff production",
        "psqldef -U app shop --dry-run --file=schema.sql",
        "git push",
        "docker push registry/db",
    ),
    clause="dont-run-migrations",
)
