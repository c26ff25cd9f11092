"""tar: programs that it starts for a checkpoint, a compression or each member."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "checkpoint-action=": "action", "to-command=": "run", "use-compress-program=": "run", "info-script=": "run",
    "new-volume-script=": "run", "rsh-command=": "run",
}  # fmt: skip


def read(call: Call) -> None:
    options = parse(call.args, short="C:f:I:F:T:X:b:g:H:K:L:N:V:", long=LONG)
    for value in options.values("action"):
        if value.startswith("exec="):
            call.shell(value[5:])
    for value in options.values("run", "I", "F"):
        if value:
            call.shell(value)
