"""The geometry of the two charts over time: locks while a migration runs, and the steps of the run. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestrator.report import figures
from orchestrator.report.charts import Mark, anchor
from orchestrator.report.reading import PHASES, blocked
from orchestrator.report.scale import Linear, linear_from_zero

LOCK_ROW = 34
LABEL_CHARACTERS = 46
NARROWEST = 0.8  # percent: a lock that was seen once still shows


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`blocks` is "nothing", "schema", "writes" or "all": the pattern that the bar is drawn with."""

    x: float
    width: float
    y: float
    text: str
    said: str
    blocks: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """One statement, drawn from `x` on, with the locks it took on relations that were there before."""

    number: int
    sql: str
    said: str
    x: float
    width: float
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class PhaseChart:
    """`unlocked` counts the statements of the phase for which no such lock was seen."""

    name: str
    title: str
    groups: tuple[Group, ...]
    ticks: tuple[Mark, ...]
    unlocked: int


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    seconds: float
    width: float


def locks(proof: Mapping[str, Any]) -> list[PhaseChart]:
    """A chart for each phase that was reached, all on one scale of milliseconds."""
    ends = [each["to_ms"] for each in proof["timeline"]] + [
        each["from_ms"] + each["ms"] for each in proof["statements"]
    ]
    scale = linear_from_zero(ends)
    return [_phase(name, title, proof, scale) for name, title in PHASES.items() if name in proof["phases"]]


def _phase(name: str, title: str, proof: Mapping[str, Any], scale: Linear) -> PhaseChart:
    statements = [each for each in proof["statements"] if each["phase"] == name]
    found = [(statement, _worth_showing(statement, proof["timeline"])) for statement in statements]
    groups = tuple(_group(statement, held, scale) for statement, held in found if held)
    return PhaseChart(
        name=name,
        title=title,
        groups=groups,
        ticks=tuple(
            Mark(x=scale.at(value), y=14, text=f"{value:g}", anchor=anchor(scale.at(value))) for value in scale.ticks()
        ),
        unlocked=len(statements) - len(groups),
    )


def _worth_showing(statement: Mapping[str, Any], timeline: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Its locks on relations that were there before, longest first. Nobody else uses what the revision itself made."""
    existing = {(lock["relation"], lock["mode"]): lock["blocks"] for lock in statement["locks"] if lock["existing"]}
    held = [
        {**each, "blocks": existing[each["relation"], each["mode"]]}
        for each in timeline
        if each["statement_index"] == statement["index"] and (each["relation"], each["mode"]) in existing
    ]
    return sorted(held, key=lambda each: (each["from_ms"] - each["to_ms"], each["relation"]))


def _group(statement: Mapping[str, Any], held: Sequence[Mapping[str, Any]], scale: Linear) -> Group:
    start, end = statement["from_ms"], statement["from_ms"] + statement["ms"]
    number = statement["index"] + 1
    sql = figures.shortened(statement["sql"])
    return Group(
        number=number,
        sql=sql,
        said=f"statement {number}, {figures.ms(statement['ms'])}: {sql}",
        x=scale.at(start),
        width=_width(start, end, scale),
        height=8 + LOCK_ROW * len(held),
        bars=tuple(_bar(each, scale, 8.0 + LOCK_ROW * position) for position, each in enumerate(held)),
    )


def _bar(held: Mapping[str, Any], scale: Linear, y: float) -> Bar:
    lasted = held["to_ms"] - held["from_ms"]
    seen = figures.ms(lasted) if lasted > 0 else "seen once"
    patterns = {"nothing": "nothing", "schema changes": "schema", "writes": "writes", "reads and writes": "all"}
    return Bar(
        x=scale.at(held["from_ms"]),
        width=_width(held["from_ms"], held["to_ms"], scale),
        y=y,
        text=figures.shortened(f"{held['mode']} on {held['relation']}, {seen}", LABEL_CHARACTERS),
        said=f"{held['mode']} on {held['relation']}, {seen}: {blocked(held['blocks'])}",
        blocks=patterns.get(held["blocks"], "all"),
    )


def _width(start: float, end: float, scale: Linear) -> float:
    return round(max(scale.at(end) - scale.at(start), NARROWEST), 2)


def steps(seconds: Mapping[str, float]) -> list[Step]:
    longest = max(seconds.values(), default=0.0) or 1.0
    return [
        Step(name=name, seconds=value, width=round(max(value / longest * 100, 0.3), 2))
        for name, value in seconds.items()
    ]
