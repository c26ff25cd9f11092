"""Keystone: `keystone dev` brings the database to the schema."""

from __future__ import annotations

from orchestrator.gate.migration import reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _prisma(call: Call, line: Line) -> None:
    del line
    call.run(["prisma", *call.args[call.args.index("prisma") + 1 :]])


read = reader(
    values="--cwd --port --seed",
    commands={
        "prisma": _prisma,
        "dev": "reset-database if --reset-db",
        "start": "run-migration if --with-migrations",
        "migrate create": "nothing",
        "migrate apply": "run-migration",
    },
)
