"""A backup, or the log that a restore needs, is removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="remove-backup",
    decision=ASK,
    why="removes a backup or archived log; a restore from it is not possible any more",
    instead="list what would be removed and let the user remove it",
    source="https://pgbackrest.org/command.html",
    fires_on=(
        "pgbackrest --stanza=main expire --set=20260101-000000F",
        "barman delete main oldest",
        "wal-g delete retain 5 --confirm",
        "pg_archivecleanup /srv/archive 000000010000000000000010",
        "rm shop-backup.dump",
        "rm -f backups/shop.sql.gz",
        "aws rds delete-db-snapshot --db-snapshot-identifier shop-1",
    ),
    silent_on=(
        "pgbackrest info",
        "barman list-backups main",
        "wal-g delete retain 5",
        "pg_archivecleanup -n /srv/archive 000000010000000000000010",
        "rm notes.txt",
        "rm -rf dist",
        "rm backup.py",
        "pgbackrest --stanza=main backup",
        "ls backups",
    ),
)
