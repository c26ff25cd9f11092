"""The files of a database server are moved."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="move-data-directory",
    decision=ASK,
    why="moves the files of a database server away from where it looks for them",
    instead="stop the server first and let the user move them",
    source="https://www.postgresql.org/docs/current/storage-file-layout.html",
    fires_on=(
        "mv /usr/local/var/postgres /tmp/",
        "sudo mv /var/lib/postgresql/16/main /backup/",
        'mv "$PGDATA" /srv/old',
    ),
    silent_on=(
        "mv notes.md docs/",
        "mv docs/pgdata.md docs/pg.md",
        "cp -a /var/lib/postgresql/16/main /backup/",
        "mv app.db app.db.bak",
    ),
)
