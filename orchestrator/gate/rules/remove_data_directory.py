"""The files of a database server are removed."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="remove-data-directory",
    decision=DENY,
    why="removes the files of a database server: every database in it is gone",
    instead="stop and ask the user; a server is removed by the person who owns it, after a backup",
    source="https://www.postgresql.org/docs/current/storage-file-layout.html",
    fires_on=(
        "rm -rf /var/lib/postgresql/16/main",
        "sudo rm -rf /var/lib/pgsql/data/*",
        'rm -rf "$PGDATA"',
        "rm -rf ./pgdata",
        "rm -r /var/lib/mysql",
        {"tool": "Bash", "input": {"command": "rm -rf srv"}, "files": {"srv/PG_VERSION": "16\n"}},
        {"tool": "Bash", "input": {"command": "rm -rf ."}, "files": {"docker/db/PG_VERSION": "16\n"}},
        "rm -rf /var/lib",
        "rm -rf /srv/pgdata/pg_wal",
        "rsync -a --delete empty/ /var/lib/postgresql/16/main/",
    ),
    silent_on=(
        "rm -rf node_modules",
        "rm -rf build dist .venv",
        "rm data/orders.csv",
        "rm -rf /tmp/work",
        "ls /var/lib/postgresql",
        "rm docs/pgdata.md",
        "rmdir pgdata-notes",
        "rm -f /var/log/postgresql/postgresql.log",
        "rm -rf .pytest_cache .mypy_cache",
        "du -sh /var/lib/postgresql",
        'rm -rf "$TMPDIR/x"',
        "cp -a /var/lib/postgresql/16/main /backup/",
    ),
    clause="dont-drop",
)
