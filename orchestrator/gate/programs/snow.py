"""snow is the command line of Snowflake."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "query filename connection account user password database schema role warehouse variable format data env project"
)


def read(call: Call) -> None:
    found = parse(call.args, "q:f:c:D:", verbs.valued(_VALUED))
    if verbs.only_tells(found):
        return
    if found.operands[:1] == ["sql"]:
        feed.give(call, "snowflake", found.values("q", "query"), found.values("f", "filename"))
    elif found.operands[:2] == ["object", "drop"]:
        call.effect("destroy-cloud-database")
