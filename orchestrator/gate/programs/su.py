"""su and runuser: -c text for a shell, or a program after --."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "command=": "c", "session-command=": "c", "shell=": "s", "group=": "g", "supp-group=": "G", "user=": "u",
    "whitelist-environment=": "w",
}  # fmt: skip


def read(call: Call) -> None:
    options = parse(call.args, short="c:s:g:G:u:w:", long=LONG)
    for text in options.values("c"):
        call.shell(text)
    operands = [word for word in options.operands if word != "-"]
    rest = operands if call.name == "runuser" and options.has("u") else operands[1:]
    if rest and not options.has("c"):
        call.run(["bash", *rest] if rest[0].startswith("-") else rest)
    elif not options.has("c") and call.stdin is not None:
        call.run(["bash"])
