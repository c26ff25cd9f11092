"""Hatch: `hatch run` starts a script of pyproject.toml or a program of an environment."""

from __future__ import annotations

from orchestrator.gate import pyproject
from orchestrator.gate.launch import front, program
from orchestrator.gate.task import changes_database

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-e --env -p --project --data-dir --cache-dir --config"


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    if outer.rest[:1] != ["run"]:
        return
    words = front(outer.rest[1:], "-i -x").rest
    if not words:
        return
    # `hatch run test:migrate`, `hatch run +py=3.12 test:migrate`: the script of another environment.
    name = words[0]
    environment, colon, script = name.rpartition(":")
    sections = ["tool.hatch.envs." + (environment or outer.last("-e", "--env") or "default") + ".scripts"]
    sections.append("tool.hatch.envs.default.scripts")
    if not pyproject.run(call, call.read("pyproject.toml"), sections, script if colon else name, words[1:]):
        program(call, [name if changes_database(name) else script, *words[1:]])
