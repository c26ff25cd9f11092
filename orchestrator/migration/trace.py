"""What each statement of a revision does to the database, seen on the migration's own connection.

The listeners sit on an engine or on SQLAlchemy's Engine class. A statement inside a transaction is bracketed by two
snapshots. One in an autocommit block gets its own BEGIN and COMMIT, because its locks would be gone
before they could be read; one that cannot run in a transaction block is watched by another session.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from orchestrator.migration.evidence import Failure, Held, Index, Lock, Relation, Snapshot, Traced
from orchestrator.migration.watch import HOLD_MS, Blocker, Clock, Watch
from orchestrator.pg import sql
from orchestrator.pg.locks import LockMode

EVENT = "@@proof "
REPEATS_TRACED = 3
# Statements that end or refuse a transaction block of their own.
NO_BLOCK = re.compile(
    r"(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|PREPARE TRANSACTION|VACUUM|CALL|DO|ALTER SYSTEM|CLUSTER$"
    r"|(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)|REINDEX (\(.*\) )?(DATABASE|SYSTEM|SCHEMA))\b"
)


def snapshot(connection: Any) -> Snapshot:
    with connection.cursor() as cursor:
        relations, locks, scans, indexes, lock_timeout_ms = cursor.execute(
            sql.named("trace", "statement_snapshot")
        ).fetchone()
    return Snapshot(
        relations={
            int(oid): Relation(schema=schema, name=name, kind=kind, file_node=node)
            for oid, (schema, name, kind, node) in relations.items()
        },
        locks=frozenset(Lock(relation=int(oid), mode=LockMode.read(mode)) for oid, mode in locks),
        scans={int(oid): count for oid, count in scans.items()},
        indexes={int(oid): Index(table=table, is_valid=valid) for oid, (table, valid) in indexes.items()},
        lock_timeout_ms=lock_timeout_ms,
    )


def cumulative_scans(connection: Any) -> dict[int, int] | None:
    """Sequential scans by table since the server began, this session's own included; None before PostgreSQL 15."""
    if connection.info.server_version < 150000:
        return None
    # The counters of a session are published at the end of the statement that asks for it, not of this one.
    connection.execute("SELECT pg_catalog.pg_stat_force_next_flush()")
    return dict(connection.execute(sql.named("trace", "cumulative_scans")).fetchall())


class Tracer:
    def __init__(self, path: Path, watch: Watch, clock: Clock, blocker: Callable[[], Blocker]) -> None:
        self._path = path.resolve()
        self._watch = watch
        self._clock = clock
        self._blocker = blocker
        self._open: Traced | None = None
        self._wrapped = False
        self._files: dict[str, bool] = {}
        self._repeated: dict[tuple[str, int, str], list[Traced]] = {}
        self.phase = ""
        self.statements: list[Traced] = []

    def attach(self, engine: Any) -> None:
        """Listen to one engine, or to the Engine class for all."""
        from sqlalchemy import event

        event.listen(engine, "before_cursor_execute", self._before)
        event.listen(engine, "after_cursor_execute", self._after)
        event.listen(engine, "handle_error", self._failed)
        event.listen(engine, "commit", self._transaction_ended)
        event.listen(engine, "rollback", self._transaction_ended)

    def connected(self, connection: Any) -> None:
        """A driver connection was opened for the migration."""
        self._watch.target = connection.info.backend_pid
        connection.add_notice_handler(self._noticed)

    def _noticed(self, diagnostic: Any) -> None:
        text = diagnostic.message_primary or ""
        if self._open is None:
            return
        if text.startswith(EVENT):
            self._open.events.append(json.loads(text.removeprefix(EVENT)))
        else:
            self._open.notices.append(text)

    def _line(self) -> int:
        """The line of the revision that is being executed; 0 when the statement is Alembic's own."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            name = frame.f_code.co_filename
            if name not in self._files:
                self._files[name] = Path(name).resolve() == self._path
            if self._files[name]:
                return frame.f_lineno
            frame = frame.f_back
        return 0

    def _before(self, conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        line = self._line()
        if not line:
            return
        text = statement if parameters else statement.replace("%%", "%")
        seen = self._repeated.setdefault((self.phase, line, text), [])
        if len(seen) == REPEATS_TRACED:
            seen[-1].repeats += 1
            return
        connection = conn.connection.dbapi_connection
        traced = self._begin(connection, text, line)
        seen.append(traced)
        self.statements.append(traced)
        self._open = traced
        traced.from_ms = self._clock()

    def _begin(self, connection: Any, text: str, line: int) -> Traced:
        traced = Traced(
            index=len(self.statements),
            phase=self.phase,
            sql=text,
            line=line,
            autocommit=connection.autocommit,
            watched=False,
            before=snapshot(connection),
            from_ms=0.0,
        )
        concurrently = " CONCURRENTLY" in traced.words
        traced.watched = traced.autocommit and (concurrently or NO_BLOCK.match(traced.words) is not None)
        self._wrapped = traced.autocommit and not traced.watched
        if self._wrapped:
            connection.execute("BEGIN")
        if traced.watched:
            traced.scans_before = cumulative_scans(connection)
            self._watch.begin(self._blocker() if concurrently else None, _hold_ms(traced.before))
        return traced

    def _after(self, conn: Any, _cursor: Any, *_: Any) -> None:
        traced, self._open = self._open, None
        if traced is None:
            return
        traced.to_ms = self._clock()
        connection = conn.connection.dbapi_connection
        if traced.watched:
            self._end_watch(traced)
            traced.scans_after = cumulative_scans(connection)
        traced.after = snapshot(connection)
        if not traced.watched:
            new = traced.after.locks - traced.before.locks
            traced.held = [Held(lock=lock, from_ms=traced.from_ms) for lock in sorted(new, key=_weakest_first)]
        if self._wrapped:
            connection.execute("COMMIT")
            self._released(traced)

    def _end_watch(self, traced: Traced) -> None:
        seen = self._watch.end()
        traced.held = sorted(seen.held.values(), key=lambda held: _weakest_first(held.lock))
        traced.stages = [(name, first, last) for name, (first, last) in seen.stages.items()]
        if seen.released_ms is not None and seen.was_waiting:
            traced.probe_ms = max(0.0, min(seen.released_ms, traced.to_ms) - traced.from_ms)

    def _failed(self, context: Any) -> None:
        traced, self._open = self._open, None
        if traced is None:
            return
        traced.to_ms = self._clock()
        traced.error = failure(context.original_exception, line=traced.line)
        connection = context.connection.connection.dbapi_connection
        if traced.watched:
            self._end_watch(traced)
        if self._wrapped:
            connection.execute("ROLLBACK")
        if traced.autocommit and not connection.closed:
            traced.after = snapshot(connection)

    def _transaction_ended(self, _conn: Any) -> None:
        for traced in self.statements:
            if not traced.watched:
                self._released(traced)

    def _released(self, traced: Traced) -> None:
        for held in traced.held:
            held.to_ms = self._clock() if held.to_ms is None else held.to_ms


def _weakest_first(lock: Lock) -> tuple[int, int]:
    return lock.mode, lock.relation


def _hold_ms(before: Snapshot) -> float:
    """How long a CONCURRENTLY statement may be kept waiting without coming near its lock_timeout."""
    return min(HOLD_MS, before.lock_timeout_ms / 3) if before.lock_timeout_ms else HOLD_MS


def failure(error: BaseException, *, line: int = 0) -> Failure:
    """What an exception says: the server's own words where it is the server's."""
    original = getattr(error, "orig", None) or error
    sqlstate = getattr(original, "sqlstate", None) or ""
    kind = type(original).__name__
    message = getattr(getattr(original, "diag", None), "message_primary", None) or str(original) or kind
    return Failure(message=message.strip().split("\n")[0], sqlstate=sqlstate, kind=kind, line=line)
