"""dd copies blocks to a file or a device."""

from __future__ import annotations

from orchestrator.gate import storage
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_NO_DISKS = ("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/zero", "/dev/fd", "/dev/tty", "/dev/shm")  # noqa: S108


def read(call: Call) -> None:
    for word in call.args:
        if not word.startswith("of="):
            continue
        path = word[3:]
        if path.startswith("/dev/") and not path.startswith(_NO_DISKS):
            call.effect("wipe-disk")
        elif not path.startswith("/dev/"):
            storage.emptied(call, path)
            call.wrote(path, UNKNOWN)
