"""RVM: `rvm VERSION do PROGRAM` starts a program with a version of Ruby."""

from __future__ import annotations

from orchestrator.gate.launch import program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    if "do" in call.args[:3]:
        program(call, call.args[call.args.index("do") + 1 :])
