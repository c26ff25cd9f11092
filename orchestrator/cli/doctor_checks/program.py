"""This program, and the Python that the hooks start for a tool call."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orchestrator
from orchestrator.cli import gate_hook
from orchestrator.cli.doctor_checks import Check, Result, Subject, judged, problem, warning

STARTS = 5
SLOW_MS = 500
# The launcher knows harmless programs itself; this one it leaves to Python, and nothing runs it.
EVENT = {"tool_name": "Bash", "tool_input": {"command": "psql shop -c 'SELECT 1'"}, "tool_use_id": "toolu_test"}


def call(subject: Subject) -> Result:  # noqa: ARG001
    own = f"pgwright {orchestrator.__version__}, {sys.executable}, Python {platform.python_version()}"
    plugin = gate_hook.installed()
    found = _interpreter(plugin)
    if found is None:
        told = problem(
            "the hooks find no Python 3.9 or newer, so the gate holds every call that needs it",
            "Install Python 3, for example apt-get install python3, where the client's PATH leads.",
        )
        return judged([own], [told])
    ms = _start_ms(found)
    started = f"the hooks use {found}, which starts in {ms:.0f} ms (median of {STARTS})"
    slow = warning(
        f"{found} is slow to start, and each tool call waits for it",
        "Put another python3 first on the client's PATH, and remove gate/python from the plugin's data folder.",
    )
    return judged([own, started], [slow] if ms > SLOW_MS else [])


def _interpreter(plugin: Path) -> Path | None:
    """The program that the launcher of the gate looks up and keeps."""
    entries = gate_hook.wired(plugin).get("PreToolUse", [])
    handlers = [handler for entry in entries for handler in entry["hooks"] if gate_hook.is_gate(handler)]
    if not handlers:
        return None
    with tempfile.TemporaryDirectory(prefix="orchestrate-doctor-") as folder:
        for name in ("data", "home", "project"):
            (Path(folder) / name).mkdir()
        gate_hook.send(handlers[0], "PreToolUse", EVENT, plugin=plugin, project=Path(folder) / "project")
        kept = Path(folder) / "data" / "gate" / "python"
        return Path(kept.read_text(encoding="utf-8").strip()) if kept.is_file() else None


def _start_ms(python: Path) -> float:
    times = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run([python, "-I", "-S", "-c", "pass"], stdin=subprocess.DEVNULL, capture_output=True, check=True)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


CHECK = Check(id="program", title="this program and the Python of the hooks", order=10, deadline_s=60, call=call)
