"""Candidates against the baseline: which are tried, what each measured, which is kept and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg.catalog import Catalog, Relation
from orchestrator.pg.plan import PlanNode, indexes_used
from orchestrator.pg.query import read, shadowed
from orchestrator.tuning import baseline as baselines
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench, Execution
from orchestrator.tuning.catalogue import all_rules
from orchestrator.tuning.record import Change, Situation
from orchestrator.tuning.verdict import Bounds, Measured, all_probes, bounds, exactly, judge, summary
from orchestrator.tuning.workload import Workload

SAME_SPEED = 1.25
ROUNDS = 8
INDEXES_ONLY = "indexes only"
# The figures of a candidate that did not run even once.
NOT_RUN = Measured(wall_ms=0.0, cpu_ms=None, overlap=0.0, same_rows=False, fewest_rows=0, probes=0)
# An index without which the query takes less than this many times as long is dropped again.
NEEDED = 1.1


@dataclass(frozen=True, kw_only=True)
class Tried:
    arm: Arm
    rules: tuple[str, ...]
    measured: Measured
    used: tuple[str, ...]  # indexes in its plan
    verdict: str  # "kept", "rejected" or "alternative"
    reason: str


def propose(query: str, catalog: Catalog) -> list[Change]:
    """What all rules propose for the query, alternatives of a slot in the order in which they are preferred.

    Indexes made to be measured do not count as there, and a name that a WITH clause takes over is not looked at.
    """
    parsed = read(query)
    hidden = shadowed(parsed.tree)
    relations = tuple(_without_candidates(each) for each in catalog.relations if each.asked not in hidden)
    situation = Situation(query=parsed, catalog=replace(catalog, relations=relations))
    found = [change for rule in all_rules() for change in rule.propose(situation)]
    return sorted(found, key=lambda change: (change.slot, change.preferred, change.title))


def _without_candidates(relation: Relation) -> Relation:
    return replace(relation, indexes=tuple(index for index in relation.indexes if not index.is_candidate))


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
    found = [(Arm(name=INDEXES_ONLY, query=workload.query, indexes=indexes), rules)] if indexes else []
    return found + [
        (
            Arm(name=change.title, query=change.query, indexes=indexes, settings=change.settings),
            (*rules, change.rule),
        )
        for change in rewrites
    ]


def single_arms(workload: Workload, changes: Sequence[Change]) -> list[tuple[Arm, tuple[str, ...]]]:
    """Each preferred index alone, where there are several."""
    chosen = [(change.index, change) for change in first_choice(changes) if change.index]
    found: list[tuple[Arm, tuple[str, ...]]] = [
        (Arm(name=f"only {change.title}", query=workload.query, indexes=(index.name,)), (change.rule,))
        for index, change in chosen
    ]
    return found if len(found) > 1 else []


def available(bench: Bench, changes: Sequence[Change]) -> list[Change]:
    """The changes whose index, if they have one, is there."""
    missing = bench.missing(change.index.name for change in changes if change.index)
    return [change for change in changes if not change.index or change.index.name not in missing]


@dataclass(frozen=True, kw_only=True)
class Screening:
    """What all candidates of one query are measured with."""

    bench: Bench
    workload: Workload
    base: Baseline
    changes: Sequence[Change]
    key: str | None

    def run(self, candidates: Sequence[tuple[Arm, tuple[str, ...]]]) -> tuple[Measured, list[Tried]]:
        failed: dict[str, str] = {}
        arms = [baselines.arm(self.workload), *(arm for arm, _ in candidates)]
        bindings = self.workload.bindings[: self.base.probes]
        found = self.bench.alternate(arms, bindings, ROUNDS, failed=failed)
        before = summary(found[baselines.NAME], self.base, self.key).measured
        return before, [
            self._failed(arm, rules, failed[arm.name], found[arm.name])
            if arm.name in failed
            else self._judged(arm, rules, found[arm.name], before)
            for arm, rules in candidates
        ]

    def _failed(self, arm: Arm, rules: tuple[str, ...], reason: str, done: Sequence[Execution]) -> Tried:
        measured = summary(done, self.base, self.key).measured if done else NOT_RUN
        return Tried(arm=arm, rules=rules, measured=measured, used=(), verdict="rejected", reason=reason)

    def _judged(self, arm: Arm, rules: tuple[str, ...], done: Sequence[Execution], before: Measured) -> Tried:
        by_digest = exactly(rules)
        answered = summary(done, self.base, self.key, by_digest=by_digest)
        try:
            if answered.measured.cost * 3 < before.cost:
                answered = all_probes(self.bench, arm, self.workload, self.base, key=self.key, by_digest=by_digest)
            used = indexes_used(self.bench.plan(arm, self.workload.bindings[0]))
        except CouldNotFindOut as error:
            if self.bench.connection.broken:
                raise
            return self._failed(arm, rules, error.message, done)
        verdict, reason = judge(before, answered, arm, used, self._bounds(arm, rules, before))
        return Tried(
            arm=arm,
            rules=rules,
            measured=answered.measured,
            used=tuple(sorted(used)),
            verdict=verdict,
            reason=reason,
        )

    def _bounds(self, arm: Arm, rules: tuple[str, ...], before: Measured) -> Bounds:
        caveat = next((change.caveat for change in self.changes if change.query == arm.query and change.caveat), "")
        return bounds(self.base, before, rules, rewritten=arm.query != self.workload.query, caveat=caveat)


def screen(
    bench: Bench, workload: Workload, base: Baseline, changes: Sequence[Change], key: str | None
) -> tuple[Measured, list[Tried]]:
    """All first candidates and the baseline in interleaved rounds; the fast ones then answer every probe.

    Where all indexes together change the answer, each is tried alone as well. A candidate that fails is rejected with
    the reason, and so is an index that could not be built.
    """
    lost = [
        Tried(
            arm=Arm(name=change.title, query=change.query or workload.query, indexes=(change.index.name,)),
            rules=(change.rule,),
            measured=NOT_RUN,
            used=(),
            verdict="rejected",
            reason=bench.failed[change.index.name],
        )
        for change in changes
        if change.index and change.index.name in bench.failed
    ]
    changes = available(bench, changes)
    trial = Screening(bench=bench, workload=workload, base=base, changes=changes, key=key)
    before, tried = trial.run(arms(workload, changes))
    tried += lost
    first = next((item for item in tried if item.arm.name == INDEXES_ONLY), None)
    if first and first.verdict == "rejected" and not (first.measured.same_rows and first.measured.overlap >= 1):
        tried += trial.run(single_arms(workload, changes))[1]
    return before, tried


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
            if query is None:
                continue
            indexes = tuple(change.index.name if name == preferred.index.name else name for name in winner.arm.indexes)
            found.append((change, replace(winner.arm, name=change.title, query=query, indexes=indexes)))
    return found


def _rewritten_for(change: Change, query: str, catalog: Catalog) -> str | None:
    """The query as the alternative needs it, derived again from the winner's query; None where that cannot be."""
    if not change.query:
        return query
    again = (found for found in propose(query, catalog) if found.rule == change.rule and found.slot == change.slot)
    return next((found.query for found in again), None)


def needed(bench: Bench, arm: Arm, workload: Workload) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Backward elimination: each index is hidden in turn and kept only if the query is then at least a tenth slower."""
    kept = list(arm.indexes)
    report = []
    for name in arm.indexes:
        full = replace(arm, indexes=tuple(kept))
        without = replace(arm, name=f"without {name}", indexes=tuple(other for other in kept if other != name))
        failed: dict[str, str] = {}
        found = bench.alternate([full, without], workload.bindings, 4, failed=failed)
        with_ms, without_ms = (
            median([_cost(execution) for execution in found[label]] or [bench.timeout_s * 1000])
            for label in (full.name, without.name)
        )
        is_needed = bool(failed) or without_ms / max(with_ms, 1e-6) > NEEDED
        report.append(
            {
                "index": name,
                "without_ms": round(without_ms, 3),
                "with_ms": round(with_ms, 3),
                "needed": is_needed,
            }
        )
        if not is_needed:
            kept.remove(name)
    return report, tuple(kept)


def _cost(execution: Execution) -> float:
    return execution.wall_ms if execution.cpu_ms is None else execution.cpu_ms


def plan_of(bench: Bench, arm: Arm, binding: Mapping[str, Any]) -> PlanNode:
    bench.run(arm, binding)
    return bench.plan(arm, binding)
