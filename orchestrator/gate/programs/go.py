"""go run compiles a program and runs it; everything else builds or tests."""

from __future__ import annotations

from orchestrator.gate.code import judge
from orchestrator.gate.task import changes_database, names_a_task, only_reads
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = frozenset(("-tags", "-ldflags", "-gcflags", "-mod", "-exec", "-C", "-p", "-o", "-modfile", "-overlay"))


def read(call: Call) -> None:
    args = call.args
    if args[:1] == ["tool"] and args[1:]:
        call.run([_name(args[1]), *args[2:]])
    if args[:1] != ["run"]:
        return
    at = 1
    while at < len(args) and args[at].startswith("-"):
        at += 2 if args[at] in VALUED else 1
    if at < len(args):
        _program(call, args[at], args[at + 1 :])


def _program(call: Call, path: str, rest: list[str]) -> None:
    if "@" in path or (path.partition("/")[0].count(".") and not path.startswith(".") and not path.endswith(".go")):
        # A program of another module, with its version: go run github.com/pressly/goose/v3/cmd/goose@latest up
        call.run([_name(path.partition("@")[0]), *rest])
        return
    operands = [word for word in rest if names_a_task(word)]
    if changes_database(" ".join(operands[:2])):
        call.effect("unread-task")
    if path.endswith(".go"):
        judge.read_script(call, "go", path, rest)
    elif is_known(path):
        text = call.read(path.rstrip("/") + "/main.go")
        if text is not None:
            judge.judge(call, "go", text, True, rest, path)
        elif changes_database(path) and not only_reads(rest):
            call.effect("unread-program")


def _name(path: str) -> str:
    parts = [part for part in path.split("/") if not (part[:1] == "v" and part[1:].isdecimal())]
    return parts[-1]
