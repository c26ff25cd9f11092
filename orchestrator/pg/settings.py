"""The configuration of a disposable server: it need not survive a power cut, and may not disturb a measurement."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orchestrator.model.errors import UsageError

# Parallel index builds take their maintenance_work_mem from /dev/shm, which containers often make 64 MB small.
ROOMY_SHM_BYTES: Final = 2 * 1024**3

DISPOSABLE: Final = {
    "fsync": "off",
    # With fsync off a commit costs one write to the page cache; "off" would lose the last commits of a killed server.
    "synchronous_commit": "on",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "64MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "20",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "default_text_search_config": "pg_catalog.english",
}
SINCE: Final = {"io_method": (18, "sync")}
# These keep other people out and the folder findable.
OURS: Final = (
    "listen_addresses",
    "port",
    "unix_socket_directories",
    "unix_socket_permissions",
    "unix_socket_group",
    "data_directory",
    "config_file",
    "hba_file",
    "ident_file",
    "logging_collector",
)


def dynamic_shared_memory_type() -> str:
    if sys.platform != "linux":
        return "posix"
    try:
        shm = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return "mmap"
    return "posix" if shm.f_bavail * shm.f_frsize >= ROOMY_SHM_BYTES else "mmap"


def configuration(*, major: int, socket_directory: Path, wanted: Mapping[str, str]) -> str:
    """Text of the file. Raises UsageError for a setting that is not the caller's to choose, or is none."""
    for name, value in wanted.items():
        if name.lower() in OURS:
            raise UsageError(f"{name} of a disposable server cannot be changed")
        if not re.fullmatch(r"[A-Za-z_][\w.$]*", name) or re.search(r"[\r\n\0]", value):
            raise UsageError(f"not a setting: {name} = {value!r}")
    newer = {name: value for name, (since, value) in SINCE.items() if major >= since}
    settings = DISPOSABLE | newer | {"dynamic_shared_memory_type": dynamic_shared_memory_type()}
    settings |= {name.lower(): value for name, value in wanted.items()}
    settings |= {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{socket_directory}"',
        "unix_socket_permissions": "0700",
        "logging_collector": "off",
    }
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
