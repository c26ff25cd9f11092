"""kill signals processes by number; only the way a number was found tells what they are."""

from __future__ import annotations

from orchestrator.gate.stores import services
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Signals that end nothing, and -l.
_HARMLESS = ("-0", "-l", "-L", "-HUP", "-1", "-SIGHUP", "-USR1", "-USR2", "-CONT")


def read(call: Call) -> None:
    if not any(word in _HARMLESS for word in call.args[:1]):
        services.kills(call, [word for word in call.args if not is_known(word)])
