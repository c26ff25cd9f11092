"""Postgrator: with a version, or without any word, it migrates."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={"drop-schema": "stamp-migration"},
    values="-c --config -t --to -r --revert -h --host -o --port -d --database -u --username -p --password -m "
    "--migration-pattern --schema-table -s --ssl --driver",
    bare="run-migration",
    other="run-migration",
)
