"""TypeORM."""

from __future__ import annotations

from orchestrator.gate.migration import reader, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _query(call: Call, line: Line) -> None:
    statement(call, " ".join(line.rest) if line.rest else None)


read = reader(
    values="-d --dataSource -t --transaction -c --connection --config -n --name -o",
    commands={
        "migration:run": "stamp-migration if --fake -f; run-migration",
        "migrations:run": "run-migration",
        "migration:revert": "stamp-migration if --fake -f; revert-migration",
        "migrations:revert": "revert-migration",
        "schema:sync": "push-schema",
        "schema:drop": "reset-database",
        "query": _query,
    },
)
