"""postgres is the server; with --single it reads SQL from standard input."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if "--single" in call.args[:1] and call.stdin:
        # The single-user server ends a statement at the end of the line.
        call.sql(call.stdin if "-j" in call.args else call.stdin.replace("\n", ";\n"))
