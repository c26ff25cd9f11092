"""sudo: a program as another user, or a shell of that user's."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "C:D:g:h:p:R:r:T:t:U:u:"
LONG = {
    "chdir=": "D", "chroot=": "R", "close-from=": "C", "command-timeout=": "T", "group=": "g", "host=": "h",
    "login": "i", "other-user=": "U", "prompt=": "p", "role=": "r", "shell": "s", "type=": "t", "user=": "u",
}  # fmt: skip


def read(call: Call) -> None:
    options = parse(call.args, short=SHORT, long=LONG, stop=True)
    rest = list(options.rest)
    while rest and rest[0].partition("=")[0].isidentifier() and "=" in rest[0]:
        name, _, value = rest.pop(0).partition("=")
        call.state = call.state.copy()
        call.state.variables[name] = value
    if options.has("l", "v", "K", "V", "e"):
        return
    if rest and (options.has("i") or options.has("s")):
        call.run(["bash", "-c", " ".join(rest)] if len(rest) == 1 else rest)
    elif rest:
        call.run(rest)
    elif options.has("i", "s"):
        call.run(["bash"])
