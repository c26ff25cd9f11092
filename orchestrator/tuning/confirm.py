"""The chosen candidate measured again, against the baseline in the same minute, and what it costs on writes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from orchestrator.pg.catalog import Relation, quoted
from orchestrator.pg.plan import indexes_used
from orchestrator.tuning import baseline as baselines
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench
from orchestrator.tuning.effect import Effect, compare
from orchestrator.tuning.experiment import Measured, all_probes, plan_of, summary
from orchestrator.tuning.workload import Workload

PAIRS = 20
INSERTED_ROWS = 200


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """`wall` and `cpu` are effects over pairs that alternate which arm goes first (A-B, B-A).

    `trials` holds the raw times, milliseconds.
    """

    wall: Effect
    cpu: Effect | None
    after: Measured
    same_rows: bool
    used: tuple[str, ...]
    plan: dict[str, Any]
    trials: dict[str, list[float]]


def confirm(
    bench: Bench, workload: Workload, base: Baseline, arm: Arm, *, key: str | None, pairs: int = PAIRS
) -> Confirmed:
    """Paired trials of the baseline and `arm`, then every probe once for the overlap with the exact answers."""
    before = baselines.arm(workload)
    found = bench.alternate([before, arm], workload.bindings[: base.probes], pairs)
    wall = {name: [execution.wall_ms for execution in executions] for name, executions in found.items()}
    cpu = {
        name: [execution.cpu_ms for execution in executions if execution.cpu_ms is not None]
        for name, executions in found.items()
    }
    tree = plan_of(bench, arm, workload.bindings[0])
    after = all_probes(bench, arm, workload, base, key)
    return Confirmed(
        wall=compare(wall[before.name], wall[arm.name]),
        cpu=compare(cpu[before.name], cpu[arm.name]) if all(len(times) == pairs for times in cpu.values()) else None,
        after=after,
        same_rows=after.same_rows and summary(found[arm.name], base.answers, key).same_rows,
        used=tuple(sorted(indexes_used(tree))),
        plan=tree.as_json(),
        trials={
            "before_wall_ms": wall[before.name],
            "after_wall_ms": wall[arm.name],
            "before_cpu_ms": cpu[before.name],
            "after_cpu_ms": cpu[arm.name],
        },
    )


@dataclass(frozen=True, kw_only=True)
class InsertCost:
    """Microseconds for one inserted row, without and with the indexes, in batches that are rolled back."""

    relation: str
    indexes: tuple[str, ...]
    rows: int
    before_us: float
    after_us: float

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "times": round(self.after_us / max(self.before_us, 1e-6), 1)}


def insert_cost(bench: Bench, relation: Relation, indexes: Sequence[str], *, rounds: int = 3) -> InsertCost | None:
    """Copies rows of the table into itself and rolls back, with the indexes written to and not.

    None when the table's key has no default to draw from.
    """
    statement = _copy_statement(relation)
    if statement is None:
        return None
    times: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(rounds):
        for written in (False, True) if turn % 2 == 0 else (True, False):
            times[written].append(_batch(bench, statement, indexes if written else ()))
    counted = INSERTED_ROWS if relation.estimated_rows < 0 else min(INSERTED_ROWS, max(1, relation.estimated_rows))
    return InsertCost(
        relation=relation.name,
        indexes=tuple(indexes),
        rows=counted,
        before_us=median(times[False]) * 1000 / counted,
        after_us=median(times[True]) * 1000 / counted,
    )


def _copy_statement(relation: Relation) -> str | None:
    """INSERT … SELECT of the table's own rows. Unique columns must fill themselves, by identity or default, or be whole
    numbers.
    """
    unique = {key for index in relation.indexes if index.is_unique for key in index.keys}
    values = []
    for column in relation.columns:
        name = quoted(column.name)
        if column.generated or (column.default_sql and name in unique) or column.identity:
            continue
        if name in unique and column.base_type in ("int4", "int8"):
            values.append((name, f"(SELECT max({name}) FROM {relation.qualified}) + row_number() OVER ()"))
        elif name in unique:
            return None
        else:
            values.append((name, name))
    if not values:
        return None
    names, sources = ", ".join(name for name, _ in values), ", ".join(source for _, source in values)
    sample = f"(SELECT * FROM {relation.qualified} LIMIT {INSERTED_ROWS}) AS sample"
    return f"INSERT INTO {relation.qualified} ({names}) SELECT {sources} FROM {sample}"


def _batch(bench: Bench, statement: str, written: Sequence[str]) -> float:
    """Milliseconds of one batch while only the `written` ones of the managed indexes are maintained."""
    with bench.connection.transaction(force_rollback=True):
        bench.connection.execute(
            "UPDATE pg_catalog.pg_index SET indisready = indexrelid = ANY(%(written)s::regclass[]),"
            " indisvalid = indexrelid = ANY(%(written)s::regclass[]) WHERE indexrelid = ANY(%(managed)s::regclass[])",
            {"written": list(written), "managed": list(bench.managed)},
        )
        begun = time.perf_counter()
        bench.connection.execute(statement.encode())
        return (time.perf_counter() - begun) * 1000
