"""The upgrade ends, and an index is INVALID."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for name in ("upgrade", "second_upgrade"):
        phase = evidence.phases.get(name)
        if phase is not None:
            for index in phase.invalid_indexes.keys() - evidence.invalid_before:
                yield Sighting(table=phase.invalid_indexes[index], observed=f"{index} is INVALID after the {name}")


HAZARD = Hazard(
    id="invalid-index-left",
    severity="error",
    why="no query may use the index, and every write still has to maintain it",
    instead="drop the index concurrently when pg_index.indisvalid is false, before it is built again",
    source="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    matches=matches,
    fires_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.execute('CREATE UNIQUE INDEX CONCURRENTLY o_customer ON orders (customer)')",
            downgrade="op.drop_index('o_customer')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.execute('CREATE UNIQUE INDEX CONCURRENTLY o_id ON orders (id)')",
            downgrade="op.drop_index('o_id')",
        ),
    ),
)
