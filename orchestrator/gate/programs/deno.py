"""Deno: tasks of the project. Programs that `deno run` starts are read as JavaScript."""

from __future__ import annotations

from orchestrator.gate.event import decode
from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import binary
from orchestrator.gate.task import lines, quoted, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-c --config --cwd -f --filter --import-map --cert --location --seed --v8-flags --env-file --lock -L --log-level"
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    command, words = (outer.rest or [""])[0], outer.rest[1:]
    inner = front(words, VALUED).rest
    if command == "task" and inner:
        _task(call, inner[0], inner[1:])
    elif command == "eval" and inner:
        call.code("javascript", inner[0])
    elif command in ("run", "x") and inner:
        _run(call, inner)


def _run(call: Call, words: list[str]) -> None:
    if words[0].startswith(("npm:", "jsr:")):
        call.run([binary(words[0][4:].lstrip("/")), *words[1:]])
    else:
        call.run(["node", *words])


def _task(call: Call, name: str, extra: list[str]) -> None:
    text = call.read("deno.json")
    if text is None:
        text = call.read("deno.jsonc")
    try:
        found = decode(text or "")
    except ValueError:
        unread(call, name)
        return
    tasks = found.get("tasks") if isinstance(found, dict) else None
    task = tasks.get(name) if isinstance(tasks, dict) else None
    command = task.get("command") if isinstance(task, dict) else task
    if isinstance(command, str):
        lines(call, " ".join([command, *[quoted(word) for word in extra]]))
