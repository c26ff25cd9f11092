"""Candidates against the baseline: which are tried, what each measured, which is kept and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean, median
from typing import Any

from orchestrator.model.errors import UsageError
from orchestrator.pg.catalog import Catalog
from orchestrator.pg.plan import PlanNode, indexes_used
from orchestrator.pg.query import read
from orchestrator.tuning import baseline as baselines
from orchestrator.tuning.answers import overlap
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench, Execution
from orchestrator.tuning.catalogue import all_rules
from orchestrator.tuning.record import Change, IndexDesign, Situation
from orchestrator.tuning.workload import Workload

MIN_SPEEDUP = 1.3
MIN_SAVED_MS = 1.0
MIN_OVERLAP = 0.95
WANTED_OVERLAP = 0.99
SAME_SPEED = 1.25
ROUNDS = 8
FEW_PROBES = 5


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One arm's figures. Times are medians in milliseconds; `overlap` is the mean share of the exact answer found."""

    wall_ms: float
    cpu_ms: float | None
    overlap: float
    same_rows: bool
    fewest_rows: int
    probes: int

    @property
    def cost(self) -> float:
        """CPU time where the system tells it: it hardly moves when other programs run."""
        return self.wall_ms if self.cpu_ms is None else self.cpu_ms


@dataclass(frozen=True, kw_only=True)
class Tried:
    arm: Arm
    rules: tuple[str, ...]
    measured: Measured
    used: tuple[str, ...]  # indexes in its plan
    verdict: str  # "kept", "rejected" or "alternative"
    reason: str


def propose(query: str, catalog: Catalog) -> list[Change]:
    """What all rules propose for the query, alternatives of a slot in the order in which they are preferred."""
    situation = Situation(query=read(query), catalog=catalog)
    found = [change for rule in all_rules() for change in rule.propose(situation)]
    return sorted(found, key=lambda change: (change.slot, change.preferred, change.title))


def first_choice(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The preferred index of each slot."""
    best: dict[str, Change] = {}
    for change in changes:
        if change.index and not change.query:
            best.setdefault(change.slot, change)
    return tuple(best.values())


def arms(workload: Workload, changes: Sequence[Change]) -> list[tuple[Arm, tuple[str, ...]]]:
    """The first candidates: all preferred indexes with the query as it is, then with each rewrite."""
    chosen = first_choice(changes)
    indexes = tuple(change.index.name for change in chosen if change.index)
    rules = tuple(change.rule for change in chosen)
    rewrites = [change for change in changes if change.query and not change.index]
    found = [(Arm(name="indexes only", query=workload.query, indexes=indexes), rules)] if indexes else []
    return found + [
        (Arm(name=change.title, query=change.query, indexes=indexes), (*rules, change.rule)) for change in rewrites
    ]


def summary(executions: Sequence[Execution], exact: Sequence[Sequence[str]], key: str | None) -> Measured:
    """Figures of executions whose n-th answers the n-th (cyclic) exact answer."""
    answers = [baselines.answer(execution, key) for execution in executions]
    wanted = [exact[position % len(exact)] for position in range(len(answers))]
    cpu = [execution.cpu_ms for execution in executions if execution.cpu_ms is not None]
    return Measured(
        wall_ms=median(execution.wall_ms for execution in executions),
        cpu_ms=median(cpu) if cpu else None,
        overlap=mean(overlap(list(right), found) for right, found in zip(wanted, answers, strict=True)),
        same_rows=all(len(right) == len(found) for right, found in zip(wanted, answers, strict=True)),
        fewest_rows=min(map(len, answers)),
        probes=min(len(answers), len(exact)),
    )


def all_probes(bench: Bench, arm: Arm, workload: Workload, base: Baseline, key: str | None) -> Measured:
    """Every probe of the baseline once, after two untimed executions."""
    probes = workload.bindings[: base.probes]
    for binding in probes[:2]:
        bench.run(arm, binding)
    return summary([bench.run(arm, binding) for binding in probes], base.answers, key)


def screen(
    bench: Bench, workload: Workload, base: Baseline, changes: Sequence[Change], key: str | None
) -> tuple[Measured, list[Tried]]:
    """All first candidates and the baseline in interleaved rounds; the fast ones then answer every probe."""
    candidates = arms(workload, changes)
    found = bench.alternate(
        [baselines.arm(workload), *(arm for arm, _ in candidates)], workload.bindings[: base.probes], ROUNDS
    )
    before = summary(found[baselines.NAME], base.answers, key)
    tried = []
    for arm, rules in candidates:
        measured = summary(found[arm.name], base.answers, key)
        if measured.cost * 3 < before.cost:
            measured = all_probes(bench, arm, workload, base, key)
        used = indexes_used(bench.plan(arm, workload.bindings[0]))
        verdict, reason = judge(before, measured, arm, used)
        tried.append(
            Tried(arm=arm, rules=rules, measured=measured, used=tuple(sorted(used)), verdict=verdict, reason=reason)
        )
    return before, tried


def judge(before: Measured, after: Measured, arm: Arm, used: frozenset[str]) -> tuple[str, str]:
    """Whether a candidate may be kept, and the reason with its numbers."""
    if not after.same_rows:
        return "rejected", f"returns fewer rows than the exact answer (as few as {after.fewest_rows})"
    if after.overlap < MIN_OVERLAP:
        return (
            "rejected",
            f"changes the answer: overlap {after.overlap:.3f} with the exact rows, {MIN_OVERLAP} is needed",
        )
    if before.cost / max(after.cost, 1e-6) < MIN_SPEEDUP or before.cost - after.cost < MIN_SAVED_MS:
        unused = sorted(set(arm.indexes) - used)
        because = f"; the planner does not use {' or '.join(unused)} for this query" if unused else ""
        return "rejected", f"not faster: {after.wall_ms:.1f} ms against {before.wall_ms:.1f} ms{because}"
    return (
        "kept",
        f"{before.wall_ms / after.wall_ms:.0f} times faster at overlap {after.overlap:.3f}, same number of rows",
    )


def best(tried: Sequence[Tried]) -> Tried | None:
    """The fastest kept candidate; one that leaves the query alone wins where it is as fast."""
    kept = [item for item in tried if item.verdict == "kept"]
    if not kept:
        return None
    fastest = min(item.measured.cost for item in kept)
    return next(item for item in kept if item.measured.cost <= fastest * SAME_SPEED)


def alternatives(winner: Tried, changes: Sequence[Change], catalog: Catalog) -> list[tuple[Change, Arm]]:
    """The winner with each other index of a slot in place of the preferred one."""
    found = []
    chosen = {change.slot: change for change in first_choice(changes)}
    for change in changes:
        preferred = chosen.get(change.slot)
        if (
            change.index
            and preferred
            and preferred.index
            and change is not preferred
            and preferred.index.name in winner.arm.indexes
        ):
            query = _rewritten_for(change, winner.arm.query, catalog)
            indexes = tuple(change.index.name if name == preferred.index.name else name for name in winner.arm.indexes)
            found.append((change, replace(winner.arm, name=change.title, query=query, indexes=indexes)))
    return found


def _rewritten_for(change: Change, query: str, catalog: Catalog) -> str:
    """The query as the alternative needs it: its own rewrite, derived again from the winner's query."""
    if not change.query:
        return query
    again = [found for found in propose(query, catalog) if found.rule == change.rule and found.slot == change.slot]
    if not again:
        raise UsageError(f"rule {change.rule} does not apply to the rewritten query")
    return again[0].query


@dataclass(frozen=True, kw_only=True)
class Point:
    value: int
    measured: Measured
    index_used: bool


def sweep(
    bench: Bench, arm: Arm, design: IndexDesign, *, workload: Workload, base: Baseline, key: str | None
) -> list[Point]:
    """Recall and time at each value of a setting, up to the first at which the planner leaves the index.

    That last one is measured on a few probes only.
    """
    points: list[Point] = []
    if design.knob is None:
        return points
    for value in design.knob.values:
        at = replace(arm, settings={**arm.settings, design.knob.setting: str(value)})
        used = design.name in indexes_used(bench.plan(at, workload.bindings[0]))
        seen = base if used else replace(base, probes=min(base.probes, FEW_PROBES))
        measured = all_probes(bench, at, workload, seen, key)
        points.append(Point(value=value, measured=measured, index_used=used))
        if not used:
            break
    return points


def choose(points: Sequence[Point], default: int) -> Point:
    """The cheapest point with overlap 0.99 and all rows, or the setting's default where that is good and hardly slower.

    If no point is that good, the one with the highest overlap among those with all rows.
    """
    whole = [point for point in points if point.measured.same_rows and point.index_used] or list(points)
    good = [point for point in whole if point.measured.overlap >= WANTED_OVERLAP]
    if not good:
        return max(whole, key=lambda point: (point.measured.overlap, -point.value))
    cheapest = min(good, key=lambda point: point.measured.cost)
    unset = next((point for point in good if point.value == default), None)
    return unset if unset and unset.measured.cost <= cheapest.measured.cost * SAME_SPEED else cheapest


def needed(bench: Bench, arm: Arm, workload: Workload) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Backward elimination: each index is hidden in turn and kept only if the query is then at least a tenth slower."""
    kept = list(arm.indexes)
    report = []
    for name in arm.indexes:
        without = replace(arm, name=f"without {name}", indexes=tuple(other for other in kept if other != name))
        found = bench.alternate([replace(arm, indexes=tuple(kept)), without], workload.bindings, 4)
        times = {label: median(_cost(execution) for execution in executions) for label, executions in found.items()}
        slower = times[without.name] / max(times[arm.name], 1e-6)
        report.append(
            {
                "index": name,
                "without_ms": round(times[without.name], 3),
                "with_ms": round(times[arm.name], 3),
                "needed": slower > 1.1,
            }
        )
        if slower <= 1.1:
            kept.remove(name)
    return report, tuple(kept)


def _cost(execution: Execution) -> float:
    return execution.wall_ms if execution.cpu_ms is None else execution.cpu_ms


def plan_of(bench: Bench, arm: Arm, binding: Mapping[str, Any]) -> PlanNode:
    bench.run(arm, binding)
    return bench.plan(arm, binding)
