"""The folders that disposable servers live in: made, locked, listed, and swept when their owners are gone.

<temp folder>/pgwright-<uid>/     ours, 0700 (0711 for root, so that the server's account can pass)
    <name>/                       one instance, ours
        instance.json             who owns, supervises and serves it
        lock                      held (flock) by whoever starts, runs or removes the instance
        server.log  server.conf
        data/  s/                 the server account's: the cluster, and the socket
    binaries-<hash>/              server programs that the server's account can read
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.pg import supervisor
from orchestrator.pg.binaries import COPY_PREFIX

LOCK: Final = "lock"
SOCKET_NAME: Final = "s/.s.PGSQL.5432"
SOCKET_PATH_LIMIT_BYTES: Final = 100  # the system's is 104 on macOS and 108 on Linux
SHORT_FOLDER: Final = Path("/tmp")  # noqa: S108  # only for the socket, in a folder of our own
SOCKET_PREFIX: Final = "s-"
UNFINISHED_S: Final = 60.0
UNUSED_COPY_S: Final = 7 * 86_400.0


@dataclass(frozen=True, kw_only=True)
class Instance:
    directory: Path
    pid: int | None  # of the postmaster
    owner_pid: int
    alive: bool  # the postmaster runs
    kept: bool
    started_at: datetime
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class Swept:
    directory: Path
    reason: str
    pid: int | None  # of the postmaster that was ended, if one was


def no_room(folder: Path, detail: str = "") -> CouldNotFindOut:
    return CouldNotFindOut(
        f"no space left on device for the disposable server in {folder}",
        detail=detail,
        hint="Free some space, or point TMPDIR at a folder with 300 MB or more.",
    )


def explain(error: OSError, folder: Path) -> OrchestrateError:
    """The error a person can act on, for a failure to make files in `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return no_room(folder, str(error))
    return CouldNotFindOut(
        f"cannot make a disposable server in {folder}: {(error.strerror or str(error)).lower()}",
        detail=str(error),
        hint="Point TMPDIR at a folder that you can write to.",
    )


def temp_folder() -> Path:
    try:
        return Path(tempfile.gettempdir()).resolve()  # as /proc names the folders of processes
    except FileNotFoundError as error:
        raise CouldNotFindOut(
            "no temp folder can be written to",
            detail=str(error),
            hint="Point TMPDIR at a folder that you can write to.",
        ) from error


def base(temp: Path | None = None) -> Path:
    """Our folder in the temp folder, made if it is not there. Raises CouldNotFindOut when somebody else made it."""
    folder = (temp or temp_folder()) / f"pgwright-{os.geteuid()}"
    mode = _mode()
    try:
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=mode)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise CouldNotFindOut(
                f"{folder} is not a folder of this user",
                detail=f"It is a link, or it belongs to user {found.st_uid}, who could read or replace what is in it.",
                hint="Remove it, or point TMPDIR at a folder of your own.",
            )
        if stat.S_IMODE(found.st_mode) != mode:
            folder.chmod(mode)
    except OSError as error:
        raise explain(error, folder) from error
    return folder


def create(inside: Path) -> Path:
    """A fresh instance folder with a short random name."""
    folder = inside / os.urandom(4).hex()
    try:
        folder.mkdir(mode=0o700)
        folder.chmod(_mode())  # whatever the umask is
    except OSError as error:
        raise explain(error, folder) from error
    return folder


def _mode() -> int:
    """Root's folders can be passed, not listed, by the account that its servers run as."""
    return 0o711 if os.geteuid() == 0 else 0o700


def socket_folder(directory: Path) -> Path:
    """Where the socket goes: into the instance, unless its path is too long or holds a comma (to libpq, a list)."""
    if len(os.fsencode(directory / SOCKET_NAME)) < SOCKET_PATH_LIMIT_BYTES and "," not in str(directory):
        return directory / "s"
    return base(SHORT_FOLDER) / f"{SOCKET_PREFIX}{directory.name}"


def try_lock(directory: Path) -> int | None:
    """A descriptor that holds the instance until all its copies are closed; None when it is held already, or gone."""
    import fcntl

    try:
        descriptor = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), (directory / LOCK).stat()):
            return descriptor
    except OSError:
        pass  # held by another, or removed while we waited
    os.close(descriptor)
    return None


def settle(directory: Path) -> int | None:
    """Ends whatever still runs in an instance that we hold. Says which postmaster, if one did."""
    record = supervisor.read_record(directory) or {}
    postmaster = record.get("postmaster")
    ended = None
    if postmaster is not None and supervisor.is_alive(postmaster):
        ended = int(postmaster["pid"])
        supervisor.end_process(ended, lambda: not supervisor.is_alive(postmaster), supervisor.AT_ONCE)
    supervisor.end_leftovers(directory / "data")
    return ended


def clear_stale_lock(directory: Path) -> None:
    """For a settled instance that starts again; until then the file tells that the server was not shut down."""
    with contextlib.suppress(FileNotFoundError):
        (directory / "data" / "postmaster.pid").unlink()


def remove(directory: Path) -> None:
    """Removes an instance in which nothing runs any more."""
    record = supervisor.read_record(directory) or {}
    elsewhere = Path(record.get("socket_directory", directory))
    if elsewhere.name == f"{SOCKET_PREFIX}{directory.name}":
        supervisor.remove_tree(elsewhere)
    supervisor.remove_tree(directory)


def instance_folders(inside: Path) -> Iterator[Path]:
    for folder in sorted(inside.iterdir()):
        if re.fullmatch("[0-9a-f]{8}", folder.name) and folder.is_dir() and not folder.is_symlink():
            yield folder


def instances() -> list[Instance]:
    """The instances of this user in the temp folder, running or kept, by folder."""
    found = ((folder, supervisor.read_record(folder)) for folder in instance_folders(base()))
    return [_instance(folder, record) for folder, record in found if record is not None]


def _instance(directory: Path, record: dict[str, Any]) -> Instance:
    postmaster = record["postmaster"]
    return Instance(
        directory=directory,
        pid=postmaster["pid"] if postmaster else None,
        owner_pid=record["owner"]["pid"],
        alive=supervisor.is_alive(postmaster),
        kept=record["kept"],
        started_at=datetime.fromisoformat(record["started_at"]),
        size_bytes=_size_bytes(directory),
    )


def _size_bytes(directory: Path) -> int:
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(folder) / name).lstat().st_blocks * 512
    return total


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def sweep(*, max_age_s: float = 86_400.0) -> list[Swept]:
    """Ends servers whose owner is gone and removes their folders; kept ones only when older than `max_age_s`."""
    inside = base()
    swept = [one for folder in instance_folders(inside) if (one := _sweep_one(folder, max_age_s)) is not None]
    _sweep_copies(inside)
    return swept


def _sweep_one(directory: Path, max_age_s: float) -> Swept | None:
    record = supervisor.read_record(directory)
    if record is None:
        if _age_s(directory) < UNFINISHED_S:
            return None  # a start that has not written its record yet
    elif supervisor.is_alive(record["owner"]):
        return None
    lock = try_lock(directory)
    if lock is None:
        return None  # its supervisor is at work, or another sweep
    try:
        return _sweep_locked(directory, max_age_s)
    finally:
        os.close(lock)


def _sweep_locked(directory: Path, max_age_s: float) -> Swept | None:
    record = supervisor.read_record(directory)
    if record is not None and supervisor.is_alive(record["owner"]):
        return None  # started again since we looked
    pid = settle(directory)
    if record is not None and record["kept"] and _age_s(directory / supervisor.RECORD) < max_age_s:
        return Swept(directory=directory, reason="its owner is gone; data kept", pid=pid) if pid else None
    with contextlib.suppress(OSError):
        remove(directory)
    return Swept(directory=directory, reason="its owner is gone", pid=pid)


def _sweep_copies(inside: Path) -> None:
    used = {(supervisor.read_record(folder) or {}).get("binaries", "") for folder in instance_folders(inside)}
    for copy in inside.glob(f"*{COPY_PREFIX}*"):
        if _age_s(copy) > UNUSED_COPY_S and not any(Path(path).is_relative_to(copy) for path in used):
            with contextlib.suppress(OSError):
                supervisor.remove_tree(copy)


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.lstat().st_mtime
    except FileNotFoundError:
        return 0.0
