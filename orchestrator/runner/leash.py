"""Starts the client of a live run, and ends it when the run's own process ends, however that happened.

`python -I -S leash.py LOCK PROGRAM [ARGUMENT]...`: this process becomes the client. A process beside it waits for the
run's lock file: nobody holds it any more once the run's process is gone. Without that, a client whose owner was killed
goes on to work, and to cost money, and a resumed run would have a second client in the same session. Standard library
only.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import sys
import time
from pathlib import Path

EVERY_S = 0.2
PATIENCE_S = 5.0


def started(pid: int) -> str | None:
    """What tells the process from a later one with the same number; None where there is no such process."""
    try:
        os.kill(pid, 0)
    except OSError:
        return None
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return None if fields[0] in "ZX" else fields[19]


def end(pid: int, born: str) -> None:
    for number, patience_s in ((signal.SIGTERM, PATIENCE_S), (signal.SIGKILL, PATIENCE_S)):
        with contextlib.suppress(OSError):
            os.kill(pid, number)
        deadline = time.monotonic() + patience_s
        while started(pid) == born and time.monotonic() < deadline:
            time.sleep(0.02)
        if started(pid) != born:
            return


def watch(lock: str, pid: int) -> None:
    """Returns when the client has ended, by itself or because the lock is free. The lock is held until then."""
    born = started(pid)
    handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    while born is not None and started(pid) == born:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(EVERY_S)
        else:
            end(pid, born)


def stand_aside() -> None:
    """Leaves the terminal and the client's pipes: they must close when the client does."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def main() -> None:
    lock, program = sys.argv[1:3]
    client = os.getpid()
    if os.fork() == 0:
        # The watching process is a grandchild, so that the client has no child that it does not know.
        if os.fork() == 0:
            stand_aside()
            watch(lock, client)
        os._exit(0)
    os.wait()
    os.execv(program, sys.argv[2:])  # noqa: S606 - the program is the client that the SDK brings


if __name__ == "__main__":
    main()
