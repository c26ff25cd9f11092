"""Pixi: `pixi run` starts a task or a program of the project's environment."""

from __future__ import annotations

from orchestrator.gate import pyproject
from orchestrator.gate.launch import front, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-e --environment --manifest-path -m"
SECTIONS = (
    "tasks",
    "feature.dev.tasks",
)


def read(call: Call) -> None:
    found = front(call.args, VALUED)
    if found.rest[:1] not in (["run"], ["r"]):
        return
    words = front(found.rest[1:], VALUED).rest
    if words and not pyproject.run(call, call.read("pixi.toml"), SECTIONS, words[0], words[1:]):
        program(call, words)
