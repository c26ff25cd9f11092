"""Alembic, the migrations of SQLAlchemy."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-c --config -n --name -x -m --message --head --splice --branch-label --version-path --rev-id "
    "--depends-on --tag -r --rev-range",
    commands={
        "upgrade": "nothing if --sql; run-migration",
        "downgrade": "nothing if --sql; revert-migration",
        "stamp": "nothing if --sql; stamp-migration",
        "ensure_version": "nothing if --sql; create-tool-tables",
    },
)
