"""Bazel: `bazel run` starts a target, known by its name."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    outer = front(call.args, "")
    if outer.rest[:1] == ["run"]:
        for target in front(outer.rest[1:], "").rest[:1]:
            unread(call, target.rpartition("//")[2])
