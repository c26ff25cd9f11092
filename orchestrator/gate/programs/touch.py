"""touch, mkdir: files and folders that are made, or are there already."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="m:Z:" if call.name == "mkdir" else "d:r:t:", long={"mode=": "m", "date=": "d"})
    for name in options.operands:
        text = call.read(name)
        call.wrote(name, text or "")
    call.output("")
