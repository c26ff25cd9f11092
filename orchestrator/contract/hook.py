"""The hooks beside the gate: one event from standard input, at most one JSON object on standard output, exit code 0.

They never hold work because of a fault of their own: what went wrong is said in a message, and the gate is another
process. Only a budget holds calls, and only an answer that does not validate, or a migration without a review, asks for
one more turn.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

from orchestrator.contract import event
from orchestrator.contract.reply import Reply
from orchestrator.model.errors import OrchestrateError

INPUT_LIMIT_BYTES = 50_000_000
# Mode: module and function. What a mode does not need is not imported, since it runs at every tool call.
MODES = {
    "call": ("calls", "begun"),
    "result": ("calls", "ended"),
    "denied": ("calls", "declined"),
    "spawn": ("subagents", "spawned"),
    "subagent-start": ("subagents", "started"),
    "subagent-stop": ("subagents", "stopped"),
    "session-start": ("session", "started"),
    "stop": ("session", "stopped"),
    "pre-compact": ("session", "compacted"),
}


def main(mode: str) -> None:
    """Answers the event on standard input. PGWRIGHT_HEAD holds what the launcher has read of it."""
    begun = os.environb.pop(b"PGWRIGHT_HEAD", b"")
    text = (begun + sys.stdin.buffer.read(INPUT_LIMIT_BYTES)).decode("utf-8", "replace")
    reply = answered(mode, text)
    if reply:
        sys.stdout.write(json.dumps(reply))
    sys.stdout.flush()


def answered(mode: str, text: str) -> Reply | None:
    module, function = MODES[mode]
    try:
        found = event.read(json.loads(text))
        reply: Reply | None = getattr(importlib.import_module(f"orchestrator.contract.{module}"), function)(found)
    except OrchestrateError as error:
        return {"systemMessage": f"pgwright: {error.message}. {error.hint or error.detail}".strip()}
    except Exception as error:
        return {"systemMessage": f"pgwright: the hook {mode} failed, and the work goes on without it: {error!r}"}
    return reply
