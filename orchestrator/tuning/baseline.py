"""The query as it is: its exact answers, its time, its plan, and where the time goes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg.plan import PlanNode
from orchestrator.tuning.answers import identity, keys
from orchestrator.tuning.bench import Arm, Bench, Execution
from orchestrator.tuning.workload import Workload

MIN_PROBES = 8
NAME = "as it is"


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """`answers` are the exact ones, a list of row keys for each probe in order; times are milliseconds over the same
    probes.
    """

    answers: list[list[str]]
    wall_ms: float
    cpu_ms: float | None
    parallel_ms: float | None
    probes: int
    plan: dict[str, Any]
    causes: list[dict[str, Any]]


def arm(workload: Workload) -> Arm:
    return Arm(name=NAME, query=workload.query)


def measure(bench: Bench, workload: Workload, *, key: str | None, budget_s: float = 20.0) -> Baseline:
    """Runs every probe once, exactly, stopping after `budget_s` seconds but never before eight probes."""
    base = arm(workload)
    for binding in workload.bindings[:2]:
        bench.run(base, binding)
    done = _probes(bench, base, workload, budget_s)
    parallel = Arm(name="parallel", query=workload.query, settings={"max_parallel_workers_per_gather": "2"})
    at_once = [bench.run(parallel, binding).wall_ms for binding in workload.bindings[:5]]
    cpu = [execution.cpu_ms for execution in done if execution.cpu_ms is not None]
    tree = bench.plan(base, workload.bindings[0])
    return Baseline(
        answers=[answer(execution, key) for execution in done],
        wall_ms=median(execution.wall_ms for execution in done),
        cpu_ms=median(cpu) if cpu else None,
        parallel_ms=median(at_once[1:]) if len(at_once) > 1 else None,
        probes=len(done),
        plan=tree.as_json(),
        causes=causes(tree),
    )


def _probes(bench: Bench, base: Arm, workload: Workload, budget_s: float) -> list[Execution]:
    if not workload.bindings:
        raise CouldNotFindOut(f"no parameter values for {workload.id}: there is nothing to measure with")
    begun = time.perf_counter()
    done: list[Execution] = []
    for binding in workload.bindings:
        done.append(bench.run(base, binding))
        if time.perf_counter() - begun > budget_s and len(done) >= MIN_PROBES:
            break
    return done


def answer(execution: Execution, key: str | None) -> list[str]:
    return keys(execution.rows, identity(execution.columns, key))


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


def rows_expected(answers: Sequence[Sequence[str]]) -> list[int]:
    return [len(rows) for rows in answers]
