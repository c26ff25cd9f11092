"""Timed executions on a disposable server: arms that differ in query, settings and visible indexes, without
rebuilding anything in between.

An index is hidden by clearing `pg_index.indisvalid`, which the planner respects at once; the disposable server's
superuser may do that. An insert is measured with `indisready` cleared in a transaction that is rolled back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import plan as plans
from orchestrator.pg.catalog import CANDIDATE
from orchestrator.pg.query import bound
from orchestrator.tuning.answers import LISTED_ROWS, Row, digest_of_all
from orchestrator.tuning.record import IndexDesign

if TYPE_CHECKING:
    import psycopg

Binding = Mapping[str, Any]
# Ratios are taken without parallel workers and JIT, so that one backend's CPU time is the whole cost. A sequential scan
# starts at the first page: rows that the query's order leaves open come back in the same order each time.
STEADY = {"jit": "off", "max_parallel_workers_per_gather": "0", "synchronize_seqscans": "off"}
# Settings under which no approximate index is read: they offer rows only in an index scan.
WITHOUT_INDEX_SCANS = {"enable_indexscan": "off"}
BUILD_TIMEOUT_S = 1800
# A candidate that takes this many times as long as the first arm, and more than a second, is not run again.
HOPELESS = 5
HOPELESS_MS = 1000.0


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One way to answer a question. `indexes` are the candidate indexes it may see; the user's own are always there."""

    name: str
    query: str
    indexes: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Execution:
    """`rows` is empty and `whole` their digest where more than a thousand came back; `count` is their number."""

    wall_ms: float
    cpu_ms: float | None  # of the backend; None where the system does not tell
    columns: tuple[str, ...]
    rows: list[Row]
    count: int
    whole: str = ""


@dataclass(frozen=True, kw_only=True)
class Built:
    name: str
    sql: str
    seconds: float
    size_bytes: int


class Bench:
    """One session on the scratch database.

    `managed` are the candidate indexes, which it shows to the planner and hides; `failed` says why one could not be
    built.
    """

    def __init__(
        self, connection: psycopg.Connection[Any], *, managed: Iterable[str] = (), timeout_s: float = 30.0
    ) -> None:
        self.connection = connection
        self.managed = set(managed)
        self.failed: dict[str, str] = {}
        self.timeout_s = timeout_s
        self._shown: frozenset[str] | None = None
        self._settings: dict[str, str] = {}
        connection.prepare_threshold = None
        if connection.execute("SELECT FROM pg_catalog.pg_extension WHERE extname = 'vector'").fetchone() is not None:
            connection.execute("LOAD 'vector'")
        for name, value in STEADY.items():
            self._set(name, value)
        self._set_timeout(timeout_s)
        self._schedstat = Path(f"/proc/{connection.info.backend_pid}/schedstat")

    def _set(self, name: str, value: str) -> None:
        self.connection.execute("SELECT pg_catalog.set_config(%s, %s, false)", (name, value))

    def _set_timeout(self, seconds: float) -> None:
        self._set("statement_timeout", f"{int(seconds * 1000)}ms")

    def build(self, design: IndexDesign, *, memory_bytes: int) -> Built:
        """Creates the index and times it; what an interrupted attempt left is dropped, so the time is of one build.

        Raises CouldNotFindOut where the rows do not fit into such an index, or it takes half an hour.
        """
        self._set("maintenance_work_mem", f"{max(64, memory_bytes >> 20)}MB")
        self._set("max_parallel_maintenance_workers", str(max(0, (os.cpu_count() or 1) - 1)))
        self._set_timeout(BUILD_TIMEOUT_S)
        try:
            with self._reported(f"index {design.name} could not be built", BUILD_TIMEOUT_S):
                seconds = self._create(design)
        finally:
            if not self.connection.broken:
                self._set_timeout(self.timeout_s)
        size = self.connection.execute(
            "SELECT pg_catalog.pg_relation_size(%s::pg_catalog.regclass)", (design.qualified,)
        ).fetchone()
        self.managed.add(design.name)
        self._shown = None
        return Built(name=design.name, sql=design.create(), seconds=seconds, size_bytes=size[0] if size else 0)

    def _create(self, design: IndexDesign) -> float:
        self.connection.execute(f"DROP INDEX IF EXISTS {design.qualified}".encode())
        with self.connection.transaction():
            begun = time.perf_counter()
            self.connection.execute(design.create().encode())
            seconds = time.perf_counter() - begun
            self.connection.execute(f"COMMENT ON INDEX {design.qualified} IS '{CANDIDATE}'".encode())
        return seconds

    def build_all(self, designs: Iterable[IndexDesign], *, memory_bytes: int) -> list[Built]:
        """Builds each index; the reason why one cannot be is kept in `failed`."""
        built = []
        for design in designs:
            try:
                built.append(self.build(design, memory_bytes=memory_bytes))
            except CouldNotFindOut as error:
                if self.connection.broken:
                    raise
                self.failed[design.name] = error.message
        return built

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those of the names that no index has."""
        wanted = list(names)
        found = self.connection.execute(
            "SELECT pg_catalog.quote_ident(relname) FROM pg_catalog.pg_class"
            " WHERE relkind IN ('i', 'I') AND pg_catalog.quote_ident(relname) = ANY(%s)",
            (wanted,),
        ).fetchall()
        return [name for name in wanted if (name,) not in found]

    def show(self, names: Iterable[str]) -> None:
        """Makes exactly these managed indexes visible to the planner."""
        wanted = frozenset(names)
        if wanted != self._shown and self.managed:
            self.connection.execute(
                "UPDATE pg_catalog.pg_index i SET indisvalid = NOT i.indisvalid FROM pg_catalog.pg_class c"
                " WHERE c.oid = i.indexrelid AND pg_catalog.quote_ident(c.relname) = ANY(%(managed)s)"
                " AND i.indisvalid <> (pg_catalog.quote_ident(c.relname) = ANY(%(shown)s))",
                {"managed": list(self.managed), "shown": list(wanted)},
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

    def run(self, arm: Arm, binding: Binding, *, keep_all: bool = False) -> Execution:
        """One execution, rows fetched. Raises CouldNotFindOut when it fails or passes the time limit."""
        self.enter(arm)
        text, parameters = bound(arm.query).encode(), dict(binding)
        cpu, begun = self._cpu_ns(), time.perf_counter()
        with self._reported("the query failed on the disposable server", self.timeout_s):
            cursor = self.connection.execute(text, parameters)
            rows = cursor.fetchall()
        wall_ms = (time.perf_counter() - begun) * 1000
        cpu_after = self._cpu_ns()
        long = len(rows) > LISTED_ROWS and not keep_all
        return Execution(
            wall_ms=wall_ms,
            cpu_ms=None if cpu is None or cpu_after is None else (cpu_after - cpu) / 1e6,
            columns=tuple(column.name for column in cursor.description or ()),
            rows=[] if long else rows,
            count=len(rows),
            whole=digest_of_all(rows) if long else "",
        )

    @contextmanager
    def _reported(self, what: str, limit_s: float) -> Iterator[None]:
        """Turns what the server says into CouldNotFindOut; the session goes on, unless the server is gone."""
        import psycopg

        try:
            yield
        except psycopg.errors.QueryCanceled as error:
            raise CouldNotFindOut(
                f"{what.removesuffix(' on the disposable server')}: it did not finish within {limit_s:g} s",
                detail="Nothing was measured: a time is only given for what ends.",
                hint="Copy fewer rows with --documents or --rows, or allow more time with --timeout.",
            ) from error
        except psycopg.Error as error:
            reason = error.diag.message_primary or str(error).strip().partition("\n")[0]
            raise CouldNotFindOut(
                f"the disposable server ended: {reason}" if self.connection.broken else f"{what}: {reason}"
            ) from error

    def _cpu_ns(self) -> int | None:
        try:
            return int(self._schedstat.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def plan(self, arm: Arm, binding: Binding, *, analyze: bool = True) -> plans.PlanNode:
        self.enter(arm)
        with self._reported("the query failed on the disposable server", self.timeout_s):
            return plans.explain(self.connection, arm.query, binding, analyze=analyze)

    def reads_approximately(self, arm: Arm, binding: Binding) -> bool:
        """True when the plan reads an approximate index, so that the answer need not be the exact one."""
        used = plans.indexes_used(self.plan(arm, binding, analyze=False))
        return bool(used) and (
            self.connection.execute(
                "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_am a ON a.oid = c.relam"
                " WHERE a.amname IN ('hnsw', 'ivfflat') AND pg_catalog.quote_ident(c.relname) = ANY(%s)",
                (list(used),),
            ).fetchone()
            is not None
        )

    def alternate(
        self,
        arms: Sequence[Arm],
        bindings: Sequence[Binding],
        rounds: int,
        *,
        failed: dict[str, str] | None = None,
    ) -> dict[str, list[Execution]]:
        """Interleaved trials: in each round every arm runs once on the same parameters, in turning order.

        Each run follows an untimed one of its own, which fills the caches that switching the indexes has emptied. With
        `failed`, an arm that fails or is hopelessly slower than the first is noted there and left out from then on.
        """
        found: dict[str, list[Execution]] = {arm.name: [] for arm in arms}
        for turn in range(rounds):
            binding = bindings[turn % len(bindings)]
            for arm in arms if turn % 2 == 0 else reversed(arms):
                if failed is not None and arm.name in failed:
                    continue
                first = found[arms[0].name]
                patience_ms = inf if failed is None or arm is arms[0] else max(HOPELESS_MS, HOPELESS * first[0].wall_ms)
                try:
                    found[arm.name].append(self._second(arm, binding, patience_ms))
                except CouldNotFindOut as error:
                    if failed is None or self.connection.broken or arm is arms[0]:
                        raise
                    failed[arm.name] = error.message
        return found

    def _second(self, arm: Arm, binding: Binding, patience_ms: float) -> Execution:
        """The second of two executions. Raises CouldNotFindOut where the first took longer than `patience_ms`."""
        untimed = self.run(arm, binding)
        if untimed.wall_ms > patience_ms:
            raise CouldNotFindOut(f"slower: {untimed.wall_ms:.0f} ms")
        return self.run(arm, binding)
