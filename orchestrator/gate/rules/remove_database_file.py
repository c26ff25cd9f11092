"""A database that is one file is removed or emptied."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="remove-database-file",
    decision=DENY,
    why="removes or empties a database file with all its rows",
    instead="ask the user; or move the file aside with a name that says what it is",
    source="https://www.sqlite.org/fileformat2.html",
    fires_on=(
        "rm app.db",
        "rm -f instance/shop.sqlite3 instance/shop.sqlite3-wal",
        "truncate -s 0 app.db",
        "shred -u shop.sqlite",
        "unlink data/app.duckdb",
        "rm *.sqlite3",
        "trash app.db",
    ),
    silent_on=(
        "rm /tmp/x.db",
        "rm -f test.db",
        "rm tests/data/app.sqlite3",
        "rm .cache/http.sqlite",
        "ls *.db",
        "rm app.db.md",
        "rm Thumbs.db",
        "cp app.db app.db.bak",
        "rm -f build/app.o",
    ),
    clause="dont-drop",
)
