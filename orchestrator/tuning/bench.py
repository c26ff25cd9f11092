"""Timed executions on a disposable server: arms that differ in query, settings and visible indexes, without
rebuilding anything in between.

An index is hidden by clearing `pg_index.indisvalid`, which the planner respects at once; the disposable server's
superuser may do that. An insert is measured with `indisready` cleared in a transaction that is rolled back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import plan as plans
from orchestrator.pg.query import bound
from orchestrator.tuning.answers import Row
from orchestrator.tuning.record import IndexDesign

if TYPE_CHECKING:
    import psycopg

Binding = Mapping[str, Any]
# Ratios are taken without parallel workers and JIT, so that one backend's CPU time is the whole cost.
STEADY = {"jit": "off", "max_parallel_workers_per_gather": "0"}


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One way to answer a question. `indexes` are the candidate indexes it may see; the user's own are always there."""

    name: str
    query: str
    indexes: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Execution:
    wall_ms: float
    cpu_ms: float | None  # of the backend; None where the system does not tell
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Built:
    name: str
    sql: str
    seconds: float
    size_bytes: int


class Bench:
    """One session on the scratch database. `managed` are the indexes it may hide."""

    def __init__(
        self, connection: psycopg.Connection[Any], *, managed: Iterable[str] = (), timeout_s: float = 30.0
    ) -> None:
        self.connection = connection
        self.managed = set(managed)
        self.timeout_s = timeout_s
        self._shown: frozenset[str] | None = None
        self._settings: dict[str, str] = {}
        connection.prepare_threshold = None
        connection.execute("LOAD 'vector'") if self._has_vector() else None
        for name, value in STEADY.items():
            self._set(name, value)
        self._set("statement_timeout", f"{int(timeout_s * 1000)}ms")
        self._schedstat = Path(f"/proc/{connection.info.backend_pid}/schedstat")

    def _has_vector(self) -> bool:
        return (
            self.connection.execute("SELECT FROM pg_catalog.pg_extension WHERE extname = 'vector'").fetchone()
            is not None
        )

    def _set(self, name: str, value: str) -> None:
        self.connection.execute("SELECT pg_catalog.set_config(%s, %s, false)", (name, value))

    def build(self, design: IndexDesign, *, memory_bytes: int) -> Built:
        """Creates the index and times it; what an interrupted attempt left is dropped, so the time is of one build."""
        self.connection.execute(f"DROP INDEX IF EXISTS {design.name}".encode())
        self._set("maintenance_work_mem", f"{max(64, memory_bytes >> 20)}MB")
        self._set("max_parallel_maintenance_workers", str(max(0, (os.cpu_count() or 1) - 1)))
        self._set("statement_timeout", "0")
        begun = time.perf_counter()
        self.connection.execute(design.create().encode())
        seconds = time.perf_counter() - begun
        self._set("statement_timeout", f"{int(self.timeout_s * 1000)}ms")
        size = self.connection.execute("SELECT pg_catalog.pg_relation_size(%s::regclass)", (design.name,)).fetchone()
        self.managed.add(design.name)
        self._shown = None
        return Built(name=design.name, sql=design.create(), seconds=seconds, size_bytes=size[0] if size else 0)

    def show(self, names: Iterable[str]) -> None:
        """Makes exactly these managed indexes visible to the planner."""
        wanted = frozenset(names)
        if wanted != self._shown and self.managed:
            self.connection.execute(
                "UPDATE pg_catalog.pg_index SET indisvalid = (indexrelid = ANY(%s::regclass[]))"
                " WHERE indexrelid = ANY(%s::regclass[]) AND indisvalid <> (indexrelid = ANY(%s::regclass[]))",
                (list(wanted), list(self.managed), list(wanted)),
            )
        self._shown = wanted

    def enter(self, arm: Arm) -> None:
        self.show(arm.indexes)
        if dict(arm.settings) != self._settings:
            for name in self._settings:
                self._restore(name)
            for name, value in arm.settings.items():
                self._set(name, value)
            self._settings = dict(arm.settings)

    def _restore(self, name: str) -> None:
        """Back to the steady value, or to the server's where there is none."""
        if name in STEADY:
            self._set(name, STEADY[name])
        else:
            self.connection.execute(f"RESET {name}".encode())

    def run(self, arm: Arm, binding: Binding) -> Execution:
        """One execution, rows fetched. Raises CouldNotFindOut when it passes the time limit."""
        self.enter(arm)
        text, parameters = bound(arm.query).encode(), dict(binding) or None
        cpu, begun = self._cpu_ns(), time.perf_counter()
        rows, columns = self._fetch(text, parameters)
        wall_ms = (time.perf_counter() - begun) * 1000
        cpu_after = self._cpu_ns()
        return Execution(
            wall_ms=wall_ms,
            cpu_ms=None if cpu is None or cpu_after is None else (cpu_after - cpu) / 1e6,
            columns=columns,
            rows=rows,
        )

    def _fetch(self, text: bytes, parameters: dict[str, Any] | None) -> tuple[list[Row], tuple[str, ...]]:
        import psycopg

        try:
            cursor = self.connection.execute(text, parameters)
            return cursor.fetchall(), tuple(column.name for column in cursor.description or ())
        except psycopg.errors.QueryCanceled as error:
            raise CouldNotFindOut(
                f"the query did not finish within {self.timeout_s:g} s on the disposable server",
                detail="Nothing was measured: a time is only given for a query that ends.",
                hint="Copy fewer rows with --documents or --rows, or allow more time with --timeout.",
            ) from error
        except psycopg.Error as error:
            if self.connection.broken:
                raise CouldNotFindOut(
                    f"the disposable server ended during a query: {str(error).strip().splitlines()[0]}"
                ) from error
            raise CouldNotFindOut(
                f"the query failed on the disposable server: {error.diag.message_primary or error}"
            ) from error

    def _cpu_ns(self) -> int | None:
        try:
            return int(self._schedstat.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def plan(self, arm: Arm, binding: Binding) -> plans.PlanNode:
        self.enter(arm)
        return plans.explain(self.connection, arm.query, binding, analyze=True)

    def alternate(self, arms: Sequence[Arm], bindings: Sequence[Binding], rounds: int) -> dict[str, list[Execution]]:
        """Interleaved trials: in each round every arm runs once on the same parameters, in turning order.

        Each run follows an untimed one of its own, which fills the caches that switching the indexes has emptied.
        """
        found: dict[str, list[Execution]] = {arm.name: [] for arm in arms}
        for turn in range(rounds):
            binding = bindings[turn % len(bindings)]
            for arm in arms if turn % 2 == 0 else reversed(arms):
                self.run(arm, binding)
                found[arm.name].append(self.run(arm, binding))
        return found
