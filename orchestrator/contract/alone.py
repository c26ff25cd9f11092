"""One hook at a time for one run: the client starts a process for every event, and several events at once."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

DEADLINE_S = 5.0
_PAUSE_S = 0.01


@contextlib.contextmanager
def holding(folder: Path, deadline_s: float = DEADLINE_S) -> Iterator[bool]:
    """Holds the run's folder, which the kernel lets go of however the process ends. False if another holds it still.

    True where the file system has no locks, too: then nobody can be kept out. Not re-entrant.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # nothing is there that another could write
        yield True
        return
    try:
        yield _is_ours(handle, time.monotonic() + deadline_s)
    finally:
        os.close(handle)


def _is_ours(handle: int, deadline: float) -> bool:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(_PAUSE_S)
        except OSError:
            return True
        else:
            return True
