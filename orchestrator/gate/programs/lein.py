"""Leiningen, the build tool of Clojure."""

from __future__ import annotations

from orchestrator.gate.migration import Tool, judge, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

TOOL = Tool(
    {
        "migratus": "run-migration",
        "migratus migrate": "run-migration",
        "migratus up": "run-migration",
        "migratus down": "revert-migration",
        "migratus rollback": "revert-migration",
        "migratus reset": "reset-database",
        "migratus create": "nothing",
        "migratus pending": "nothing",
        "migratus pending-list": "nothing",
        "migratus migrating": "nothing",
        "ragtime migrate": "run-migration",
        "ragtime rollback": "revert-migration",
        "joplin migrate": "run-migration",
        "joplin rollback": "revert-migration",
        "joplin reset": "reset-database",
        "joplin seed": "seed-database",
        "run": "nothing",
    },
    custom=True,
)


def read(call: Call) -> None:
    words = scan(call.args).operands
    if words[:1] == ["with-profile"]:
        call.run(["lein", *words[2:]])
    elif words[:1] == ["do"]:
        for part in " ".join(words[1:]).split(","):
            call.run(["lein", *part.split()])
    else:
        judge(call, TOOL)
