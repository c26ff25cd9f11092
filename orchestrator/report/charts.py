"""The geometry of the measured charts: paired trials, ratios, recall against latency. Pure; templates draw it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from orchestrator.report import figures
from orchestrator.report.scale import Log, log_over

ROW = 46  # pixels of one row of dots, its label included
AXIS = 26
NAME_CHARACTERS = 18  # beside its figures on a phone
DOT_SPREAD = (0, 4, -4, 2, -2)
# Widest page a curve is drawn on at 100 %; labels are placed so that they do not meet at this width.
CURVE_WIDTH = 290
CURVE_TOP, CURVE_BOTTOM = 46.0, 160.0
LABEL_AT = (-11, 20, -24, 33)  # pixels from a point to its label's baseline, best first


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A place with its words. `x` is percent, `y` pixels, `anchor` the SVG text-anchor that keeps the words inside."""

    x: float
    y: float
    text: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, kw_only=True)
class Box:
    """Pixels."""

    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, kw_only=True)
class Dots:
    """The trials of one arm on one line: a dot each, a thick mark at the median."""

    arm: str  # "before" or "after"
    y: float
    low: float
    high: float
    median: Mark
    dots: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class TrialsChart:
    query: str
    rows: tuple[Dots, ...]
    ticks: tuple[Mark, ...]
    height: float
    said: str


@dataclass(frozen=True, kw_only=True)
class Whisker:
    """A ratio with its interval."""

    name: str
    x: float
    low: float
    high: float
    y: float
    said: str


@dataclass(frozen=True, kw_only=True)
class RatioChart:
    whiskers: tuple[Whisker, ...]
    ticks: tuple[Mark, ...]
    unity: float | None
    height: float


@dataclass(frozen=True, kw_only=True)
class CurvePoint:
    x: float
    y: float
    value: str
    label: Mark
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class CurveChart:
    """One index type for one query. `left_out` are the values at which the planner does not use the index."""

    query: str
    method: str
    index: str
    setting: str
    chosen: str
    taken: bool
    points: tuple[CurvePoint, ...]
    x_ticks: tuple[Mark, ...]
    y_ticks: tuple[Mark, ...]
    left_out: tuple[str, ...]
    said: str
    height: float = CURVE_BOTTOM + 40


def anchor(x: float) -> str:
    if x < 15:
        return "start"
    return "end" if x > 85 else "middle"


def trials(queries: Sequence[Mapping[str, Any]]) -> list[TrialsChart]:
    """One chart for each query with paired trials, all on one axis, so that they can be compared."""
    shown = [query for query in queries if query["effect"] and query["trials"]]
    every = [value for query in shown for arm in ("before", "after") for value in query["trials"][f"{arm}_wall_ms"]]
    scale = log_over(every)
    return [_trials(query, scale) for query in shown]


def _trials(query: Mapping[str, Any], scale: Log) -> TrialsChart:
    wall = query["effect"]["wall"]
    rows = tuple(
        _dots(arm, query["trials"][f"{arm}_wall_ms"], wall[f"{arm}_ms"], position, scale)
        for position, arm in enumerate(("before", "after"))
    )
    height = len(rows) * ROW + AXIS
    said = (
        f"{figures.ms(wall['before_ms'])} before, {figures.ms(wall['after_ms'])} after:"
        f" {figures.times(wall['ratio'])} faster, 95 % interval {figures.interval(wall)}, {wall['pairs']} pairs"
    )
    return TrialsChart(
        query=figures.words(query["id"]), rows=rows, ticks=_ticks(scale, height), height=height, said=said
    )


def _dots(arm: str, found: Sequence[float], median: float, position: int, scale: Log) -> Dots:
    y = position * ROW + 30.0
    at = scale.at(median)
    spread = [
        Mark(x=scale.at(value), y=y + DOT_SPREAD[number % len(DOT_SPREAD)], text=figures.ms(value))
        for number, value in enumerate(found)
    ]
    return Dots(
        arm=arm,
        y=y,
        low=scale.at(min(found, default=median)),
        high=scale.at(max(found, default=median)),
        median=Mark(x=at, y=y, text=f"{arm} {figures.ms(median)}", anchor=anchor(at)),
        dots=tuple(spread),
    )


def _ticks(scale: Log, height: float) -> tuple[Mark, ...]:
    return tuple(
        Mark(x=scale.at(value), y=height, text=f"{value:g}", anchor=anchor(scale.at(value))) for value in scale.ticks()
    )


def ratios(queries: Sequence[Mapping[str, Any]]) -> RatioChart | None:
    """How many times faster, with the interval, by the clock and by the CPU time of the backend where it is known."""
    named = [
        (f"{_short(query)}, {'wall clock' if clock == 'wall' else 'CPU time'}", query["effect"][clock])
        for query in queries
        if query["effect"]
        for clock in ("wall", "cpu")
        if query["effect"][clock]
    ]
    if not named:
        return None
    scale = log_over([1.0, *(effect[key] for _, effect in named for key in ("ratio_low", "ratio", "ratio_high"))])
    height = len(named) * 40 + AXIS
    return RatioChart(
        whiskers=tuple(_whisker(name, effect, position, scale) for position, (name, effect) in enumerate(named)),
        ticks=tuple(
            Mark(x=scale.at(value), y=height, text=f"{value:g}×", anchor=anchor(scale.at(value)))
            for value in scale.ticks()
        ),
        unity=scale.at(1.0),
        height=height,
    )


def _short(query: Mapping[str, Any]) -> str:
    return figures.shortened(figures.words(query["id"]), NAME_CHARACTERS)


def _whisker(name: str, effect: Mapping[str, Any], position: int, scale: Log) -> Whisker:
    said = f"{figures.times(effect['ratio'])} ({figures.interval(effect)})"
    return Whisker(
        name=name,
        x=scale.at(effect["ratio"]),
        low=scale.at(effect["ratio_low"]),
        high=scale.at(effect["ratio_high"]),
        y=position * 40 + 28.0,
        said=said,
    )


def curves(query: Mapping[str, Any], taken: Container[str] = ()) -> list[CurveChart]:
    """The curves of one query, all on the same axes. `taken` are the names of the indexes that were chosen."""
    used = [point["measured"] for curve in query["curves"] for point in curve["points"] if point["index_used"]]
    if not used:
        return []
    across = log_over([each["wall_ms"] for each in used], left=13.0, right=95.0)
    lowest = floor(min(each["overlap"] for each in used) * 20 + 1e-9) / 20
    lowest = min(max(lowest, 0.0), 0.95)
    return [_curve(query, curve, across, lowest, curve["index"] in taken) for curve in query["curves"]]


def height_of(overlap: float, lowest: float) -> float:
    """Pixels from the top for an overlap on an axis from `lowest` to 1."""
    part = (min(max(overlap, lowest), 1.0) - lowest) / (1.0 - lowest)
    return round(CURVE_BOTTOM - part * (CURVE_BOTTOM - CURVE_TOP), 1)


def _curve(query: Mapping[str, Any], curve: Mapping[str, Any], across: Log, lowest: float, taken: bool) -> CurveChart:
    drawn = [point for point in curve["points"] if point["index_used"]]
    left_out = tuple(
        f"{point['value']} ({figures.ms(point['measured']['wall_ms'])})"
        for point in curve["points"]
        if not point["index_used"]
    )
    places = [
        (across.at(point["measured"]["wall_ms"]), height_of(point["measured"]["overlap"], lowest)) for point in drawn
    ]
    labels = place_labels(places, [str(point["value"]) for point in drawn])
    points = tuple(
        CurvePoint(
            x=x,
            y=y,
            value=_point_words(curve["setting"], point),
            label=label,
            chosen=point["value"] == curve["chosen"],
        )
        for point, (x, y), label in zip(drawn, places, labels, strict=True)
    )
    said = "; ".join(point.value + (" (chosen)" if point.chosen else "") for point in points)
    return CurveChart(
        query=figures.words(query["id"]),
        method=curve["method"],
        index=curve["index"],
        setting=curve["setting"],
        chosen=str(curve["chosen"]),
        taken=taken,
        points=points,
        x_ticks=_ticks(across, CURVE_BOTTOM + 18),
        y_ticks=tuple(
            Mark(x=11.0, y=height_of(each, lowest), text=f"{each:.3g}", anchor="end")
            for each in (lowest, (lowest + 1) / 2, 1.0)
        ),
        left_out=left_out,
        said=said or "the planner does not use this index at any value",
    )


def _point_words(setting: str, point: Mapping[str, Any]) -> str:
    measured = point["measured"]
    time, overlap = figures.ms(measured["wall_ms"]), figures.overlap(measured["overlap"])
    return f"{setting} = {point['value']}: {time}, overlap {overlap}"


def place_labels(places: Sequence[tuple[float, float]], texts: Sequence[str]) -> list[Mark]:
    """A label above or below each point, where it meets no other label and no other point."""
    found: list[Mark] = []
    taken: list[Box] = []
    for number, ((x, y), text) in enumerate(zip(places, texts, strict=True)):
        points = [_box(px, py + 5, "o") for other, (px, py) in enumerate(places) if other != number]
        boxes = {offset: _box(x, y + offset, text) for offset in LABEL_AT}
        best = min(
            LABEL_AT,
            key=lambda offset: (
                sum(map(boxes[offset].meets, taken)),
                sum(map(boxes[offset].meets, points)),
                LABEL_AT.index(offset),
            ),
        )
        taken.append(boxes[best])
        found.append(Mark(x=x, y=y + best, text=text))
    return found


def _box(x: float, y: float, text: str) -> Box:
    """What a text takes up with its middle at `x` percent and its baseline at `y`."""
    middle, half = x / 100 * CURVE_WIDTH, len(text) * 3.6 + 1
    return Box(left=middle - half, right=middle + half, top=y - 10, bottom=y + 1)
