"""SOPS: `sops exec-env FILE COMMAND` runs a command line with secrets in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import front

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "--input-type --output-type --output --filename --user --config"


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    if outer.rest[:1] in (["exec-env"], ["exec-file"]):
        for text in front(outer.rest[1:], VALUED).rest[1:2]:
            call.shell(text)
