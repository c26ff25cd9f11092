"""Reading the user's server: one session a call, in a transaction that writes nothing and is rolled back, and no more
rows or bytes than an answer may hold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.mcp_server import permitted
from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.pg import catalog, connect, sql

if TYPE_CHECKING:
    import psycopg

BATCH = 25
MAX_CELL = 4_000
# Types that Python cannot hold in full (infinity, the year 10000) or that JSON has no word for: taken as text.
AS_TEXT = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "numeric", "uuid", "inet", "cidr")


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`cut` says, in words, what of the result is not here; "" where it is whole."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    cut: str

    def as_text(self) -> str:
        """A JSON list with a line for each row. The second column of a name gets a number."""
        names: list[str] = []
        for name in self.columns:
            names.append(name if name not in names else f"{name}_{names.count(name) + len(names)}")
        rows = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in self.rows)
        return "[" + ",\n".join(rows) + "]" + (f"\nnote: {self.cut}" if self.cut else "")


@contextmanager
def session(setup: Setup) -> Iterator[psycopg.Connection[Any]]:
    """A read-only transaction on the user's server. What the server refuses is raised as CouldNotFindOut."""
    import psycopg
    from psycopg.types.string import TextLoader

    connection = connect.reader(setup.server(), statement_timeout_ms=int(setup.timeout_s * 1000))
    try:
        for name in AS_TEXT:
            connection.adapters.register_loader(name, TextLoader)
        connection.execute(sql.named("permitted", "begin").encode())
        connection.execute(sql.named("permitted", "snapshot").encode())
        yield connection
    except psycopg.Error as error:
        raise _refusal(error, setup) from error
    finally:
        connection.close()


def records(connection: psycopg.Connection[Any], topic: str, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """All rows of a named query of ours."""
    return catalog.rows(connection, topic, name, **parameters)


def run(connection: psycopg.Connection[Any], text: str, *, max_rows: int, max_bytes: int) -> Rows:
    """The first rows of one statement that the user gave. Raises UsageError unless it is one that only reads."""
    statement = permitted.read(text)
    permitted.refuse_volatile(connection, statement)
    # With parameters, were they none at all, the protocol takes one statement and no second one behind it.
    if not statement.reads:
        return _capped(connection.execute(_plain(statement.text), ()), max_rows, max_bytes)
    connection.execute(_plain(f"DECLARE pgwright NO SCROLL CURSOR FOR {statement.text}"), ())
    return _fetched(connection, max_rows, max_bytes)


def _plain(text: str) -> bytes:
    return text.replace("%", "%%").encode()


def _fetched(connection: psycopg.Connection[Any], max_rows: int, max_bytes: int) -> Rows:
    columns: tuple[str, ...] = ()
    kept: list[tuple[Any, ...]] = []
    size = 0
    while True:
        batch = connection.execute(f"FETCH {min(BATCH, max_rows + 1 - len(kept))} FROM pgwright".encode())
        columns = columns or tuple(column.name for column in batch.description or ())
        found = batch.fetchall()
        for row in found:
            if len(kept) == max_rows:
                return Rows(columns=columns, rows=tuple(kept), cut=f"more than {max_rows} rows: the first are shown")
            shown = tuple(value(each) for each in row)
            size += len(json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace"))
            if size > max_bytes:
                cut = f"more than {max_bytes} bytes: the first {len(kept)} rows are shown"
                return Rows(columns=columns, rows=tuple(kept), cut=cut)
            kept.append(shown)
        if not found:
            return Rows(columns=columns, rows=tuple(kept), cut="")


def _capped(cursor: psycopg.Cursor[Any], max_rows: int, max_bytes: int) -> Rows:
    columns = tuple(column.name for column in cursor.description or ())
    found = [tuple(value(each) for each in row) for row in cursor.fetchmany(max_rows + 1)]
    kept = found[:max_rows]
    while kept and len(json.dumps(kept, ensure_ascii=False)) > max_bytes:
        kept = kept[: len(kept) // 2]
    cut = f"the first {len(kept)} rows are shown" if len(kept) < len(found) else ""
    return Rows(columns=columns, rows=tuple(kept), cut=cut)


def value(found: Any) -> Any:
    """The value as JSON has it; a long one is cut and says so."""
    if found is None or isinstance(found, bool | int):
        return found
    if isinstance(found, float):
        return found if math.isfinite(found) else str(found)
    if isinstance(found, dict | list | tuple):
        text = json.dumps(found, ensure_ascii=False, default=str)
        return json.loads(text) if len(text) <= MAX_CELL else _cut(text)
    if isinstance(found, bytes | bytearray | memoryview):
        return _cut(f"\\x{bytes(found[:MAX_CELL]).hex()}", len(found) * 2 + 2)
    return _cut(str(found))


def _cut(text: str, length: int | None = None) -> str:
    whole = len(text) if length is None else length
    return text if whole <= MAX_CELL else f"{text[:MAX_CELL]}… ({whole} characters)"


def _refusal(error: psycopg.Error, setup: Setup) -> OrchestrateError:
    """The server's own words, as one error that says what to do."""
    from psycopg import errors

    reason = error.diag.message_primary or str(error).strip().partition("\n")[0]
    detail, hint = error.diag.message_detail or "", error.diag.message_hint or ""
    if isinstance(error, errors.QueryCanceled):
        return CouldNotFindOut(
            f"the server stopped the statement: {reason}",
            detail=f"A statement may take {setup.timeout_s:g} s on the server that is read.",
            hint="Read less, look at its plan with explain, or start the MCP server with a longer --timeout.",
        )
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return UsageError(f"refused: the session only reads, and the server says: {reason}", hint=permitted.WAY_OUT)
    if isinstance(error, errors.LockNotAvailable):
        return CouldNotFindOut(
            f"the server did not give the lock in time: {reason}",
            hint="Another session holds it, as ALTER TABLE and VACUUM FULL do: try again when it has ended.",
        )
    return CouldNotFindOut(f"the server refused the statement: {reason}", detail=detail, hint=hint)


def names(values: Sequence[str] | None) -> list[str] | None:
    """Names as the queries take them; None stands for all."""
    return None if values is None else [each.strip() for each in values if each.strip()]
