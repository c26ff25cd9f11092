"""A tool empties the database, or drops it and builds it up again."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="reset-database",
    decision=DENY,
    why=(
        "deletes all data in the database that the tool is configured for, to build its schema up again "
        "or to leave it empty"
    ),
    instead="work on a new, empty database of another name, or let the user do it",
    source="https://www.prisma.io/docs/orm/reference/prisma-cli-reference#migrate-reset",
    fires_on=(
        "npx prisma migrate reset --force",
        "npx prisma db push --force-reset",
        "python manage.py flush --no-input",
        "bin/rails db:reset",
        "bundle exec rake db:schema:load",
        "php artisan migrate:fresh --seed",
        "php artisan db:wipe",
        "flyway clean",
        "liquibase drop-all",
        "mvn flyway:clean",
        "./gradlew flywayClean",
        "supabase db reset",
        "mix ecto.reset",
        "wp db reset --yes",
        "drush sql-drop -y",
        "npx typeorm schema:drop -d src/db.ts",
    ),
    silent_on=(
        "npx prisma migrate status",
        "npx prisma migrate diff --from-empty --to-schema-datamodel schema.prisma --script",
        "python manage.py sqlflush",
        "bin/rails db:version",
        "php artisan migrate:status",
        "flyway validate",
        "liquibase status",
        "mvn clean install",
        "./gradlew clean build",
        "supabase db diff",
        "mix deps.clean --all",
        "wp cache flush",
        "drush cache:rebuild",
        "git reset --hard",
    ),
    clause="dont-drop",
)
