"""The way back fails, leaves something, or blocks the way up again."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    down, again = evidence.phases.get("downgrade"), evidence.phases.get("second_upgrade")
    ran = any(statement.phase == "downgrade" for statement in evidence.statements)
    if down is None or not ran:
        return  # it never ran, or it is an irreversible one
    if down.failure:
        yield Sighting(table=_table(evidence), observed=f"the downgrade failed: {down.failure.message}")
    elif down.schema_differences:
        yield Sighting(table=_table(evidence), observed="after the downgrade " + "; ".join(down.schema_differences[:3]))
    elif again and again.failure:
        yield Sighting(table=_table(evidence), observed=f"the second upgrade failed: {again.failure.message}")
    elif again and again.schema_differences:
        differences = "; ".join(again.schema_differences[:3])
        yield Sighting(table=_table(evidence), observed=f"after the second upgrade {differences}")


def _table(evidence: Evidence) -> str:
    named = (evidence.table_named(statement) for statement in evidence.statements)
    return next((table for table in named if table != "*"), "*")


HAZARD = Hazard(
    id="incomplete-downgrade",
    severity="error",
    why="after a rollback the schema is neither the old one nor the new one, and the next upgrade may fail on it",
    instead="undo every statement of upgrade() in reverse order, types and sequences included",
    source="https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.execute('ALTER TABLE orders ALTER amount SET DEFAULT 1')",
            downgrade="op.execute('ALTER TABLE orders ALTER amount SET DEFAULT 0')",
        ),
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text()))\n"
            "op.execute('CREATE VIEW notes AS SELECT id, note FROM orders')",
            downgrade="op.drop_column('orders', 'city')",
        ),
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text()))",
            downgrade="op.drop_column('orders', 'town')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text()))",
            downgrade="op.drop_column('orders', 'city')",
        ),
        Example(upgrade="op.add_column('orders', sa.Column('city', sa.Text()))", downgrade="pass"),
    ),
)
