"""launchctl starts and stops services on macOS."""

from __future__ import annotations

from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = call.args
    if words:
        names = [word.rpartition("/")[2].replace(".plist", "") for word in words[1:]]
        kicks = words[0] == "kickstart" and "-k" in words
        services.judge(call, "restart" if kicks else words[0], names)
