"""One hook event, from stdin to the answer and the exit code. Nothing is printed before the answer is complete."""

from __future__ import annotations

import posix

from orchestrator.gate.event import decode
from orchestrator.gate.place import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

    from orchestrator.gate.answer import Reply

EVENTS = {"bash": "PreToolUse", "tool": "PreToolUse", "config-change": "ConfigChange"}
INPUT_LIMIT_BYTES = 4_000_000
COMMAND_LIMIT = 1_000_000
# The tools in hooks.json, and the input without which a call of each means nothing that can be judged.
NEEDED = {
    "Bash": "command",
    "Edit": "file_path",
    "MultiEdit": "file_path",
    "NotebookEdit": "notebook_path",
    "PowerShell": "command",
    "Write": "file_path",
}
OTHERS = ("Monitor",)  # watches a command or a socket


class CannotJudge(Exception):
    """The event is not one that the client sends, or is too large."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def main(plugin: str, arguments: Sequence[str], finish: Callable[[], object]) -> NoReturn:
    """Answers the event on stdin, calls `finish` and ends the process; whatever is raised has to hold the call.

    The arguments are the mode and, where the launcher has read the beginning of the input, "line" or "part": then
    stdin has what it read, a whole line or not, and descriptor 3 has the rest.
    """
    reply = answer(plugin, arguments[0], received(arguments[1:]))
    finish()
    _write(1, reply.stdout)
    _write(2, reply.stderr)
    posix._exit(reply.code)  # without the interpreter's own end, which takes a millisecond


def answer(plugin: str, mode: str, data: bytes) -> Reply:
    """The answer to an event that a client sent to the hook of this mode."""
    event = _event(data, EVENTS[mode])
    place = Place.of(event, plugin)
    try:
        return _answer(mode, event, place)
    except Exception as error:
        from orchestrator.gate import audit

        problem = "%s: %s" % (type(error).__name__, error)
        audit.failure(place, event, problem)
        if isinstance(error, CannotJudge):
            raise
        # What Python says about a failure may quote the call.
        raise CannotJudge(audit.redacted(problem)) from error


def _answer(mode: str, event: Mapping[str, object], place: Place) -> Reply:
    if mode == "config-change":
        from orchestrator.gate import config_change

        return config_change.reply(event, place)
    _check_call(mode, event)
    from orchestrator.gate.answer import reply
    from orchestrator.gate.judge import judge

    return reply(event, place, judge(event, place))


def received(head: Sequence[str]) -> bytes:
    """The whole input. Raises CannotJudge if there is more than the gate reads."""
    data = _read(0)
    if head:
        data = (data if head[0] == "line" else data[:-1]) + _read(3)
    if len(data) > INPUT_LIMIT_BYTES:
        raise CannotJudge(f"the call is larger than {INPUT_LIMIT_BYTES} bytes")
    return data


def _read(descriptor: int) -> bytes:
    """All that can be read, or its beginning where that alone is too much; the rest is read, but not kept."""
    parts: list[bytes] = []
    size = 0
    while True:
        part = posix.read(descriptor, 1 << 16)
        if not part:
            return b"".join(parts)
        if size <= INPUT_LIMIT_BYTES:
            parts.append(part)
            size += len(part)


def _event(data: bytes, name: str) -> Mapping[str, object]:
    try:
        event = decode(data.decode())
    except ValueError as error:
        raise CannotJudge(f"the event cannot be read: {error}") from error
    if not isinstance(event, dict) or event.get("hook_event_name") != name:
        raise CannotJudge("the event is not a " + name)
    return event


def _check_call(mode: str, event: Mapping[str, object]) -> None:
    tool, given = event.get("tool_name"), event.get("tool_input")
    if not (isinstance(tool, str) and tool and isinstance(given, dict)):
        raise CannotJudge("the event names no tool and input")
    needed = NEEDED.get(tool, "")
    if (tool == "Bash") != (mode == "bash") or not (needed or tool in OTHERS or tool.startswith("mcp__")):
        raise CannotJudge("it is a call of a tool that this hook is not for")
    if needed and not isinstance(given.get(needed), str):
        raise CannotJudge("the " + needed + " is not text")
    command = given.get("command")
    if isinstance(command, str) and len(command) > COMMAND_LIMIT:
        raise CannotJudge(f"the command is longer than {COMMAND_LIMIT} characters")


def _write(descriptor: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[posix.write(descriptor, data) :]
