"""A column type change that copies the table."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting
from orchestrator.migration.hazards.rewrite_table import TYPE_CHANGE
from orchestrator.migration.result import rewritten


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        for oid, reason in rewritten(evidence, statement).items():
            if reason == TYPE_CHANGE:
                table = evidence.existing[oid].label
                observed = f"every row of {table} was converted and written to a new file under ACCESS EXCLUSIVE"
                yield Sighting(table=table, observed=observed, statement=statement)


HAZARD = Hazard(
    id="type-change-rewrite",
    severity="error",
    why="reads and writes of the table wait until every row has been converted and every index built again",
    instead="add a column of the new type, fill it in batches, switch the application, drop the old one",
    source="https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.execute('ALTER TABLE orders ALTER amount TYPE bigint')",
            downgrade="op.execute('ALTER TABLE orders ALTER amount TYPE int')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="op.execute('ALTER TABLE orders ALTER code TYPE varchar(40)')",
            downgrade="op.execute('ALTER TABLE orders ALTER code TYPE varchar(20)')",
        ),
    ),
)
