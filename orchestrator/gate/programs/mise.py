"""mise: `mise exec` starts a program with the versions of the project, `mise run` a task."""

from __future__ import annotations

from orchestrator.gate import pyproject
from orchestrator.gate.launch import front, program
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-C --cd -E --env -j --jobs -c --command -t --tool -o --output -s --shell"
SECTIONS = ("tasks",)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    command, args = (outer.rest or [""])[0], outer.rest[1:]
    inner = front(args, VALUED)
    if command in ("exec", "x"):
        _exec(call, args, inner.last("-c", "--command"))
    elif command in ("run", "r") and inner.rest:
        _task(call, inner.rest)


def _exec(call: Call, args: list[str], text: str) -> None:
    if text:
        call.shell(text)
        return
    words = args[args.index("--") + 1 :] if "--" in args else front(args, VALUED).rest
    while words and "@" in words[0]:
        words = words[1:]
    program(call, words)


def _task(call: Call, words: list[str]) -> None:
    text = call.read("mise.toml")
    text = call.read(".mise.toml") if text is None else text
    if text is None:
        unread(call, words[0])
    else:
        pyproject.run(call, text, SECTIONS, words[0], words[1:])
