"""The command line of Entity Framework Core."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-p --project -s --startup-project -c --context --connection --framework --configuration --runtime -o "
    "--output --output-dir --msbuildprojectextensionspath --namespace -i",
    commands={
        "database update": "run-migration",
        "database drop": "nothing if --dry-run; destroy-database",
        "migrations remove": "revert-migration if --force -f",
    },
)
