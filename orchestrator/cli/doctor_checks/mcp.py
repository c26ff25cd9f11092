"""The plugin's MCP servers: each starts, and lists its tools."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import orchestrator
from orchestrator.cli import gate_hook, gate_log
from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem
from orchestrator.cli.doctor_checks.plugin import AGAIN, servers
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError

PROTOCOL = "2025-06-18"


def call(subject: Subject) -> Result:
    folder = gate_hook.installed()
    wired = servers(folder)
    if not wired:
        return judged([], [problem(f"{folder / '.mcp.json'} wires no server", f"Install the plugin again: {AGAIN}")])
    facts: list[str] = []
    troubles: list[Trouble] = []
    for name, entry in wired.items():
        try:
            facts.append(_tried(name, entry, folder, subject.project))
        except OrchestrateError as error:
            troubles.append(problem(f"{name}: {error.message}", error.hint or "Run what .mcp.json names by hand."))
    return judged(facts, troubles)


def _tried(name: str, entry: Mapping[str, Any], folder: Path, project: Path) -> str:
    """What the server is, in words. Raises CouldNotFindOut where it does not answer."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="orchestrate-doctor-") as empty, tempfile.TemporaryFile("w+") as errors:
        places = _places(folder, project, Path(empty))
        try:
            with _started(entry, places, project, errors) as server:
                hello, tools = _greeted(server)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            errors.seek(0)
            last = (errors.read().strip().splitlines() or [str(error)])[-1]
            raise CouldNotFindOut(f"it does not answer as an MCP server does: {last}") from error
    ms = (time.perf_counter() - begun) * 1000
    about = hello.get("serverInfo", {})
    if not tools:
        # The launcher answers in place of a program that is not installed, or that lacks a package.
        why = str(hello.get("instructions") or "it does not say why").strip().rstrip(".")
        raise CouldNotFindOut(
            f"it has no tools: {why}",
            hint="install pgwright with pipx, or name the program in ORCHESTRATE_PROGRAM; then reconnect the server.",
        )
    return f"{name}: {about.get('name')} {about.get('version')} with {len(tools)} tools, listed after {ms:.0f} ms"


def _greeted(server: subprocess.Popen[str]) -> tuple[dict[str, Any], list[Any]]:
    """What the server says of itself, and its tools."""
    me = {"name": "orchestrate-doctor", "version": orchestrator.__version__}
    hello = _asked(server, 1, "initialize", {"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": me})
    _write(server, {"jsonrpc": "2.0", "method": "notifications/initialized"})
    return hello, list(_asked(server, 2, "tools/list", {})["tools"])


def _places(folder: Path, project: Path, empty: Path) -> dict[str, str]:
    try:
        data = gate_log.folder(None)
    except CouldNotFindOut:
        data = empty
    return {
        "CLAUDE_PLUGIN_ROOT": str(folder),
        "CLAUDE_PLUGIN_DATA": str(data),
        "CLAUDE_PROJECT_DIR": str(project),
    }


@contextmanager
def _started(
    entry: Mapping[str, Any], places: Mapping[str, str], project: Path, errors: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    words = [_filled(str(word), places) for word in (entry.get("command", ""), *entry.get("args", ()))]
    own = {name: _filled(str(value), places) for name, value in (entry.get("env") or {}).items()}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLAUDE")}
    process = None
    try:
        with _undisturbed():
            process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=project,
                env=inherited | dict(places) | own,
                start_new_session=True,
            )
        yield process
    except FileNotFoundError as error:
        raise CouldNotFindOut(f"{words[0]} cannot be started: {error.strerror}") from error
    finally:
        if process is not None:
            _end(process)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No interruption between the start of a process and the moment from which it is ended: it would stay for ever."""
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGALRM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _filled(word: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        word = word.replace("${" + name + "}", value)
    return word


def _end(process: subprocess.Popen[str]) -> None:
    """The server has its own session, with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):  # what was not yet written has no reader any more
        process.communicate()


def _write(process: subprocess.Popen[str], message: Mapping[str, Any]) -> None:
    assert process.stdin is not None  # noqa: S101  # a pipe, as asked for
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()


def _asked(process: subprocess.Popen[str], number: int, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The result. Raises ValueError where the server ends, refuses, or says what is no answer."""
    _write(process, {"jsonrpc": "2.0", "id": number, "method": method, "params": params})
    assert process.stdout is not None  # noqa: S101
    for line in process.stdout:
        message = json.loads(line)
        if message.get("id") == number and "result" in message:
            return dict(message["result"])
        if message.get("id") == number:
            raise ValueError(f"{method} is refused: {message.get('error')}")
    raise ValueError(f"it ended before it answered {method}")


CHECK = Check(id="mcp", title="the plugin's MCP server", order=70, deadline_s=30, call=call)
