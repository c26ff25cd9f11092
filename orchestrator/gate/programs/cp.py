"""cp, mv, ln, install: what stands at the target afterwards."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "target-directory=": "t", "suffix=": "S", "mode=": "m", "owner=": "o", "group=": "g", "backup=?": "b",
    "directory": "d",
}  # fmt: skip


def read(call: Call) -> None:
    short = "t:S:m:o:g:" if call.name == "install" else "t:S:"
    options = parse(call.args, short=short, long=LONG)
    names = list(options.operands)
    folder = options.last("t")
    if call.name == "install" and options.has("d"):
        return
    if not folder:
        if len(names) < 2:
            return
        folder = names.pop()
    many = len(names) > 1 or options.has("t") or folder.endswith("/") or call.is_folder(folder)
    for name in names:
        target = folder.rstrip("/") + "/" + name.rstrip("/").rpartition("/")[2] if many else folder
        text = call.read(name)
        call.wrote(target, UNKNOWN if text is None else text)
        call.stands_for(target, name.rpartition("/")[2])
        if call.name == "mv":
            catalogue.module("storage").moved(call, name)  # type: ignore[attr-defined]
            call.removed(name)
    call.output("")
