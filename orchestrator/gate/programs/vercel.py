"""vercel is the command line of Vercel; stores and integrations hold databases."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "token scope cwd local-config global-config"
_EFFECTS = {
    "storage delete": "destroy-cloud-database",
    "storage rm": "destroy-cloud-database",
    "postgres delete": "destroy-cloud-database",
    "postgres rm": "destroy-cloud-database",
    "integration-resource remove": "destroy-cloud-database",
    "integration-resource rm": "destroy-cloud-database",
    "ir remove": "destroy-cloud-database",
    "ir rm": "destroy-cloud-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "t:S:A:Q:")
