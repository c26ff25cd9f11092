"""pgcopydb copies a database into another one."""

from __future__ import annotations

from orchestrator.gate.stores import verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "source target dir table-jobs index-jobs filters split-tables-larger-than"
_EFFECTS = {
    "clone": "load-data",
    "fork": "load-data",
    "follow": "load-data",
    "copy": "load-data",
    "restore": "restore-over-database",
}


def read(call: Call) -> None:
    verbs.judge(call, _EFFECTS, _VALUED, "")
