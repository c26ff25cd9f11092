"""Command lines of smaller clouds. All of them say what is deleted: `tool databases delete id`, `tool db rm name`."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_DELETES = frozenset("delete destroy terminate remove rm del purge".split())
_DEPTH = 4


def read(call: Call) -> None:
    found = parse(call.args, "", {"": ""})
    if verbs.only_tells(found) or found.has("h"):
        return
    words = found.operands[:_DEPTH]
    if not any(word in _DELETES or word.endswith("-delete") for word in words):
        return
    if any(word in ("volume", "volumes", "disk", "disks") for word in words):
        call.effect("destroy-volume")
    elif "dbaas" in words or any(map(names.database, words)):
        call.effect("destroy-cloud-database")


def read_database(call: Call) -> None:
    """A cloud that has nothing but databases."""
    found = parse(call.args, "", {"": ""})
    if not verbs.only_tells(found) and not found.has("h") and any(word in _DELETES for word in found.operands[:_DEPTH]):
        call.effect("destroy-cloud-database")
