"""DROP INDEX without CONCURRENTLY stops reads and writes of the table."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        dropped = any(event.get("type") == "index" for event in statement.events_of("drop"))
        if not dropped or "CONCURRENTLY" in statement.words or statement.after is None:
            continue
        for oid in statement.before.indexes.keys() - statement.after.indexes.keys():
            table = statement.before.indexes[oid].table
            if evidence.is_existing_table(table) and table in statement.after.relations:
                observed = f"ACCESS EXCLUSIVE on {evidence.existing[table].label} until the transaction ended"
                yield Sighting(table=evidence.existing[table].label, observed=observed, statement=statement)


HAZARD = Hazard(
    id="drop-index-not-concurrently",
    severity="warning",
    why="reads and writes of the table wait for it, and it waits for every transaction that uses the table",
    instead="DROP INDEX CONCURRENTLY in an autocommit block",
    source="https://www.postgresql.org/docs/current/sql-dropindex.html",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.drop_index('orders_customer_idx')",
            downgrade="op.create_index('orders_customer_idx', 'orders', ['customer'])",
        ),
    ),
    silent_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.drop_index('orders_customer_idx', postgresql_concurrently=True)",
            downgrade="op.create_index('orders_customer_idx', 'orders', ['customer'])",
        ),
        Example(upgrade="op.drop_column('orders', 'customer')", downgrade="pass"),
    ),
)
