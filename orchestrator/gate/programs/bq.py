"""bq is the command line of BigQuery."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "project_id dataset_id location format max_rows destination_table parameter job_id flagfile api "
    "credential_file service_account destination_schema schema source_format replication_dataset n "
    "max_rows_per_request "
    "bigqueryrc project"
)
_EFFECTS = {"load": "load-data", "insert": "load-data", "cp": "load-data"}


def read(call: Call) -> None:
    # Flags have one dash or two, and booleans may be --dry_run=false.
    found = parse(verbs.double_dashes(call.args), "n:", verbs.valued(_VALUED))
    words = found.operands
    if not words or found.has("help") or _set(found, "dry_run"):
        return
    if words[0] == "query":
        for text in words[1:] or [call.stdin or ""]:
            call.sql(text, "bigquery")
    elif words[0] == "rm":
        call.effect("administer-server" if _set(found, "reservation") else "destroy-cloud-database")
    elif words[0] in _EFFECTS:
        call.effect(_EFFECTS[words[0]])


def _set(found: Options, name: str) -> bool:
    return any(value not in ("false", "False", "0") for value in found.values(name))
