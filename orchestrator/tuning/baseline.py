"""The query as it is: its exact answers, its time, its plan, and where the time goes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from typing import Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import query as q
from orchestrator.pg.plan import PlanNode
from orchestrator.tuning import answers, exact
from orchestrator.tuning.answers import Exact, Match
from orchestrator.tuning.bench import WITHOUT_INDEX_SCANS, Arm, Bench, Execution
from orchestrator.tuning.workload import Workload

MIN_PROBES = 8
TIMED_RUNS = 12
MIN_RUNS = 3
TIMED_S = 10.0
NAME = "as it is"


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """Times are medians in milliseconds. `exact` are the right answers, one for each probe in order.

    `by_key` says whether a row is named by its key; else all of it is compared. `repeats` is False where the query
    gives different rows each time, so that no answer can be judged. `approximate`: it reads an approximate index, which
    the exact answers were found without.
    """

    exact: Sequence[Exact]
    wall_ms: float
    cpu_ms: float | None
    parallel_ms: float | None
    probes: int
    plan: dict[str, Any]
    causes: list[dict[str, Any]]
    by_key: bool = True
    repeats: bool = True
    approximate: bool = False

    def __post_init__(self) -> None:
        # The records come back from a run's journal as plain dicts.
        object.__setattr__(self, "exact", tuple(exact.read_back(each) for each in self.exact))


def arm(workload: Workload) -> Arm:
    return Arm(name=NAME, query=workload.query)


def measure(bench: Bench, workload: Workload, *, key: str | None, budget_s: float = 20.0) -> Baseline:
    """Answers every probe once exactly, stopping after `budget_s` seconds but never before eight probes; then times."""
    if not workload.bindings:
        raise CouldNotFindOut(f"no parameter values for {workload.id}: there is nothing to measure with")
    base = arm(workload)
    for binding in workload.bindings[:2]:
        bench.run(base, binding)
    approximate = bench.reads_approximately(base, workload.bindings[0])
    right = _answers(bench, workload, approximate=approximate, key=key, budget_s=budget_s)
    by_key = all(len(set(each.keys)) == len(each.keys) for each in right)
    done = _timed(bench, base, workload, len(right), TIMED_RUNS)
    parallel = Arm(name="parallel", query=workload.query, settings={"max_parallel_workers_per_gather": "2"})
    at_once = _timed(bench, parallel, workload, len(right), 5)
    cpu = [execution.cpu_ms for execution in done if execution.cpu_ms is not None]
    tree = bench.plan(base, workload.bindings[0])
    return Baseline(
        exact=right,
        wall_ms=median(execution.wall_ms for execution in done),
        cpu_ms=median(cpu) if cpu else None,
        parallel_ms=median(execution.wall_ms for execution in at_once[1:]),
        probes=len(right),
        plan=tree.as_json(),
        causes=causes(tree),
        by_key=by_key,
        repeats=approximate or _repeats(done, right, key if by_key else None),
        approximate=approximate,
    )


def _answers(bench: Bench, workload: Workload, *, approximate: bool, key: str | None, budget_s: float) -> list[Exact]:
    query = q.read(workload.query)
    asked = Arm(name="exact", query=workload.query, settings=WITHOUT_INDEX_SCANS if approximate else {})
    begun = time.perf_counter()
    found: list[Exact] = []
    for binding in workload.bindings:
        found.append(exact.answer(bench, asked, query, binding, key=key))
        if time.perf_counter() - begun > budget_s and len(found) >= MIN_PROBES:
            break
    return found


def _timed(bench: Bench, arm: Arm, workload: Workload, probes: int, runs: int) -> list[Execution]:
    """`runs` executions over the probes in turn; at least three, after which ten seconds end it."""
    begun = time.perf_counter()
    done: list[Execution] = []
    for binding in islice(cycle(workload.bindings[:probes]), runs):
        done.append(bench.run(arm, binding))
        if len(done) >= MIN_RUNS and time.perf_counter() - begun > TIMED_S:
            break
    return done


def _repeats(done: Sequence[Execution], right: Sequence[Exact], key: str | None) -> bool:
    found = [compare(execution, right[turn % len(right)], key, by_digest=True) for turn, execution in enumerate(done)]
    return all(each.overlap >= 1 and each.same_rows for each in found)


def compare(execution: Execution, right: Exact, key: str | None, *, by_digest: bool) -> Match:
    """How the rows of an execution agree with the exact answer, by their key or, `by_digest`, by all their values."""
    if execution.whole or right.whole:
        return answers.match_whole(right, execution.count, execution.whole)
    position = None if by_digest else answers.identity(execution.columns, key)
    return answers.match(right, answers.keys(execution.rows, position), by_digest=position is None)


def causes(tree: PlanNode) -> list[dict[str, Any]]:
    """The nodes that take at least a tenth of the time, dearest first."""
    whole = max(tree.total_ms, 1e-9)
    dear = sorted((node for node in tree.walk() if node.own_ms >= whole / 10), key=lambda node: -node.own_ms)
    return [
        {
            "node": node.kind,
            "relation": node.relation,
            "condition": node.condition,
            "rows": int(node.actual_rows + node.rows_removed),
            "own_ms": round(node.own_ms, 3),
            "share": round(node.own_ms / whole, 3),
            "says": _words(node, whole),
        }
        for node in dear
    ]


def _words(node: PlanNode, whole: float) -> str:
    share = f"{node.own_ms:.1f} ms of {whole:.1f} ms ({node.own_ms / whole:.0%})"
    if node.kind == "Seq Scan":
        read = int(node.actual_rows + node.rows_removed)
        return f"reads all {read:,} rows of {node.relation} to return {int(node.actual_rows):,}: {share}"
    if "Sort" in node.kind:
        return f"sorts {int(node.actual_rows):,} rows: {share}"
    return (
        f"{node.kind}{' on ' + node.relation if node.relation else ''} handles {int(node.actual_rows):,} rows: {share}"
    )
