"""The downgrade does nothing although the upgrade changed the schema."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    up, down = evidence.phases["upgrade"], evidence.phases.get("downgrade")
    if down is None or not up.schema_differences:
        return
    ran = any(statement.phase == "downgrade" for statement in evidence.statements)
    if down.failure and not down.failure.sqlstate and not ran:
        yield Sighting(table="*", observed=f"the downgrade raised {down.failure.kind}: {down.failure.message}")
    elif not down.failure and not ran:
        left = len(down.schema_differences)
        yield Sighting(table="*", observed=f"the downgrade ran no statement, {left} differences of the schema remain")


HAZARD = Hazard(
    id="irreversible-downgrade",
    severity="warning",
    why="a release that goes wrong cannot be taken back with the tool that rolled it out",
    instead="undo in downgrade() what upgrade() did, or say in the revision why that is not possible",
    source="https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading",
    matches=matches,
    fires_on=(
        Example(upgrade="op.add_column('orders', sa.Column('city', sa.Text()))", downgrade="pass"),
        Example(upgrade="op.add_column('orders', sa.Column('city', sa.Text()))", downgrade="raise NotImplementedError"),
    ),
    silent_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text()))",
            downgrade="op.drop_column('orders', 'city')",
        ),
        Example(upgrade="op.execute(\"UPDATE orders SET note = 'x' WHERE id = 1\")", downgrade="pass"),
    ),
)
