"""Lua: program text and scripts."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "e:l:", {}, stop=True)
    texts = found.values("e")
    if texts:
        launch.text(call, "lua", texts, [])
    if found.rest or not texts:
        launch.words(call, "lua", found.rest)
