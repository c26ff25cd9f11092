"""crontab: each line of the new table ends in a command line."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="u:")
    if options.has("l", "r", "e"):
        return
    text = call.read(options.operands[0] if options.operands else "-")
    for line in (text or "").splitlines()[:200]:
        words = line.split(None, 1 if line.startswith("@") else 5)
        if not line.startswith("#") and len(words) in (2, 6):
            call.shell(words[-1])
