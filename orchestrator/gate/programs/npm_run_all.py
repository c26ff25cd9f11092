"""npm-run-all: several scripts of a package.json, all:* for those with such names."""

from __future__ import annotations

from orchestrator.gate.node_scripts import nearest, script
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    package = nearest(call, "")
    for word in call.args:
        words = word.split()
        if word.startswith("-") or not words:
            continue
        if package is None or package.scripts is None:
            unread(call, words[0])
            continue
        start = words[0].partition("*")[0]
        names = [name for name in package.scripts if name.startswith(start)] if "*" in words[0] else words[:1]
        for name in names:
            script(call, package, name, words[1:])
