"""Which of several index types is built: the same one for all queries, by figures measured on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator.pg.catalog import Catalog
from orchestrator.pg.plan import indexes_used
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench
from orchestrator.tuning.experiment import SAME_SPEED, Tried, alternatives, available, first_choice
from orchestrator.tuning.record import Change, IndexDesign
from orchestrator.tuning.verdict import MIN_OVERLAP, Measured, all_probes
from orchestrator.tuning.workload import Workload

WANTED_OVERLAP = 0.98
# An index that asks more of the query, a cast for example, has to be this many times faster than one that does not.
CLEARLY_FASTER = 1.5
FEW_PROBES = 5


@dataclass(frozen=True, kw_only=True)
class Point:
    value: int
    measured: Measured
    index_used: bool


def sweep(
    bench: Bench, arm: Arm, design: IndexDesign, *, workload: Workload, base: Baseline, key: str | None
) -> list[Point]:
    """Recall and time at each value of a setting, up to the first at which the planner leaves the index.

    That last one is measured on a few probes only. Where the arm itself needs a value, none below it is tried.
    """
    points: list[Point] = []
    if design.knob is None:
        return points
    least = int(arm.settings.get(design.knob.setting, 0))
    for value in sorted({value for value in design.knob.values if value >= least} | ({least} if least else set())):
        at = replace(arm, settings={**arm.settings, design.knob.setting: str(value)})
        used = design.name in indexes_used(bench.plan(at, workload.bindings[0]))
        seen = base if used else replace(base, probes=min(base.probes, FEW_PROBES))
        measured = all_probes(bench, at, workload, seen, key=key).measured
        points.append(Point(value=value, measured=measured, index_used=used))
        if not used:
            break
    return points


def choose(points: Sequence[Point], default: int) -> Point:
    """The smallest value with overlap 0.98 and all rows, from the setting's default on: what is good unset stays unset.

    If no point is that good, the one with the highest overlap among those with all rows.
    """
    whole = [point for point in points if point.measured.same_rows and point.index_used] or list(points)
    good = [point for point in whole if point.value >= default and point.measured.overlap >= WANTED_OVERLAP]
    return good[0] if good else max(whole, key=lambda point: (point.measured.overlap, -point.value))


@dataclass(frozen=True, kw_only=True)
class Option:
    """One index type for one query: its curve over the setting that trades recall for time, and the point to use."""

    workload: str
    change: Change
    arm: Arm
    curve: tuple[Point, ...]
    point: Point

    @property
    def acceptable(self) -> bool:
        return self.point.measured.same_rows and self.point.measured.overlap >= MIN_OVERLAP and self.point.index_used


def options(
    bench: Bench,
    workload: Workload,
    base: Baseline,
    winner: Tried,
    *,
    changes: Sequence[Change],
    catalog: Catalog,
    key: str | None,
) -> list[Option]:
    """The winner with its own index and with each alternative, where the index has a setting to trade with."""
    changes = available(bench, changes)
    own = [
        (change, winner.arm)
        for change in first_choice(changes)
        if change.index and change.index.name in winner.arm.indexes
    ]
    found = []
    for change, arm in own + alternatives(winner, changes, catalog):
        design = change.index
        if design is None or design.knob is None:
            continue
        curve = tuple(sweep(bench, arm, design, workload=workload, base=base, key=key))
        found.append(
            Option(workload=workload.id, change=change, arm=arm, curve=curve, point=choose(curve, design.knob.default))
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Choice:
    slot: str
    index: IndexDesign
    reason: str
    rejected: tuple[tuple[str, str], ...]  # index name and why not


def decide(found: Sequence[Option], sizes: dict[str, int]) -> list[Choice]:
    """One index for each slot: good for every query, not clearly slower than the fastest, asking least of it."""
    return [
        _decide(slot, [option for option in found if option.change.slot == slot], sizes)
        for slot in dict.fromkeys(o.change.slot for o in found)
    ]


def _decide(slot: str, found: Sequence[Option], sizes: dict[str, int]) -> Choice:
    by_index: dict[str, list[Option]] = {}
    for option in found:
        if option.change.index:
            by_index.setdefault(option.change.index.name, []).append(option)
    queries = {option.workload for option in found}
    complete = {name: each for name, each in by_index.items() if {option.workload for option in each} == queries}
    sound = {name: each for name, each in complete.items() if all(option.acceptable for option in each)}
    sound = sound or complete or by_index
    cost = {name: sum(option.point.measured.cost for option in each) for name, each in sound.items()}
    close = [name for name in sound if cost[name] <= min(cost.values()) * CLEARLY_FASTER]
    chosen = min(close, key=lambda name: (sound[name][0].change.preferred, cost[name]))
    index = sound[chosen][0].change.index
    if index is None:
        raise LookupError(chosen)
    others = tuple((name, _against(name, by_index, chosen, sizes)) for name in by_index if name != chosen)
    return Choice(
        slot=slot, index=index, reason=f"{_figures(by_index[chosen])}, {_megabytes(sizes[chosen])}", rejected=others
    )


def _figures(each: Sequence[Option]) -> str:
    points = [(option.workload.replace("_", " "), option.point.measured) for option in each]
    return "; ".join(f"{name} {found.wall_ms:.1f} ms at overlap {found.overlap:.3f}" for name, found in points)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _against(name: str, by_index: dict[str, list[Option]], chosen: str, sizes: dict[str, int]) -> str:
    own = f"{_figures(by_index[name])}, {_megabytes(sizes[name])}"
    if not all(option.acceptable for option in by_index[name]):
        return f"loses rows of the exact answer: {own}"
    mine, theirs = (sum(option.point.measured.cost for option in by_index[index]) for index in (chosen, name))
    if theirs > mine * SAME_SPEED:
        return f"slower: {own}"
    saved = 1 - sizes[name] / sizes[chosen]
    cast = "; every query has to repeat its cast" if by_index[name][0].change.query else ""
    smaller = f", {saved:.0%} smaller" if saved > 0 else ""
    return f"not clearly faster{smaller}: {own}{cast}"
