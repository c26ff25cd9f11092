"""How the client reads the value of a key: its own conversions, which are wider than the documentation says."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"\s*([-+]?\d+)")
_LEVELS = ("low", "medium", "high", "xhigh", "max")


def text(value: object) -> str | None:
    """A text, a number or a boolean as text; None for anything else and for blanks."""
    if isinstance(value, str):
        return value.strip() or None
    return as_written(value) if isinstance(value, bool | int | float) else None


def as_written(value: object) -> str:
    """A value turned into text as JavaScript does: 1.0 is 1, a list is its items with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, list):
        return ",".join(map(as_written, value))
    return "[object Object]" if isinstance(value, dict) else str(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def names(value: object) -> tuple[str, ...]:
    """The names in a list, or in a text with commas or blanks; what is no text counts for nothing."""
    if isinstance(value, str):
        return tuple(_split(value))
    if isinstance(value, list):
        return tuple(name for each in value if isinstance(each, str) for name in _split(each))
    return ()


def _split(raw: str) -> list[str]:
    found, word, inside = [], "", False
    for character in raw:
        inside = character == "(" or (inside and character != ")")
        if character in ", " and not inside:
            found.append(word.strip())
            word = ""
        else:
            word += character
    return [each for each in [*found, word.strip()] if each]


def count(value: object, least: int = 1) -> int | None:
    """A whole number of at least `least`; the digits at the start of a text count, what follows them does not."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if math.isfinite(value) and value == int(value) and value >= least else None
    match = _NUMBER.match(as_written(value))
    return int(match[1]) if match and int(match[1]) >= least else None


def effort(value: object) -> str | int | None:
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if math.isfinite(value) and value == int(value) else None
    word = as_written(value).lower()
    word = "medium" if word == "med" else word
    if word in _LEVELS:
        return word
    match = _NUMBER.match(word)
    return int(match[1]) if match else None


def switch(value: object) -> bool | None:
    """True and false, and the words that stand for them; None for anything else."""
    if isinstance(value, bool):
        return value
    word = as_written(value).lower().strip() if isinstance(value, str | int | float) else ""
    if word in ("1", "true", "yes", "on"):
        return True
    return False if word in ("0", "false", "no", "off") else None
