"""Supabase: its local database, its migrations, its projects."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _query(call: Call, line: Line) -> None:
    path = line.last("-f", "--file")
    if line.rest:
        statement(call, line.rest[0])
    elif path is not None:
        statement_file(call, path)
    else:
        client_input(call)


read = reader(
    values="--workdir --db-url -p --password --profile --schema -s --project-ref --status --version --last -f --file "
    "--network-id --log-level -o --output --dns-resolver --env-file --size --region --org-id --plan",
    commands={
        "db query": _query,
        "db execute": _query,
        "db reset": "reset-database",
        "db push": "nothing if --dry-run; run-migration",
        "db remote commit": "stamp-migration",
        "migration up": "run-migration",
        "migrations up": "run-migration",
        "migration down": "revert-migration",
        "migrations down": "revert-migration",
        "migration repair": "stamp-migration",
        "migrations repair": "stamp-migration",
        "projects delete": "destroy-cloud-database",
        "branches delete": "destroy-cloud-database",
        "branches reset": "destroy-cloud-database",
        "branches disable": "destroy-cloud-database",
        "branches merge": "run-migration",
        "backups restore": "restore-over-database",
        "stop": "destroy-volume if --no-backup",
    },
)
