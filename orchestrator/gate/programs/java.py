"""java: tools that are started by their archive or by their class; other programs are not looked into."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

TOOLS = ("liquibase", "flyway")


def read(call: Call) -> None:
    for position, word in enumerate(call.args):
        starts = call.args[position - 1 : position] == ["-jar"] or ("." in word and not word.startswith("-"))
        before = call.args[position - 1 : position] in (["-cp"], ["-classpath"], ["--class-path"])
        name = next((tool for tool in TOOLS if tool in word.rpartition("/")[2].lower()), "")
        if starts and not before:
            if name:
                call.run([name, *call.args[position + 1 :]])
            return
