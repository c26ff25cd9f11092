"""Numbers: those that a tool answered with, and whether a time is one of them.

What counts is the value, however it is printed. A comma may keep thousands apart or stand between two cells, and
nothing tells which: `12,345` is read both ways.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

MOST_FIGURES = 20_000
MOST_CHARACTERS = 8_000_000
LONGEST_NUMBER = 40
# Digits of a time whose unit was changed: with fewer of them, any number of rows would pass for a time.
DIGITS = 3
SCALES = (1000.0, 0.001)  # a tool may have said seconds or microseconds

# Colours and other orders to a terminal, as they are and as a shell is given them. Colours take no room on the screen.
_BEGIN = r"(?:\x1b\[|\x9b|\\(?:033|[eE]|x1[bB]|u001[bB])\[)"
_COLOUR = re.compile(_BEGIN + r"[0-9;:]*m")
_ORDER = re.compile(_BEGIN + r"[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.")
# A line break or a tab that is written out, as in JSON inside of a text.
_ESCAPED = re.compile(r"\\[nrtfv]")
# With a unit right behind it (12.5ms), after the two points of a plan (0.03..12.5), with thousands apart (1,234.5),
# and the seconds of 0m1.25s.
_NUMBER = re.compile(
    r"(?<=\dm)\d+\.\d+(?=s)"
    r"|(?<!\w)(?<!\d\.)-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
    r"|(?<![\w.])\.\d+"
)
# What was given counts wherever it stands, so that no letter before it makes a measurement of it.
_GIVEN = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def text_of(value: object) -> str:
    """Every text and every number in a JSON value, whatever it is nested in, with a blank between two."""
    return " ".join(_leaves(value))


def _leaves(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            waiting.extend(reversed(found.values()))
        elif isinstance(found, list):
            waiting.extend(reversed(found))
        elif isinstance(found, str):
            yield found
        elif isinstance(found, int | float) and not isinstance(found, bool):
            yield repr(found)


def measured(given: object, response: object) -> list[str]:
    """The numbers in the answer of a tool, as it printed them, each value once; without those it was given."""
    own = _numbers(text_of(given), _NUMBER) | _numbers(text_of(given), _GIVEN)
    kept = [shown for value, shown in _numbers(text_of(response), _NUMBER).items() if value not in own]
    if len(kept) <= MOST_FIGURES:
        return kept
    return kept[: MOST_FIGURES // 2] + kept[-MOST_FIGURES // 2 :]


def _numbers(text: str, pattern: re.Pattern[str]) -> dict[float, str]:
    """Each value, and how it was printed first."""
    shown = _plain(_bounded(text))
    found: dict[float, str] = {}
    for reading in (shown, shown.replace(",", " ")) if "," in shown else (shown,):
        for each in pattern.finditer(reading):
            number = each[0].replace(",", "")
            if len(number) <= LONGEST_NUMBER and math.isfinite(float(number)):
                found.setdefault(float(number), number)
    return found


def _bounded(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]} {text[-half:]}"


def _plain(text: str) -> str:
    """Without orders to a terminal."""
    if "\x1b" in text or "\x9b" in text or "\\" in text:
        text = _ESCAPED.sub(" ", _ORDER.sub(" ", _COLOUR.sub("", text)))
    return text


class Measured:
    """Numbers that tools answered with, as they printed them."""

    def __init__(self, shown: Iterable[str]) -> None:
        pairs = sorted((value, each) for each in shown if (value := _value(each)) is not None)
        self._values = [value for value, _ in pairs]
        self._shown = [each for _, each in pairs]

    def holds(self, time_ms: float) -> bool:
        """True if one of them is this time, rounded to the places it is written with, or said in another unit."""
        places, digits = _written(time_ms)
        half = 0.5 * 10.0**-places if time_ms else 0.0
        if self._between(time_ms - half, time_ms + half):
            return True
        return any(self._is_scaled(time_ms, half, digits, scale) for scale in SCALES)

    def _is_scaled(self, time_ms: float, half: float, digits: int, scale: float) -> bool:
        if digits >= DIGITS:
            return bool(self._between((time_ms - half) / scale, (time_ms + half) / scale))
        same = self._between(time_ms / scale, time_ms / scale)
        return digits > 1 and any("." in each or len(each.lstrip("-0")) >= DIGITS for each in same)

    def _between(self, low: float, high: float) -> list[str]:
        """Those from `low` to `high`, as they were printed; a binary fraction is never quite the decimal one."""
        slack = 1e-9 * max(abs(low), abs(high))
        return self._shown[bisect_left(self._values, low - slack) : bisect_right(self._values, high + slack)]


def _value(shown: object) -> float | None:
    try:
        value = float(str(shown))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _written(number: float) -> tuple[int, int]:
    """Places behind the point, and digits that carry meaning: 91.7 has 1 and 3, 1420 has 0 and 3."""
    from decimal import Decimal

    found = Decimal(repr(float(number))).normalize().as_tuple()
    return max(0, -int(found.exponent)), len(found.digits)
