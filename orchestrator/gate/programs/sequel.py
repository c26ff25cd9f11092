"""Sequel: `sequel -m migrations URL` runs migrations."""

from __future__ import annotations

from orchestrator.gate.migration import scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUES = "-m --migrate-directory -M --migrate-version -c -e --env -I --include -l --log -L --load-dir -r --require -X"


def read(call: Call) -> None:
    line = scan(call.args, VALUES)
    if line.asks_for_help():
        return
    code = line.last("-c")
    if line.given("-m", "--migrate-directory"):
        call.effect("run-migration")
    elif line.given("-C", "--copy-databases"):
        call.effect("restore-over-database")
    elif code is not None:
        call.code("ruby", code)
    elif call.stdin is not None:
        call.code("ruby", call.stdin)
