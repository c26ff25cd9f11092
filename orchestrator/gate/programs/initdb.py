"""initdb makes a data directory."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    "pgdata=": "D", "auth=": "A", "auth-local=": "auth-local", "auth-host=": "auth-host", "encoding=": "E",
    "locale=": "locale", "locale-provider=": "locale-provider", "icu-locale=": "icu-locale", "username=": "U",
    "pwfile=": "pwfile", "text-search-config=": "T", "waldir=": "X", "wal-segsize=": "wal-segsize", "set=": "c",
    "help": "help", "version": "version",
}  # fmt: skip


def judge(call: Call, folder: str) -> None:
    """Reports a folder that is a data directory already."""
    folder = folder or call.variable("PGDATA") or ""
    if folder and call.read(folder.rstrip("/") + "/PG_VERSION") is not None:
        call.effect("reinitialise-cluster")


def read(call: Call) -> None:
    found = parse(call.args, "D:A:E:U:T:X:c:L:", _LONG)
    if not found.has("help", "version", "?", "V"):
        judge(call, found.last("D") or "".join(found.operands[:1]))
