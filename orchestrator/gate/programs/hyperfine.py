"""hyperfine, concurrently, nodemon --exec and others: each word is a command line of its own."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {
    "prepare=": "x", "setup=": "x", "cleanup=": "x", "conclude=": "x", "exec=": "x", "warmup=": "v", "runs=": "v",
    "min-runs=": "v", "max-runs=": "v", "export-json=": "v", "export-markdown=": "v", "export-csv=": "v",
    "names=": "v", "prefix=": "v", "prefix-colors=": "v", "watch=": "v", "ext=": "v", "delay=": "v", "signal=": "v",
    "command-name=": "v", "parameter-list=": "v", "max-processes=": "v",
}  # fmt: skip


def read(call: Call) -> None:
    options = parse(call.args, short="w:r:m:M:p:s:c:n:x:e:P:L:D:S:u:l:t:", long=LONG)
    for text in options.values("x", "p", "s", "c") if call.name != "concurrently" else []:
        if " " in text:
            call.shell(text)
    for text in options.operands:
        if " " in text or call.name != "nodemon":
            call.shell(text)
