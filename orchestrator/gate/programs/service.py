"""service starts and stops services: `service name action`."""

from __future__ import annotations

from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = [word for word in call.args if not word.startswith("-")]
    if len(words) > 1:
        services.judge(call, words[1], words[:1])
