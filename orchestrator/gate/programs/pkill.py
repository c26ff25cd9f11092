"""pkill and killall signal processes by name."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_HARMLESS = ("0", "l", "HUP", "1", "SIGHUP", "list")
_LONG = {"signal=": "s", "euid=": "u", "uid=": "U", "group=": "G", "user=": "u", "parent=": "P", "pidfile=": "F"}


def read(call: Call) -> None:
    words = [word for word in call.args if not _is_signal(word)]
    signals = [word.lstrip("-").upper() for word in call.args if _is_signal(word)]
    found = parse(words, "u:U:P:s:t:g:G:F:", _LONG)
    signals += [value.upper() for value in found.values("s")]
    if _reaches_the_gate(found.operands):
        call.effect("tamper-plugin")
    if not any(signal in _HARMLESS for signal in signals) and not found.has("l", "list", "help"):
        services.kills(call, found.operands + found.values("u", "U"))


def _reaches_the_gate(words: list[str]) -> bool:
    """pkill -f takes a part of the command line."""
    return any("hooks/gate" in word or "gate.py" in word for word in words)


def _is_signal(word: str) -> bool:
    """-9, -KILL, -SIGTERM; not -f or -u."""
    rest = word[1:]
    return word.startswith("-") and (rest.isdecimal() or (len(rest) > 2 and rest.isupper()))
