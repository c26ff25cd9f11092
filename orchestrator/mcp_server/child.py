"""The process in which long work is done: python -P -m orchestrator.mcp_server.child, with one line of JSON on standard
input, which stays open as long as somebody waits for the answer.

The answer is one JSON document on standard output; what is said meanwhile goes to standard error. Connection strings
come in by the pipe, so that they are in no list of processes.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
import threading
from types import FrameType
from typing import Any

from orchestrator.model.errors import OrchestrateError

INTERRUPTED = 130


def main() -> int:
    """Two processes from here on: one works, the other watches whether somebody still waits for it."""
    request: dict[str, Any] = json.loads(_request())
    worker = os.fork()
    if worker:
        return _watched(worker)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    return _work(request)


def _request() -> bytes:
    """The first line, read without a buffer: at exit, the thread that waits for the end would still hold its lock."""
    found = b""
    while not found.endswith(b"\n") and (block := os.read(0, 65536)):
        found += block
    return found


def _watched(worker: int) -> int:
    """Waits for the worker, and interrupts it when the input ends; then nothing of it stays, no data for a resume."""
    abandoned = threading.Event()

    def watch() -> None:
        while os.read(0, 1):
            pass
        abandoned.set()
        os.kill(worker, signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    if abandoned.is_set():
        _discard(worker)
    return status if status >= 0 else INTERRUPTED


def _discard(worker: int) -> None:
    from orchestrator.pg import scratch

    for each in scratch.instances():
        if each.owner_pid == worker:
            scratch.discard(each.directory)


def _work(request: dict[str, Any]) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if "words" in request:
            sys.argv[1:] = request["words"]
            runpy.run_module("orchestrator", run_name="__main__", alter_sys=True)
        else:
            from orchestrator.mcp_server import proof_run

            _print(proof_run.prove(**request["prove"]))
    except OrchestrateError as error:
        _print({"schema": "error", "error": error.as_json()})
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _print(document: object) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
