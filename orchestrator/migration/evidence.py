"""What a proof observed, as records: the ground on which hazards are judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orchestrator.pg.catalog import quoted
from orchestrator.pg.locks import LockMode

TABLE_KINDS = frozenset({"r", "p", "m"})
NOT_CODE = re.compile(r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Relation:
    schema: str
    name: str
    kind: str  # as in pg_class.relkind
    file_node: int

    @property
    def label(self) -> str:
        name = quoted(self.name)
        return name if self.schema == "public" else f"{quoted(self.schema)}.{name}"


@dataclass(frozen=True, kw_only=True)
class Index:
    table: int
    is_valid: bool


@dataclass(frozen=True, kw_only=True)
class Lock:
    relation: int
    mode: LockMode


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    relations: Mapping[int, Relation]
    locks: frozenset[Lock]
    scans: Mapping[int, int]
    indexes: Mapping[int, Index]
    lock_timeout_ms: int


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a statement or a phase stopped. `sqlstate` is empty when the server did not raise it."""

    message: str
    sqlstate: str
    kind: str  # the exception's class name
    line: int = 0


@dataclass(kw_only=True)
class Held:
    """One lock on one relation, from when it was first seen until it was released."""

    lock: Lock
    from_ms: float
    to_ms: float | None = None


@dataclass(kw_only=True)
class Traced:
    """One statement of the revision. Times are milliseconds since the proof began."""

    index: int
    phase: str
    sql: str
    line: int
    autocommit: bool
    watched: bool  # observed by another session, because the statement cannot run in a transaction block
    before: Snapshot
    from_ms: float
    to_ms: float = 0.0
    after: Snapshot | None = None
    held: list[Held] = field(default_factory=list)
    stages: list[tuple[str, float, float]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    error: Failure | None = None
    repeats: int = 0
    scans_before: Mapping[int, int] | None = None
    scans_after: Mapping[int, int] | None = None
    probe_ms: float = 0.0  # how long an open transaction of ours kept a CONCURRENTLY statement waiting

    @property
    def words(self) -> str:
        """The statement in capitals, without strings, comments and extra space."""
        return " ".join(NOT_CODE.sub(" ", self.sql).upper().split())

    @property
    def locks(self) -> tuple[Lock, ...]:
        """The locks that this statement took."""
        return tuple(held.lock for held in self.held)

    def events_of(self, kind: str) -> Iterator[dict[str, object]]:
        return (event for event in self.events if event.get("event") == kind)

    def tags(self) -> set[object]:
        return {event.get("tag") for event in self.events_of("ddl")}


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One run of the revision: upgrade, downgrade or second_upgrade.

    Schema differences are against what it should be: the first schema, for the second upgrade that of the first. The
    difference after the first upgrade is the change itself.
    """

    name: str
    failure: Failure | None
    schema_differences: tuple[str, ...]
    changed_tables: tuple[str, ...]  # whose rows differ, over the columns they had
    invalid_indexes: Mapping[str, str]  # index to table
    version_is_committed: bool


@dataclass(frozen=True, kw_only=True)
class Evidence:
    file: str
    lines: Mapping[str, int]  # function name to its line
    statements: tuple[Traced, ...]
    existing: Mapping[int, Relation]  # the relations that were there before
    phases: Mapping[str, Phase]
    invalid_before: frozenset[str]

    def upgrade(self) -> Iterator[Traced]:
        return (statement for statement in self.statements if statement.phase == "upgrade")

    def is_existing_table(self, oid: int) -> bool:
        return oid in self.existing and self.existing[oid].kind in TABLE_KINDS

    def table_named(self, statement: Traced) -> str:
        """The existing table that the text names, itself or by one of its indexes; "*" when it names none."""
        names = {name.strip('"') for name in re.findall(r'"(?:[^"]|"")+"|\w+', NOT_CODE.sub(" ", statement.sql))}
        indexes = statement.before.indexes
        for oid, relation in self.existing.items():
            if relation.name in names:
                table = self.existing.get(indexes[oid].table) if oid in indexes else relation
                return table.label if table else "*"
        return "*"

    def line_of(self, hazard: str) -> int:
        return self.lines.get("downgrade" if hazard.endswith("downgrade") else "upgrade", 1)
