"""edb_psql is psql for EnterpriseDB."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    call.run(["psql", *call.args])
