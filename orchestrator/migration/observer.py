"""The state of the database between the phases of a proof, read from a second connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.pg import sql

if TYPE_CHECKING:
    import psycopg

Schema = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Table:
    oid: int
    name: str  # as SQL needs it
    columns: tuple[str, ...]
    settable: str | None  # a column that may be set to itself

    @property
    def read(self) -> str:
        # By row address: a sequential scan would be counted as one of the migration's.
        return f"SELECT 1 FROM {self.name} WHERE ctid = '(0,1)'"

    def write(self, address: str) -> str:
        if self.settable is None:
            return f"LOCK TABLE {self.name} IN ROW EXCLUSIVE MODE"
        return f"UPDATE {self.name} SET {self.settable} = {self.settable} WHERE ctid = '{address}'"


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    rows: int
    digest: str


class Observer:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def tables(self) -> tuple[Table, ...]:
        rows = self._connection.execute(sql.named("trace", "tables")).fetchall()
        return tuple(Table(oid=row[0], name=row[1], columns=tuple(row[2]), settable=row[3]) for row in rows)

    def first_address(self, table: Table) -> str:
        row = self._connection.execute(f"SELECT ctid::text FROM {table.name} LIMIT 1".encode()).fetchone()
        return str(row[0]) if row else "(0,1)"

    def oid_of(self, name: str) -> int | None:
        row = self._connection.execute("SELECT pg_catalog.to_regclass(%s)::oid::pg_catalog.int8", (name,)).fetchone()
        return row[0] if row else None

    def schema(self) -> Schema:
        rows = self._connection.execute(sql.named("schema_snapshot", "schema_snapshot")).fetchall()
        return {(part, name): definition for part, name, definition in rows}

    def fingerprints(self, tables: Sequence[Table]) -> dict[str, Fingerprint | None]:
        """By table: its rows over the columns it had, in any order; None when they cannot be read any more."""
        return {table.name: self._fingerprint(table) for table in tables}

    def _fingerprint(self, table: Table) -> Fingerprint | None:
        import psycopg

        row_text = f"ROW({', '.join(table.columns)})::text"
        total = f"coalesce(sum(hashtextextended({row_text}, 0)::numeric), 0)::text"
        try:
            row = self._connection.execute(f"SELECT count(*), {total} FROM ONLY {table.name}".encode()).fetchone()
        except psycopg.Error:
            return None
        return Fingerprint(rows=row[0], digest=row[1]) if row else None

    def invalid_indexes(self) -> dict[str, str]:
        return dict(self._connection.execute(sql.named("trace", "invalid_indexes")).fetchall())

    def versions(self) -> tuple[str, ...]:
        if self.oid_of("alembic_version") is None:
            return ()
        return tuple(row[0] for row in self._connection.execute(sql.named("trace", "version")).fetchall())


def differences(expected: Schema, found: Schema) -> tuple[str, ...]:
    """What `found` has too much, too little or otherwise, one line each."""
    lines = [f"{part} {name} is gone" for part, name in sorted(expected.keys() - found.keys())]
    lines += [f"{part} {name} is left" for part, name in sorted(found.keys() - expected.keys())]
    changed = sorted(key for key in expected.keys() & found.keys() if expected[key] != found[key])
    return tuple(
        lines + [f"{part} {name} was {expected[part, name]}, is {found[part, name]}" for part, name in changed]
    )
