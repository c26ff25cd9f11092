"""What one arm was measured at, and whether it may be kept: the answer first, then the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from orchestrator.tuning import baseline as baselines
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench, Execution
from orchestrator.tuning.catalogue import all_rules
from orchestrator.tuning.workload import Workload

MIN_SPEEDUP = 1.3
MIN_SAVED_MS = 1.0
MIN_OVERLAP = 0.95
MIN_IN_ORDER = 0.9


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
class Answered:
    """An arm's figures, and the mean share of row pairs that come in the right order."""

    measured: Measured
    in_order: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What an answer must reach. `left_open`: only exact indexes were added, so whatever differs the query leaves open.

    `refused` is a reason not to keep the arm whatever it measures, or "".
    """

    overlap: float = MIN_OVERLAP
    in_order: float = MIN_IN_ORDER
    left_open: bool = False
    refused: str = ""


def exactly(rules: Sequence[str]) -> bool:
    """True when every one of the rules promises the same rows, so that all values have to agree."""
    return all(rule.keeps == "equal" for rule in all_rules() if rule.id in rules)


def bounds(base: Baseline, before: Measured, rules: Sequence[str], *, rewritten: bool, caveat: str = "") -> Bounds:
    if not base.repeats:
        return Bounds(refused="the query gives other rows each time it is run, so that no answer to it can be judged")
    if exactly(rules):
        return Bounds(overlap=1.0, in_order=1.0, left_open=not rewritten, refused=caveat)
    wanted = min(MIN_OVERLAP, before.overlap) if base.approximate else MIN_OVERLAP
    return Bounds(overlap=wanted, refused=caveat)


def summary(executions: Sequence[Execution], base: Baseline, key: str | None, *, by_digest: bool = False) -> Answered:
    """Figures of executions whose n-th answers the n-th (cyclic) probe of the baseline."""
    by_digest = by_digest or not base.by_key
    found = [
        baselines.compare(execution, base.exact[turn % base.probes], key, by_digest=by_digest)
        for turn, execution in enumerate(executions)
    ]
    cpu = [execution.cpu_ms for execution in executions if execution.cpu_ms is not None]
    measured = Measured(
        wall_ms=median(execution.wall_ms for execution in executions),
        cpu_ms=median(cpu) if cpu else None,
        overlap=mean(each.overlap for each in found),
        same_rows=all(each.same_rows for each in found),
        fewest_rows=min(execution.count for execution in executions),
        probes=min(len(executions), base.probes),
    )
    return Answered(measured=measured, in_order=mean(each.in_order for each in found))


def all_probes(
    bench: Bench, arm: Arm, workload: Workload, base: Baseline, *, key: str | None, by_digest: bool = False
) -> Answered:
    """Every probe of the baseline once, after two untimed executions."""
    probes = workload.bindings[: base.probes]
    for binding in probes[:2]:
        bench.run(arm, binding)
    return summary([bench.run(arm, binding) for binding in probes], base, key, by_digest=by_digest)


def judge(
    before: Measured, answered: Answered, arm: Arm, used: frozenset[str], bounds: Bounds | None = None
) -> tuple[str, str]:
    """Whether a candidate may be kept ("kept" or "rejected"), and the reason with its numbers."""
    after, bounds = answered.measured, bounds or Bounds()
    fault = _fault(answered, bounds)
    if fault:
        return "rejected", fault
    times = f"{after.wall_ms:.1f} ms against {before.wall_ms:.1f} ms"
    if before.cost / max(after.cost, 1e-6) < MIN_SPEEDUP:
        unused = sorted(set(arm.indexes) - used)
        because = f"; the planner does not use {' or '.join(unused)} for this query" if unused else ""
        return "rejected", f"not faster: {times}{because}"
    if before.cost - after.cost < MIN_SAVED_MS:
        return "rejected", f"faster by less than a millisecond: {times}"
    open_rows = "; the rows that differ are those that the query leaves open" if after.overlap < bounds.overlap else ""
    return (
        "kept",
        f"{_times(before, after)} times faster at overlap {after.overlap:.3f}, same number of rows{open_rows}",
    )


def _fault(answered: Answered, bounds: Bounds) -> str:
    """What is wrong with the answer, or ""."""
    after = answered.measured
    if not after.same_rows:
        return f"returns another number of rows than the exact answer (as few as {after.fewest_rows})"
    if bounds.refused:
        return f"{bounds.refused} (overlap {after.overlap:.3f} on these probes)"
    if bounds.left_open:
        return ""
    if after.overlap < bounds.overlap:
        return f"changes the answer: overlap {after.overlap:.3f} with the exact rows, {bounds.overlap:.3g} is needed"
    if answered.in_order < bounds.in_order:
        return f"returns the rows in another order: {answered.in_order:.0%} of the pairs are as in the exact answer"
    return ""


def _times(before: Measured, after: Measured) -> str:
    ratio = before.cost / max(after.cost, 1e-6)
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"
