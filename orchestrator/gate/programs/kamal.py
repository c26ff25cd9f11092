"""Kamal: `kamal app exec` runs a command line on the servers of the application."""

from __future__ import annotations

from orchestrator.gate.launch import front

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-d --destination -c --config-file -h --hosts -r --roles -v --version -e --env"


def read(call: Call) -> None:
    words = front(call.args, VALUED).rest
    if words[:2] in (["app", "exec"], ["server", "exec"]):
        rest = front(words[2:], VALUED).rest
    elif words[:2] == ["accessory", "exec"]:
        rest = front(front(words[2:], VALUED).rest[1:], VALUED).rest
    else:
        return
    if rest:
        call.run(["sh", "-c", " ".join(rest)], remote=True)
