"""graphile-migrate."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _file(call: Call, line: Line) -> None:
    if line.rest:
        statement_file(call, line.rest[0])
    else:
        client_input(call)


read = reader(
    values="-c --config",
    commands={
        "migrate": "run-migration",
        "watch": "run-migration",
        "reset": "reset-database",
        "run": _file,
    },
)
