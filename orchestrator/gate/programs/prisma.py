"""Prisma."""

from __future__ import annotations

from orchestrator.gate.migration import reader, statement, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _execute(call: Call, line: Line) -> None:
    path = line.last("--file")
    if path is not None:
        statement_file(call, path)
    else:
        statement(call, call.stdin)


read = reader(
    values="--schema --config --name -n --file --url --applied --rolled-back --to-schema-datamodel "
    "--from-schema-datamodel --to-schema --from-schema --to-url --from-url --to-migrations --from-migrations "
    "--to-schema-datasource --from-schema-datasource --shadow-database-url --output -o --generator --port -p "
    "--browser -b --datasource-provider --to-config-datasource --from-config-datasource",
    commands={
        "migrate dev": "nothing if --create-only; run-migration",
        "migrate deploy": "run-migration",
        "migrate up": "run-migration",
        "migrate down": "revert-migration",
        "migrate reset": "reset-database",
        "migrate resolve": "stamp-migration",
        "db push": "reset-database if --force-reset; push-schema",
        "db drop": "destroy-database",
        "db seed": "seed-database",
        "db execute": _execute,
    },
)
