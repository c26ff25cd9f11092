"""schemachange, for Snowflake; without a command it deploys."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={"deploy": "run-migration", "render": "nothing"},
    values="-f --root-folder -m --modules-folder --config-folder --config-file-name -a --snowflake-account -u "
    "--snowflake-user -r --snowflake-role -w --snowflake-warehouse -d --snowflake-database -s --snowflake-schema -c "
    "--change-history-table --vars --query-tag",
    quiet="--dry-run",
    bare="run-migration",
)
