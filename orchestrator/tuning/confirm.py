"""The chosen candidate measured again, against the baseline in the same minute, and what it costs on writes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Any

from orchestrator.pg.catalog import Relation, quoted
from orchestrator.pg.plan import indexes_used
from orchestrator.tuning import baseline as baselines
from orchestrator.tuning.baseline import Baseline
from orchestrator.tuning.bench import Arm, Bench, Execution
from orchestrator.tuning.effect import MIN_PAIRS, Effect, compare
from orchestrator.tuning.experiment import plan_of
from orchestrator.tuning.verdict import Measured, all_probes, bounds, exactly, judge, summary
from orchestrator.tuning.workload import Workload

MOST_PAIRS = 40
PAIRS_BUDGET_MS = 8000
INSERTED_ROWS = 200


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """`wall` and `cpu` are effects over pairs that alternate which arm goes first (A-B, B-A).

    `trials` holds the raw times, milliseconds. `verdict` is "kept" or "rejected": what was good in the screening may
    not be confirmed.
    """

    wall: Effect
    cpu: Effect | None
    after: Measured
    same_rows: bool
    used: tuple[str, ...]
    plan: dict[str, Any]
    trials: dict[str, list[float]]
    verdict: str
    reason: str


def confirm(
    bench: Bench,
    workload: Workload,
    base: Baseline,
    arm: Arm,
    *,
    key: str | None,
    pairs: int | None = None,
    rules: Sequence[str] = (),
) -> Confirmed:
    """Paired trials of the baseline and `arm`, then every probe once for the overlap with the exact answers.

    `rules` are those behind the arm: where all of them promise the same rows, all values have to agree.
    """
    before, by_digest = baselines.arm(workload), bool(rules) and exactly(rules)
    pairs = pairs or _affordable(base.wall_ms)
    found = bench.alternate([before, arm], workload.bindings[: base.probes], pairs)
    tree = plan_of(bench, arm, workload.bindings[0])
    used = indexes_used(tree)
    after = all_probes(bench, arm, workload, base, key=key, by_digest=by_digest)
    same_rows = after.measured.same_rows and summary(found[arm.name], base, key).measured.same_rows
    answered = replace(after, measured=replace(after.measured, same_rows=same_rows))
    measured = summary(found[before.name], base, key).measured
    known = bounds(base, measured, rules, rewritten=arm.query != workload.query) if rules else None
    verdict, reason = judge(measured, answered, arm, used, known)
    trials = {
        f"{when}_{kind}": _times(found[name], kind)
        for kind in ("wall_ms", "cpu_ms")
        for when, name in (("before", before.name), ("after", arm.name))
    }
    wall = compare(trials["before_wall_ms"], trials["after_wall_ms"])
    told = len(trials["before_cpu_ms"]) == len(trials["after_cpu_ms"]) == pairs
    cpu = compare(trials["before_cpu_ms"], trials["after_cpu_ms"]) if told else None
    doubt = _doubt(wall, cpu) if verdict == "kept" else ""
    return Confirmed(
        wall=wall,
        cpu=cpu,
        after=after.measured,
        same_rows=same_rows,
        used=tuple(sorted(used)),
        plan=tree.as_json(),
        trials=trials,
        verdict="rejected" if doubt else verdict,
        reason=doubt or reason,
    )


def _affordable(before_ms: float) -> int:
    """As many pairs as about eight seconds allow, 8 to 40. In each pair the baseline runs twice, once untimed."""
    return max(MIN_PAIRS, min(MOST_PAIRS, int(PAIRS_BUDGET_MS / max(2 * before_ms, 1e-6))))


def _times(executions: Sequence[Execution], kind: str) -> list[float]:
    """Wall or CPU times, milliseconds, of the executions that have one."""
    return [time_ms for execution in executions if (time_ms := getattr(execution, kind)) is not None]


def _doubt(wall: Effect, cpu: Effect | None) -> str:
    """Why the speed-up is not certain, or ""."""
    for name, effect in (("wall time", wall), ("CPU time", cpu)):
        if effect and effect.ratio_low <= 1:
            return (
                f"not certain to be faster: {effect.ratio:.2f} times in {name},"
                f" 95 % interval {effect.ratio_low:.2f} to {effect.ratio_high:.2f}"
            )
    return ""


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

    None when there are no rows, or their unique columns cannot be filled anew.
    """
    statement = _copy_statement(relation)
    rows = bench.connection.execute(
        f"SELECT count(*) FROM (SELECT FROM {relation.qualified} LIMIT {INSERTED_ROWS}) AS sample".encode()
    ).fetchone()
    if statement is None or rows is None or not rows[0]:
        return None
    times: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(rounds):
        for written in (False, True) if turn % 2 == 0 else (True, False):
            elapsed_us = _batch(bench, statement, indexes if written else ())
            if elapsed_us is None:
                return None
            times[written].append(elapsed_us / rows[0])
    return InsertCost(
        relation=relation.name,
        indexes=tuple(indexes),
        rows=rows[0],
        before_us=median(times[False]),
        after_us=median(times[True]),
    )


def _copy_statement(relation: Relation) -> str | None:
    """INSERT … SELECT of the table's own rows.

    Columns that fill themselves, by identity or a default, and whole numbers are fresh; None unless every unique index
    has one of them.
    """
    unique = [set(index.keys) for index in relation.indexes if index.is_unique and not index.is_candidate]
    in_key = set().union(*unique)
    fresh, values = set(), []
    for column in relation.columns:
        name = quoted(column.name)
        if column.generated or column.identity or (column.default_sql and name in in_key):
            fresh.add(name)
        elif name in in_key and column.base_type in ("int4", "int8"):
            fresh.add(name)
            values.append((name, f"(SELECT max({name}) FROM {relation.qualified}) + row_number() OVER ()"))
        else:
            values.append((name, name))
    if not values or not all(keys & fresh for keys in unique):
        return None
    names, sources = ", ".join(name for name, _ in values), ", ".join(source for _, source in values)
    sample = f"(SELECT * FROM {relation.qualified} LIMIT {INSERTED_ROWS}) AS sample"
    return f"INSERT INTO {relation.qualified} ({names}) SELECT {sources} FROM {sample}"


def _batch(bench: Bench, statement: str, written: Sequence[str]) -> float | None:
    """Microseconds of one batch in which, of the managed indexes, only the `written` ones are maintained.

    None when the table does not take its own rows again.
    """
    import psycopg

    try:
        with bench.connection.transaction(force_rollback=True):
            bench.connection.execute(
                "UPDATE pg_catalog.pg_index i SET indisready = pg_catalog.quote_ident(c.relname) = ANY(%(written)s),"
                " indisvalid = pg_catalog.quote_ident(c.relname) = ANY(%(written)s) FROM pg_catalog.pg_class c"
                " WHERE c.oid = i.indexrelid AND pg_catalog.quote_ident(c.relname) = ANY(%(managed)s)",
                {"written": list(written), "managed": list(bench.managed)},
            )
            begun = time.perf_counter()
            bench.connection.execute(statement.encode())
            return (time.perf_counter() - begun) * 1e6
    except psycopg.IntegrityError:
        return None
