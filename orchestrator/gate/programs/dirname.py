"""dirname and basename: a path without, or with nothing but, its last part."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    options = parse(call.args, short="s:", long={"suffix=": "s"})
    path = options.operands[0] if options.operands else ""
    if not path or not is_known(path):
        call.output(UNKNOWN)
        return
    folder, slash, name = path.rstrip("/").rpartition("/")
    if call.name == "dirname":
        call.output((folder or ("/" if slash or path == "/" else ".")) + "\n")
        return
    suffix = options.last("s") or (options.operands[1] if len(options.operands) == 2 else "")
    call.output((name.removesuffix(suffix) or name) + "\n")
