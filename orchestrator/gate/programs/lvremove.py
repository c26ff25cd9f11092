"""lvremove removes logical volumes."""

from __future__ import annotations

from orchestrator.gate.stores import names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = [word for word in call.args if not word.startswith("-")]
    if "--test" not in call.args and "-t" not in call.args and any(map(names.database, words)):
        call.effect("destroy-volume")
