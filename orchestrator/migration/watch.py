"""Other sessions that look on while a revision runs: one that reads its locks, one that writes, one that reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

from orchestrator.migration.evidence import Held, Lock
from orchestrator.pg import sql
from orchestrator.pg.locks import LockMode

if TYPE_CHECKING:
    import psycopg

Connect = Callable[[], "psycopg.Connection[Any]"]

EVERY_S = 0.005
BLOCKED_MS = 100.0
HOLD_MS = 500.0


class Clock:
    """Milliseconds since the proof began."""

    def __init__(self) -> None:
        self._start = perf_counter()

    def __call__(self) -> float:
        return (perf_counter() - self._start) * 1000


@dataclass(frozen=True, kw_only=True)
class Attempt:
    from_ms: float
    to_ms: float


class Probe(threading.Thread):
    """Runs one statement per table in turn, as the application would, and keeps how long each took."""

    def __init__(self, connect: Connect, statements: Sequence[str], clock: Clock) -> None:
        super().__init__(daemon=True)
        self._connection = connect()
        self._statements = statements
        self._clock = clock
        self._stopped = threading.Event()
        self.pid = self._connection.info.backend_pid
        self.attempts = 0
        self.max_ms = 0.0
        self.slow: list[Attempt] = []
        self.errors: set[str] = set()

    def run(self) -> None:
        while self._statements and not self._stopped.is_set():
            for statement in self._statements:
                self._attempt(statement)
            self._stopped.wait(EVERY_S)

    def _attempt(self, statement: str) -> None:
        import psycopg

        started = self._clock()
        try:
            with self._connection.transaction(force_rollback=True):
                self._connection.execute(statement.encode())
        except psycopg.Error as error:
            self.errors.add(error.diag.message_primary or type(error).__name__)
            if self._connection.closed:
                self._stopped.set()
        ended = self._clock()
        self.attempts += 1
        self.max_ms = max(self.max_ms, ended - started)
        if ended - started > EVERY_S * 1000:
            self.slow.append(Attempt(from_ms=started, to_ms=ended))

    def stop(self) -> None:
        self._stopped.set()
        self.join()
        self._connection.close()

    def as_json(self, waits_ms: Sequence[float]) -> dict[str, Any]:
        """`waits_ms`: the moments at which this session was seen waiting for the migration."""
        waited = [item for item in self.slow if any(item.from_ms <= moment <= item.to_ms for moment in waits_ms)]
        return {
            "attempts": self.attempts,
            "max_ms": round(self.max_ms, 1),
            "waited_for_migration": len(waited),
            "blocked_over_100_ms": sum(item.to_ms - item.from_ms > BLOCKED_MS for item in waited),
            "errors": sorted(self.errors),
        }


class Blocker:
    """An open transaction that has written to every table: CONCURRENTLY waits for it, and its locks can be read."""

    def __init__(self, connect: Connect, tables: Sequence[str]) -> None:
        self._connection = connect()
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        self._connection.execute("SELECT 1")
        for table in tables:
            self._connection.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE".encode())

    def release(self) -> None:
        self._connection.close()


@dataclass(kw_only=True)
class Watched:
    """What was seen of one statement. `stages` are the phases of an index build, with first and last sighting."""

    held: dict[Lock, Held]
    stages: dict[str, list[float]]
    blocker: Blocker | None
    from_ms: float
    limit_ms: float
    attempts_before: tuple[int, ...]
    was_waiting: bool = False
    released_ms: float | None = None


class Watch(threading.Thread):
    """Polls the locks of the migration's session, in autocommit: an open snapshot of its own would stop the build."""

    def __init__(self, connect: Connect, clock: Clock) -> None:
        super().__init__(daemon=True)
        self._connection = connect()
        self._clock = clock
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._watched: Watched | None = None
        self.target: int | None = None
        self.probes: Sequence[Probe] = ()
        self.waits: dict[int, list[float]] = {}
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            while not self._stopped.wait(EVERY_S):
                if self.target is not None:
                    self._sample(self.target)
        except Exception as error:
            self.failure = error
        finally:
            with self._lock:
                self._release(self._watched)

    def begin(self, blocker: Blocker | None, limit_ms: float) -> None:
        """Look at the statement that starts now; `blocker` is released once its locks were seen or time is up."""
        with self._lock:
            attempts = tuple(probe.attempts for probe in self.probes)
            now = self._clock()
            self._watched = Watched(
                held={}, stages={}, blocker=blocker, from_ms=now, limit_ms=limit_ms, attempts_before=attempts
            )

    def end(self) -> Watched:
        with self._lock:
            seen, self._watched = self._watched, None
            assert seen is not None, "end follows begin"  # noqa: S101
            self._release(seen)
            return seen

    def stop(self) -> None:
        self._stopped.set()
        self.join()
        with suppress(Exception):
            self._connection.close()

    def _sample(self, target: int) -> None:
        parameters = {"target": target, "probes": [probe.pid for probe in self.probes]}
        row = self._connection.execute(sql.named("trace", "watch"), parameters).fetchone()
        now = self._clock()
        if row is None:
            return
        locks, is_waiting, stage, blocked = row
        for pid in blocked:
            self.waits.setdefault(pid, []).append(now)
        with self._lock:
            if self._watched is not None:
                self._note(self._watched, locks, stage, now)
                self._perhaps_release(self._watched, is_waiting, now)

    def _note(self, seen: Watched, locks: Sequence[Any], stage: str | None, now: float) -> None:
        for oid, mode in locks:
            lock = Lock(relation=int(oid), mode=LockMode.read(mode))
            seen.held.setdefault(lock, Held(lock=lock, from_ms=now)).to_ms = now
        if stage:
            seen.stages.setdefault(stage, [now, now])[1] = now

    def _perhaps_release(self, seen: Watched, is_waiting: bool, now: float) -> None:
        seen.was_waiting = seen.was_waiting or is_waiting
        went_through = all(
            probe.attempts >= before + 2 or not probe.is_alive()
            for probe, before in zip(self.probes, seen.attempts_before, strict=False)
        )
        if (is_waiting and seen.held and went_through) or now - seen.from_ms > seen.limit_ms:
            self._release(seen)

    def _release(self, seen: Watched | None) -> None:
        if seen is not None and seen.blocker is not None:
            seen.blocker.release()
            seen.blocker = None
            seen.released_ms = self._clock()
