"""clickhouse-local runs SQL on files."""

from __future__ import annotations

from orchestrator.gate.programs import clickhouse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    clickhouse.local(call, call.args)
