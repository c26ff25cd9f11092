"""Poe the Poet: tasks of pyproject.toml."""

from __future__ import annotations

from orchestrator.gate import pyproject
from orchestrator.gate.launch import front
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


SECTIONS = ("tool.poe.tasks",)


def read(call: Call) -> None:
    found = front(call.args, "-C --directory -e --executor -X --executor-opt")
    if found.rest and not found.has("-h", "--help", "-d", "--dry-run"):
        text = call.read("pyproject.toml")
        if text is None:
            unread(call, found.rest[0])
        else:
            pyproject.run(call, text, SECTIONS, found.rest[0], found.rest[1:])
