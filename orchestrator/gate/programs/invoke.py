"""Invoke and Fabric: tasks in Python."""

from __future__ import annotations

from orchestrator.gate import own_tasks
from orchestrator.gate.migration import scan
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-c --collection -f --config -r --search-root -T --command-timeout -H --hosts -i --identity -S --ssh-config"


def read(call: Call) -> None:
    line = scan(call.args, VALUED)
    if line.asks_for_help() or line.given("-l", "--list", "-R", "--dry"):
        return
    path = "fabfile.py" if call.name == "fab" else "tasks.py"
    for name in line.operands:
        if not own_tasks.function(call, path, name.replace("-", "_").rpartition(".")[2]):
            unread(call, name)
