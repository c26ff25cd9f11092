"""Where a value stands on an axis, in percent of the chart's width, and which values are written below it.

Charts are as wide as the page allows: horizontal places are percentages, vertical ones pixels, so that text keeps its
size on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

STEPS = (1.0, 2.0, 5.0)
SMALLEST = 1e-3


@dataclass(frozen=True, kw_only=True)
class Log:
    """A logarithmic axis from `low` to `high`, drawn between the percentages `left` and `right`."""

    low: float
    high: float
    left: float = 2.0
    right: float = 98.0

    def at(self, value: float) -> float:
        """The place of a value in percent; what is outside the axis stands at its end."""
        inside = min(max(value, self.low), self.high)
        part = log10(inside / self.low) / log10(self.high / self.low)
        return round(self.left + part * (self.right - self.left), 2)

    def ticks(self) -> tuple[float, ...]:
        """Powers of ten, and 2 and 5 of each where the axis is short."""
        every = tuple(value for value in _nice(self.low, self.high) if self.low <= value <= self.high)
        tens = tuple(value for value in every if _is_power(value))
        return every if len(every) <= 6 or len(tens) < 2 else tens


@dataclass(frozen=True, kw_only=True)
class Linear:
    low: float
    high: float
    left: float = 2.0
    right: float = 98.0

    def at(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return round(self.left + (inside - self.low) / (self.high - self.low) * (self.right - self.left), 2)

    def ticks(self) -> tuple[float, ...]:
        """Round steps from the low end, five at most."""
        span = self.high - self.low
        rough = span / 4
        power = 10.0 ** floor(log10(rough))
        step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * 0.999)
        return tuple(round(self.low + step * number, 9) for number in range(floor(span / step + 1e-9) + 1))


def log_over(values: Iterable[float], *, left: float = 2.0, right: float = 98.0) -> Log:
    """A logarithmic axis with round ends around the values; what is not above zero stands at the low end."""
    known = [max(value, SMALLEST) for value in values if isfinite(value)]
    low, high = min(known, default=1.0), max(known, default=1.0)
    ends = list(_nice(low / 5, high * 5))
    below = max(value for value in ends if value <= low * 1.0001)
    above = min(value for value in ends if value >= high * 0.9999 and value > below)
    return Log(low=below, high=above, left=left, right=right)


def linear_from_zero(values: Iterable[float], *, left: float = 2.0, right: float = 98.0) -> Linear:
    high = max((value for value in values if isfinite(value)), default=0.0)
    return Linear(low=0.0, high=high if high > 0 else 1.0, left=left, right=right)


def _nice(low: float, high: float) -> Iterator[float]:
    """1, 2 and 5 times powers of ten, ascending, around the range."""
    for power in range(floor(log10(low)), ceil(log10(high)) + 1):
        for step in STEPS:
            yield float(f"{step}e{power}")


def _is_power(value: float) -> bool:
    return abs(log10(value) - round(log10(value))) < 1e-9
