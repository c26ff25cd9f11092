"""The records of tuning: what a rule sees, what it may propose, and what the rule itself says about its proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from orchestrator.pg.catalog import Catalog
from orchestrator.pg.query import Query

Equality = Literal["equal", "overlap"]


@dataclass(frozen=True, kw_only=True)
class Knob:
    """A setting that trades recall for time, with the values worth measuring, ascending."""

    setting: str
    values: tuple[int, ...]
    default: int


@dataclass(frozen=True, kw_only=True)
class IndexDesign:
    """An index that does not exist yet. `definition` follows USING; `schema`, with its dot, goes before the name."""

    name: str
    table: str
    method: str
    definition: str
    where: str = ""
    knob: Knob | None = None
    schema: str = ""

    @property
    def qualified(self) -> str:
        return f"{self.schema}{self.name}"

    def create(self, *, concurrently: bool = False) -> str:
        how = "CONCURRENTLY " if concurrently else ""
        condition = f" WHERE {self.where}" if self.where else ""
        return f"CREATE INDEX {how}{self.name} ON {self.table} USING {self.definition}{condition}"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One proposal: an index, a rewritten query, or both where the one is useless without the other.

    Changes with the same `slot` are alternatives, tried in the order of `preferred`, lowest first. With a `caveat` the
    change is measured for comparison but never kept: the caveat says what it loses. `settings` are those that the
    rewritten query needs.
    """

    rule: str
    title: str
    why: str
    slot: str
    preferred: int = 0
    index: IndexDesign | None = None
    query: str = ""
    caveat: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a rule may look at: the query, the catalog of its relations, and what it reads too many rows for."""

    query: Query
    catalog: Catalog


@dataclass(frozen=True, kw_only=True)
class Example:
    schema: str
    query: str


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One tuning rule. Adding the file that defines it is the whole change; the tests run its examples on a server.

    `keeps` says what must be shown before a proposal may be accepted: "equal" rows, or "overlap" with the exact answer.
    """

    id: str
    kind: Literal["index", "rewrite"]
    why: str
    keeps: Equality
    obligation: str
    source: str
    propose: Callable[[Situation], Sequence[Change]]
    fires_on: tuple[Example, ...]
    silent_on: tuple[Example, ...]
