"""Rails: its own commands, and rake tasks."""

from __future__ import annotations

from orchestrator.gate.migration import Tool, by_namespace, client_input, judge, scan
from orchestrator.gate.programs.rake import TASKS, own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUES = "-e --environment -d --database --db -u -p --port -b --binding"
QUIET = "-T --tasks -D --describe -n --dry-run"
# Commands after which words are names of files and classes, not of tasks.
OTHERS = frozenset({
    "generate", "g", "destroy", "new", "server", "s", "test", "t", "routes", "notes", "about", "credentials", "plugin",
    "stats", "version", "secret", "initializers", "encrypted", "dev", "zeitwerk:check", "middleware",
})  # fmt: skip

TOOL = Tool(TASKS, VALUES, QUIET, each=True, custom=True, normal=by_namespace(TASKS))


def read(call: Call) -> None:
    args = call.args
    first = next((position for position, word in enumerate(args) if not word.startswith("-")), len(args))
    command = args[first] if first < len(args) else ""
    if command in OTHERS:
        return
    if command in ("runner", "r"):
        _runner(call, args[first + 1 :])
    elif command in ("console", "c"):
        if call.stdin is not None:
            call.code("ruby", call.stdin)
    elif command in ("dbconsole", "db"):
        if not scan(args, VALUES).asks_for_help():
            client_input(call)
    else:
        judge(call, TOOL)
        own(call, args[first:])


def _runner(call: Call, args: list[str]) -> None:
    """`rails runner` takes code, a file, or "-" for its input."""
    line = scan(args, "-e --environment")
    if line.asks_for_help() or not line.operands:
        if call.stdin is not None and "-" in args:
            call.code("ruby", call.stdin)
        return
    word = line.operands[0]
    if word == "-":
        if call.stdin is not None:
            call.code("ruby", call.stdin)
        return
    text = call.read(word) if word.endswith(".rb") else None
    if text is not None:
        call.code("ruby", text, script=True)
    elif word.endswith(".rb"):
        call.effect("unread-program")
    else:
        call.code("ruby", word)
