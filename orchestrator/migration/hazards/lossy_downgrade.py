"""Rows that were there before are not the same after the way up and down."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    down = evidence.phases.get("downgrade")
    if down is None or down.failure:
        return
    for table in down.changed_tables:
        yield Sighting(table=table, observed=f"rows of {table} differ after upgrade and downgrade")


HAZARD = Hazard(
    id="lossy-downgrade",
    severity="warning",
    why="a rollback does not bring back what the upgrade removed or changed",
    instead="keep the old values until the release is final (expand and contract), or say what is lost",
    source="https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.drop_column('orders', 'note')",
            downgrade="op.add_column('orders', sa.Column('note', sa.Text()))",
        ),
    ),
    silent_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text(), server_default='x'))",
            downgrade="op.drop_column('orders', 'city')",
        ),
    ),
)
