"""sshpass: a password, then another program."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    call.run(parse(call.args, short="p:f:d:P:", stop=True).rest)
