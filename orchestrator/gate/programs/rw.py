"""RedwoodJS: most of it is Prisma."""

from __future__ import annotations

from orchestrator.gate.migration import reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.migration import Line


def _prisma(call: Call, line: Line) -> None:
    del line
    call.run(["prisma", *call.argv[call.argv.index("prisma") + 1 :]])


read = reader(
    commands={
        "prisma": _prisma,
        "dataMigrate up": "run-migration",
        "data-migrate up": "run-migration",
        "dm up": "run-migration",
    },
    values="--cwd --side --path",
)
