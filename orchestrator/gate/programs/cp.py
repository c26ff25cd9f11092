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
    "directory": "d", "link": "l", "symbolic": "s", "symbolic-link": "s",
}  # fmt: skip


def read(call: Call) -> None:
    short = "t:S:m:o:g:" if call.name == "install" else "t:S:"
    options = parse(call.args, short=short, long=LONG)
    names = list(options.operands)
    folder = options.last("t")
    if call.name == "install" and options.has("d"):
        return
    if not folder:
        if call.name == "ln" and len(names) == 1:
            names.append(".")
        if len(names) < 2:
            return
        folder = names.pop()
    many = len(names) > 1 or options.has("t") or folder.endswith("/") or call.is_folder(folder)
    for name in names:
        target = folder.rstrip("/") + "/" + name.rstrip("/").rpartition("/")[2] if many else folder
        _placed(call, name, target)
        if call.name == "mv":
            catalogue.module("storage").moved(call, name)  # type: ignore[attr-defined]
            call.removed(name)
        elif call.name == "ln" or options.has("l", "s"):
            _linked(call, name, target, options.has("s"))
    call.output("")


def _placed(call: Call, name: str, target: str) -> None:
    text = call.read(name)
    if text == "" and call.name in {"cp", "install"}:
        catalogue.module("storage").emptied(call, target)  # type: ignore[attr-defined]
    call.wrote(target, UNKNOWN if text is None else text)
    call.stands_for(target, name.rpartition("/")[2])
    if text is None and call.name != "ln" and call.is_folder(name):
        for path in call.files(name.rstrip("/") + "/*") or ["/"]:
            call.wrote(target.rstrip("/") + path[path.rindex("/") :], UNKNOWN)


def _linked(call: Call, name: str, target: str, is_symbolic: bool) -> None:
    """What is written under the new name is written to the file. Another hard link is a way to do so later."""
    relative = is_symbolic and not name.startswith("/")
    call.linked(target, (target.rpartition("/")[0] or ".") + "/" + name if relative else name)
    if not is_symbolic:
        call.changed(name)
