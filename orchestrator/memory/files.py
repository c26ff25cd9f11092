"""Reading and writing small JSON files so that a kill, a full disk or a second process never leaves half of one.

Standard library only: hooks write through this module too. Every write happens under one lock, so a temporary file
found there is a leftover of a killed process and is simply overwritten.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from orchestrator.model.errors import CouldNotFindOut

LOCK_DEADLINE_S = 10.0
PROBE_BYTES = 64 * 1024

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class UnreadableError(Exception):
    """The bytes of a file are not one JSON object. The text says why, in a few words."""


def read_object(path: Path) -> dict[str, Any] | None:
    """The JSON object in `path`, None if there is no such file. Raises UnreadableError for anything else in it."""
    with in_plain_words(path, "read"):
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
    return parse_object(raw)


def parse_object(raw: bytes) -> dict[str, Any]:
    try:
        # An editor on Windows puts a byte order mark in front.
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not JSON at line {error.lineno} column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply") from error
    if not isinstance(document, dict):
        raise UnreadableError(f"a JSON object is needed, found {type(document).__name__}")
    return document


def _refuse_constant(name: str) -> None:
    raise UnreadableError(f"{name} is not a JSON number")


def as_bytes(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:  # a lone surrogate, from a file name or an escape: only the escaped form is valid UTF-8
        return (json.dumps(document, allow_nan=False, indent=2) + "\n").encode()


def replace(path: Path, document: dict[str, Any]) -> None:
    """Puts `document` into `path`: a reader sees the old file or the new one, and the new one survives a power cut."""
    replace_bytes(path, as_bytes(document))


def replace_bytes(path: Path, content: bytes) -> None:
    target = Path(os.path.realpath(path))
    with in_plain_words(path, "write"):
        fresh = _write_beside(target, content)
        with suppress(FileNotFoundError):
            fresh.chmod(stat.S_IMODE(target.stat().st_mode))
        fresh.replace(target)
        _sync_folder(target.parent)


def create(path: Path, document: dict[str, Any]) -> bool:
    """Writes a new file, whole or not at all. False, and nothing changed, if the name is taken."""
    with in_plain_words(path, "write"):
        fresh = _write_beside(path, as_bytes(document))
        try:
            _name_exclusively(fresh, path)
        except FileExistsError:
            return False
        finally:
            fresh.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return True


def _name_exclusively(fresh: Path, path: Path) -> None:
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666))
        fresh.replace(path)


def set_aside(path: Path) -> Path:
    """Renames a bad file to `<name>.bad-<n>`, the first free n, and returns the new path."""
    number = 1
    while (aside := path.with_name(f"{path.name}.bad-{number}")).exists():
        number += 1
    with in_plain_words(path, "rename"):
        path.rename(aside)
        _sync_folder(path.parent)
    return aside


def _write_beside(path: Path, content: bytes) -> Path:
    fresh = path.with_name(f".{path.name}.new")
    handle = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return fresh


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some file systems cannot sync a folder
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path, deadline_s: float = LOCK_DEADLINE_S) -> Iterator[None]:
    """Holds the lock file `path`. The kernel lets go of it when the holder dies, however it dies. Not re-entrant."""
    with in_plain_words(path, "write"):
        handle = _take(path, time.monotonic() + deadline_s)
    try:
        yield
    finally:
        os.close(handle)


def _take(path: Path, deadline: float) -> int:
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o666)
        if _try_lock(handle) and _is_still(path, handle):
            _sign(handle)
            return handle
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(handle)
        if time.monotonic() > deadline:
            raise _held_too_long(path, holder)
        time.sleep(0.01)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, handle: int) -> bool:
    """False if somebody removed the lock file between our opening and locking it: it would protect nothing."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _sign(handle: int) -> None:
    with suppress(OSError):  # the name of the holder is a courtesy; a full disk must not stop a read
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)


def _held_too_long(path: Path, holder: str) -> CouldNotFindOut:
    return CouldNotFindOut(
        f"cannot lock {path}: process {holder} has held it past the deadline",
        detail="Another session is writing to the same context store.",
        hint="Wait for that process or end it, then run again; the lock goes with it.",
    )


@contextmanager
def in_plain_words(path: Path, action: str) -> Iterator[None]:
    """Turns an operating system error into one sentence with the path and the mend."""
    try:
        yield
    except OSError as error:
        raise _explained(path, action, error) from error


def _explained(path: Path, action: str, error: OSError) -> CouldNotFindOut:
    reason = (error.strerror or str(error)).lower()
    if error.errno in _FULL:
        hint = f"Free some space on the disk that holds {path.parent}, or choose another place with --project."
        return CouldNotFindOut(
            f"cannot {action} {path}: {reason}", detail="The file that was there is untouched.", hint=hint
        )
    if error.errno in _FORBIDDEN:
        hint = "Choose a folder that you may write to with --project, or set ORCHESTRATE_CONTEXT."
        return CouldNotFindOut(f"cannot {action} {path}: {reason}", detail="Nothing was changed.", hint=hint)
    return CouldNotFindOut(f"cannot {action} {path}: {reason}", hint="Run orchestrate context check.")


def check_writable(root: Path) -> None:
    """Raises CouldNotFindOut unless 64 KiB can be written and synced under `root`. Leaves nothing behind."""
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    probe = root / f".probe-{os.getpid()}"
    try:
        with in_plain_words(root, "write"):
            root.mkdir(parents=True, exist_ok=True)
            _write_beside(probe, b"\0" * PROBE_BYTES).unlink()
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
