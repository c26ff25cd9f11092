"""golang-migrate; node-migrate and sqlalchemy-migrate have the same name and much the same words."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-source --source -path --path -database --database -prefetch --prefetch -lock-timeout --lock-timeout "
    "-ext --ext -dir --dir -digits --digits -format --format -tz --tz --store --migrations-dir --compiler --matches "
    "-c --chdir -f --state-file -s --url --repository",
    commands={
        "up": "nothing if --preview_sql; run-migration",
        "upgrade": "nothing if --preview_sql; run-migration",
        "goto": "run-migration",
        "down": "revert-migration",
        "downgrade": "nothing if --preview_sql; revert-migration",
        "drop": "reset-database",
        "force": "stamp-migration",
        "version_control": "create-tool-tables",
        "drop_version_control": "stamp-migration",
    },
)
