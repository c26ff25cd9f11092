"""How large a change is, with an interval: paired trials in, ratio out. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

MIN_PAIRS = 8
RESAMPLES = 2000


class TooFewTrials(ValueError):
    """Fewer pairs than an interval can be given for."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Medians in milliseconds and their ratio, with a 95 % interval from resampling the pairs."""

    before_ms: float
    after_ms: float
    ratio: float
    ratio_low: float
    ratio_high: float
    before_p95_ms: float
    after_p95_ms: float
    pairs: int


def p95(times: Sequence[float]) -> float:
    """The 95th percentile by nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]


def compare(before: Sequence[float], after: Sequence[float], *, seed: int = 1) -> Effect:
    """Ratio of the medians of `before` and `after`, milliseconds.

    Trials are paired: the n-th of each ran back to back on the same parameters. The interval is the percentile
    bootstrap over pairs, repeatable by `seed`. Raises TooFewTrials below 8 pairs and ValueError where the pairs do not
    match.
    """
    pairs = list(zip(before, after, strict=True))
    if len(pairs) < MIN_PAIRS:
        raise TooFewTrials(f"{len(pairs)} pairs, at least {MIN_PAIRS} are needed for an interval")
    draw = Random(seed)  # noqa: S311 (resampling, not secrets)
    ratios = sorted(_ratio(draw.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return Effect(
        before_ms=median(before),
        after_ms=median(after),
        ratio=_ratio(pairs),
        ratio_low=ratios[int(RESAMPLES * 0.025)],
        ratio_high=ratios[int(RESAMPLES * 0.975) - 1],
        before_p95_ms=p95(before),
        after_p95_ms=p95(after),
        pairs=len(pairs),
    )


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return median(before for before, _ in pairs) / max(median(after for _, after in pairs), 1e-6)
