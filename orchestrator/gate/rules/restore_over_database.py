"""A backup is loaded into a database or over a data directory."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="restore-over-database",
    decision=ASK,
    why="loads a backup into an existing database or data directory, and can replace what is there",
    instead="restore into a new, empty database, compare, and let the user switch over",
    source="https://www.postgresql.org/docs/current/app-pgrestore.html",
    fires_on=(
        "pg_restore --clean --if-exists -d shop shop.dump",
        "pg_restore -h db -U app --dbname=shop shop.dump",
        "pgbackrest --stanza=main restore",
        "mongorestore --drop dump/",
        "sqlite3 app.db '.restore backup.db'",
        "heroku pg:restore b101 DATABASE_URL --app shop",
        "gcloud sql import sql shop gs://bucket/shop.sql --database=shop",
        "wal-g backup-fetch /srv/pg LATEST",
        "pg_rewind --target-pgdata=/srv/pg --source-server='host=b'",
    ),
    silent_on=(
        "pg_restore --list shop.dump",
        "pg_restore -l shop.dump | head",
        "pg_restore -f shop.sql shop.dump",
        "pg_restore -f - shop.dump | less",
        "pgbackrest --stanza=main info",
        "mongodump --out dump/",
        "sqlite3 app.db '.backup backup.db'",
        "pg_dump --clean shop > shop.sql",
        "pg_rewind --dry-run --target-pgdata=/srv/pg --source-server='host=b'",
    ),
    clause="dont-write-production",
)
