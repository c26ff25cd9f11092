"""nr: `npm run` in whatever package manager the project has."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    call.run(["pnpm", "run", *call.args])
