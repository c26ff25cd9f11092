"""Railway: `railway run` starts a program here with the variables of a service, `railway ssh` one over there."""

from __future__ import annotations

from orchestrator.gate.launch import front, program
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = "-s --service -e --environment -p --project --deployment-instance --session -v --volume -m --mount-path"
EFFECTS = {
    "volume delete": "destroy-cloud-database",
    "volume remove": "destroy-cloud-database",
    "volume rm": "destroy-cloud-database",
    "volume detach": "destroy-cloud-database",
    "environment delete": "destroy-infrastructure",
    "environment remove": "destroy-infrastructure",
    "environment rm": "destroy-infrastructure",
    "service delete": "destroy-infrastructure",
    "project delete": "destroy-infrastructure",
    "delete": "destroy-infrastructure",
}


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    command = (outer.rest or [""])[0]
    words = front(outer.rest[1:], VALUED).rest
    if command in ("run", "local"):
        program(call, words)
    elif command == "ssh" and words:
        call.run(["sh", "-c", " ".join(words)], remote=True)
    elif command == "connect":
        feed.give(call, "postgresql", ())
    else:
        verbs.judge(call, EFFECTS, "service environment project volume mount-path", "s:e:p:v:m:")
