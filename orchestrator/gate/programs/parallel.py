"""GNU parallel: a command line with each item in the place of {}, items after ::: or from the input."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "a:j:P:n:N:S:I:d:C:L:l:s:U:q"
LONG = {
    "arg-file=": "a", "jobs=": "j", "max-procs=": "j", "max-args=": "n", "colsep=": "C", "delimiter=": "d",
    "joblog=": "v", "results=": "v", "delay=": "v", "timeout=": "v", "retries=": "v", "sshlogin=": "S", "halt=": "v",
    "load=": "v", "memfree=": "v", "tmpdir=": "v", "workdir=": "v", "env=": "v", "tagstring=": "v", "block=": "v",
}  # fmt: skip
SEPARATORS = (":::", ":::+", "::::", "::::+")
ROUNDS = 16


def read(call: Call) -> None:
    options = parse(call.args, short=SHORT, long=LONG, stop=True)
    if options.has("dry-run", "dryrun"):
        return
    words = options.rest
    end = next((position for position, word in enumerate(words) if word in SEPARATORS), len(words))
    items = _items(call, words[end:], options.last("a"))
    command = " ".join(words[:end])
    if not command:
        for item in items[:ROUNDS]:
            call.shell(item)
    elif options.has("pipe"):
        call.shell(command)
    else:
        for item in items[:ROUNDS] or [""]:
            call.shell(_filled(command, item))


def _items(call: Call, words: list[str], file: str) -> list[str]:
    items: list[str] = []
    names: list[str] = [file] if file else []
    kind = ""
    for word in words:
        if word in SEPARATORS:
            kind = word
        elif kind.startswith("::::"):
            names.append(word)
        else:
            items.append(word)
    for name in names:
        items += (call.read(name) or UNKNOWN).splitlines()
    if not words and not names and call.stdin is not None:
        items = call.stdin.splitlines() or [UNKNOWN]
    return items


def _filled(command: str, item: str) -> str:
    quoted = "'" + item.replace("'", "'\\''") + "'"
    filled = command
    for mark in ("{}", "{1}", "{.}", "{/}", "{//}", "{/.}", "{2}"):
        filled = filled.replace(mark, quoted)
    return filled if filled != command else command + " " + quoted
