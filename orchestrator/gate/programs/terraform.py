"""terraform makes, changes and destroys infrastructure."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "chdir target var var-file state state-out backup lock-timeout parallelism refresh replace out config"
_KINDS = (
    "db_instance",
    "rds_cluster",
    "sql_database",
    "database",
    "dynamodb_table",
    "elasticache",
    "documentdb",
    "redshift",
)


def _is_database(resource: str) -> bool:
    return names.database(resource) or any(kind in resource for kind in _KINDS)


def read(call: Call) -> None:
    # The value of a long option is attached with "="; a separate word is accepted as well.
    found = parse(verbs.double_dashes(call.args), "", verbs.valued(_VALUED))
    # terragrunt has run-all in front, or run --all and "--".
    words = [word for word in found.operands if word not in ("run-all", "run", "stack")]
    if found.has("help", "h", "version") or not words:
        return
    if words[0] in ("destroy", "destroy-all") or (words[0] == "apply" and found.has("destroy")):
        call.effect(
            "destroy-cloud-database" if any(map(_is_database, found.values("target"))) else "destroy-infrastructure"
        )
    elif words[0] == "apply" and any(map(_is_database, found.values("replace"))):
        call.effect("destroy-cloud-database")
    elif words[:2] == ["state", "rm"] and any(map(_is_database, words[2:])) and not found.has("dry-run"):
        call.effect("forget-database")
    elif words[:2] == ["workspace", "delete"] and found.has("force"):
        call.effect("destroy-infrastructure")
