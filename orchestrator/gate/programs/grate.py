"""grate, a migration tool in .NET."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={},
    values="-c --connectionstring --files -f --sqlfilesdirectory --env --schema --version -o --output -a --dbt "
    "--databasetype --transaction",
    quiet="--dryrun",
    bare="reset-database if --drop; run-migration",
    other="reset-database if --drop; run-migration",
)
