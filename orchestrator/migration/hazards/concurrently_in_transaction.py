"""CONCURRENTLY inside a transaction block stops with an error."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting

ACTIVE_SQL_TRANSACTION = "25001"


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        if statement.error and statement.error.sqlstate == ACTIVE_SQL_TRANSACTION and "CONCURRENTLY" in statement.words:
            observed = f"SQLSTATE {ACTIVE_SQL_TRANSACTION}: {statement.error.message}"
            yield Sighting(table=evidence.table_named(statement), observed=observed, statement=statement)


HAZARD = Hazard(
    id="concurrently-in-transaction",
    severity="error",
    why="the statement is refused inside a transaction block, so the upgrade stops there",
    instead="with op.get_context().autocommit_block(): around it",
    source="https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.create_index('o_note', 'orders', ['note'], postgresql_concurrently=True)",
            downgrade="op.drop_index('o_note')",
        ),
        Example(upgrade="op.execute('DROP INDEX CONCURRENTLY orders_customer_idx')", downgrade="pass"),
    ),
    silent_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.create_index('o_note', 'orders', ['note'], postgresql_concurrently=True)",
            downgrade="op.drop_index('o_note')",
        ),
        Example(upgrade="with op.get_context().autocommit_block():\n    op.execute('VACUUM orders')", downgrade="pass"),
    ),
)
