"""Hanami."""

from __future__ import annotations

from orchestrator.gate.migration import reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _console(call: Call, line: Line) -> None:
    del line
    if call.stdin is not None:
        call.code("ruby", call.stdin)


read = reader(
    values="-e --env --app --slice --gateway --target -t",
    commands={
        "db migrate": "run-migration",
        "db apply": "run-migration",
        "db prepare": "run-migration",
        "db setup": "run-migration",
        "db rollback": "revert-migration",
        "db reset": "reset-database",
        "db drop": "destroy-database",
        "db seed": "seed-database",
        "db structure load": "load-schema",
        "console": _console,
    },
)
