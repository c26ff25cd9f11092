"""Text of which parts are unknown: an unknown part is OPEN + a hint of where it comes from + CLOSE.

`psql -c "$STATEMENT"` evaluates to the words `psql`, `-c` and OPEN + "STATEMENT" + CLOSE. Plain string operations keep
working, and nothing unknown is ever mistaken for text that was read.
"""

from __future__ import annotations

OPEN = "\ue000"
CLOSE = "\ue001"
UNKNOWN = OPEN + CLOSE


def unknown(hint: str = "") -> str:
    """A part that is not known. The hint is a variable's name or a program's, for messages only."""
    return OPEN + hint.replace(OPEN, "").replace(CLOSE, "") + CLOSE


def is_known(text: str) -> bool:
    return OPEN not in text


def is_opaque(text: str) -> bool:
    """True for one unknown part and nothing else."""
    return text.startswith(OPEN) and text.find(CLOSE) == len(text) - 1


def hidden(text: str) -> str:
    """Input that holds our marks by itself; they become unknown parts, so that nobody can forge the end of one."""
    if OPEN not in text and CLOSE not in text:
        return text
    return text.replace(CLOSE, OPEN).replace(OPEN, UNKNOWN)


def shown(text: str) -> str:
    """For people: unknown parts as <NAME>, or <unknown>."""
    return text.replace(UNKNOWN, "<unknown>").replace(OPEN, "<").replace(CLOSE, ">")


def hints(text: str) -> list[str]:
    """The hints of the unknown parts, in order."""
    return [part.split(CLOSE, 1)[0] for part in text.split(OPEN)[1:]]
