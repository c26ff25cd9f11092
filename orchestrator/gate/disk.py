"""Reading files for the gate: regular files only, bounded, never blocking."""

from __future__ import annotations

import posix

REGULAR = 0o100000
FOLDER = 0o040000
KIND = 0o170000


def is_folder(path: str) -> bool:
    try:
        return posix.stat(path).st_mode & KIND == FOLDER
    except (OSError, ValueError):
        return False


def is_missing(path: str) -> bool:
    """True where there is nothing of this name, not even a link to nowhere."""
    try:
        posix.lstat(path)
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    return False


def text(path: str, most: int) -> str | None:
    """The content as text; None if it is missing, not a regular file, longer than `most` bytes, or not readable."""
    try:
        handle = posix.open(path, posix.O_RDONLY | posix.O_NONBLOCK | posix.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    try:
        found = posix.fstat(handle)
        if found.st_mode & KIND != REGULAR or found.st_size > most:
            return None
        return _all(handle, most)
    except OSError:
        return None
    finally:
        posix.close(handle)


def _all(handle: int, most: int) -> str | None:
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = posix.read(handle, 65536)
        if not piece:
            return b"".join(pieces).decode("utf-8", "replace")
        size += len(piece)
        if size > most:
            return None
        pieces.append(piece)
