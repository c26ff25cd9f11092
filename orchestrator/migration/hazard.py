"""A hazard: a migration shape that can hurt a running application, recognised in what a proof observed.

One record, one file: a module in `hazards/` with a `HAZARD` is all that a new hazard needs.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from orchestrator.migration import hazards
from orchestrator.migration.evidence import Evidence, Traced


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One occurrence: on which table, what was observed in one sentence, and the statement that did it."""

    table: str
    observed: str
    statement: Traced | None = None


@dataclass(frozen=True, kw_only=True)
class Example:
    """The bodies of upgrade() and downgrade(), on a table `orders` with rows and an index on `customer`."""

    upgrade: str
    downgrade: str


@dataclass(frozen=True, kw_only=True)
class Hazard:
    id: str
    severity: str  # error or warning
    why: str
    instead: str
    source: str
    matches: Callable[[Evidence], Iterable[Sighting]]
    fires_on: tuple[Example, ...]
    silent_on: tuple[Example, ...]

    def findings(self, evidence: Evidence) -> list[dict[str, Any]]:
        """The sightings as findings, one a table and statement."""
        found = {(item.table, item.statement and item.statement.index): item for item in self.matches(evidence)}
        return [self._finding(evidence, item) for item in found.values()]

    def _finding(self, evidence: Evidence, item: Sighting) -> dict[str, Any]:
        line = item.statement.line if item.statement else evidence.line_of(self.id)
        return {
            "hazard": self.id,
            "table": item.table,
            "severity": self.severity,
            "evidence": "proven",
            "observed": item.observed,
            "location": {"file": evidence.file, "line": line},
            "why": self.why,
            "instead": self.instead,
            "source": self.source,
        }


def every() -> tuple[Hazard, ...]:
    """All hazards, in the order of their ids."""
    names = sorted(module.name for module in pkgutil.iter_modules(hazards.__path__))
    return tuple(importlib.import_module(f"{hazards.__name__}.{name}").HAZARD for name in names)
