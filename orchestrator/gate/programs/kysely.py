"""kysely-ctl."""

from __future__ import annotations

from orchestrator.gate.migration import client_input, reader, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _statement(call: Call, line: Line) -> None:
    if line.rest:
        statement(call, " ".join(line.rest))
    else:
        client_input(call)


def _normal(name: str) -> str:
    return name.replace(" ", ":")


read = reader(
    values="--cwd --config -c --environment -e --specific-name --format -f",
    commands={
        "migrate:latest": "run-migration",
        "migrate:up": "run-migration",
        "migrate:down": "revert-migration",
        "migrate:rollback": "revert-migration",
        "seed:run": "seed-database",
        "sql": _statement,
    },
    normal=_normal,
)
