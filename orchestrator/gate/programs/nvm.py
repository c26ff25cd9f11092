"""nvm: `nvm exec` starts a program with a version of Node.js, `nvm run` a script."""

from __future__ import annotations

from orchestrator.gate.launch import front, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    command = (call.args or [""])[0]
    rest = front(call.args[1:], "").rest
    if rest and (rest[0][:1].isdecimal() or rest[0][:1] == "v" or rest[0] in ("node", "stable", "system")):
        rest = rest[1:]
    if command == "exec":
        program(call, rest)
    elif command == "run":
        program(call, ["node", *rest])
