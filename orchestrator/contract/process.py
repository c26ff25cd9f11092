"""The client's process that a run belongs to, and whether it still lives.

A number of a process means something on one machine, since its last start, and in one namespace of processes only. From
elsewhere, such as a container with the same project folder, nothing can be said about it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from orchestrator.memory import files

Life = Literal["alive", "gone", "unknown"]


def sign(folder: Path) -> None:
    """Notes the client's process in the folder of the run."""
    pid = os.getppid()
    files.replace(folder / "client.json", {"pid": pid, "started": _started(pid), **_place()})


def life(folder: Path) -> Life:
    """Of the client that signed the run."""
    try:
        noted = files.read_object(folder / "client.json") or {}
    except files.UnreadableError:
        return "unknown"
    pid = noted.get("pid")
    if not isinstance(pid, int) or pid < 1:  # 0: the client is outside of the namespace that its hook runs in
        return "unknown"
    elsewhere = _elsewhere(noted)
    if elsewhere:
        return elsewhere
    return "alive" if _exists(pid) and noted.get("started") == _started(pid) else "gone"


def _elsewhere(noted: dict[str, Any]) -> Life | None:
    """What can be said of a process that is not among those seen from here, None for one that would be."""
    here = _place()
    differs = {key for key in here if noted.get(key, here[key]) != here[key]}
    if "host" in differs:
        return "unknown"
    if "boot" in differs:  # the machine was started anew
        return "gone"
    return "unknown" if "namespace" in differs else None


def _place() -> dict[str, str]:
    return {"host": os.uname().nodename, "boot": _boot(), "namespace": _namespace()}


def _boot() -> str:
    """What tells this start of the machine from the one before; "" where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _namespace() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """What tells the process from a later one with the same number; "" where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]
