"""neonctl is the command line of Neon."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "project-id output api-host api-key config-dir context-file branch role-name database-name parent name org-id"
_EFFECTS = {
    "projects delete": "destroy-cloud-database",
    "branches delete": "destroy-cloud-database",
    "databases delete": "destroy-cloud-database",
    "project delete": "destroy-cloud-database",
    "branch delete": "destroy-cloud-database",
    "database delete": "destroy-cloud-database",
    "branches restore": "fork-cloud-database",
    "branches reset": "fork-cloud-database",
    "branches set-default": "fork-cloud-database",
    "roles delete": "remove-database-user",
    "roles create": "add-database-user",
}


def read(call: Call) -> None:
    before = call.args
    if "--psql" in before and "--" in before:
        # connection-string --psql starts psql with the words after "--".
        call.run(["psql", *before[before.index("--") + 1 :]])
        return
    verbs.judge(call, _EFFECTS, _VALUED, "o:")
