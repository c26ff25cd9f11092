"""tar: programs that it starts for a checkpoint, a compression or each member."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "checkpoint-action=": "action", "to-command=": "run", "use-compress-program=": "run", "info-script=": "run",
    "new-volume-script=": "run", "rsh-command=": "run", "directory=": "C", "file=": "f", "extract": "x", "get": "x",
    "create": "c",
}  # fmt: skip


def read(call: Call) -> None:
    args = call.args
    if args and not args[0].startswith("-"):
        args = ["-" + args[0], *args[1:]]
    options = parse(args, short="C:f:I:F:T:X:b:g:H:K:L:N:V:", long=LONG)
    _files(call, options)
    for value in options.values("action"):
        if value.startswith("exec="):
            call.shell(value[5:])
    for value in options.values("run", "I", "F"):
        if value:
            call.shell(value)


def _files(call: Call, options: Options) -> None:
    """Where it unpacks, and the archive that it makes."""
    if options.has("x") and not options.has("O", "to-stdout"):
        call.filled(options.last("C") or ".")
    elif options.has("c", "r", "u") and options.last("f") not in ("", "-"):
        call.wrote(options.last("f"), UNKNOWN)
