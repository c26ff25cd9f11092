"""An existing table is written anew, row by row, while nobody else may read it."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting
from orchestrator.migration.result import rewritten

TYPE_CHANGE = 4  # the reason that pg_event_trigger_table_rewrite_reason() gives for ALTER COLUMN TYPE


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        for oid, reason in rewritten(evidence, statement).items():
            if reason != TYPE_CHANGE:
                table = evidence.existing[oid].label
                observed = f"every row of {table} was written to a new file under ACCESS EXCLUSIVE"
                yield Sighting(table=table, observed=observed, statement=statement)


HAZARD = Hazard(
    id="rewrite-table",
    severity="error",
    why="reads and writes of the table wait until every row and every index has been written again",
    instead="add the column without the volatile default, set the default for new rows, then fill old rows in batches",
    source="https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('bucket', sa.Float(), server_default=sa.text('random()')))",
            downgrade="op.drop_column('orders', 'bucket')",
        ),
        Example(
            upgrade="with op.get_context().autocommit_block():\n    op.execute('VACUUM FULL orders')", downgrade="pass"
        ),
        Example(upgrade="op.execute('CLUSTER orders USING orders_customer_idx')", downgrade="pass"),
    ),
    silent_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('bucket', sa.Float(), server_default=sa.text('0.5')))",
            downgrade="op.drop_column('orders', 'bucket')",
        ),
        Example(upgrade="op.execute('TRUNCATE orders')", downgrade="pass"),
        Example(upgrade="op.execute('ALTER TABLE orders ALTER amount TYPE numeric')", downgrade="pass"),
    ),
)
