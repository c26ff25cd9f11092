"""Turso's command line."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _shell(call: Call, line: Line) -> None:
    if len(line.rest) > 1:
        statement(call, line.rest[1], "sqlite")
    else:
        client_input(call, "sqlite")


read = reader(
    values="-c --config-path --group --location --proxy --instance --from-dump --from-file --from-db --timestamp",
    commands={
        "db shell": _shell,
        "db destroy": "destroy-cloud-database",
        "group destroy": "destroy-cloud-database",
        "org destroy": "destroy-cloud-database",
    },
)
