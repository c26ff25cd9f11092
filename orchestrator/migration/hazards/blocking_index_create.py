"""CREATE INDEX without CONCURRENTLY makes every writer wait for the build."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting
from orchestrator.pg.locks import LockMode


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        if statement.after is None or "CREATE INDEX" not in statement.tags():
            continue
        for oid in statement.after.indexes.keys() - statement.before.indexes.keys():
            table = statement.after.indexes[oid].table
            modes = {lock.mode for lock in statement.after.locks if lock.relation == table}
            if LockMode.SHARE in modes and evidence.is_existing_table(table):
                name = statement.after.relations[oid].label
                observed = f"SHARE on {evidence.existing[table].label} while {name} was built"
                yield Sighting(table=evidence.existing[table].label, observed=observed, statement=statement)


HAZARD = Hazard(
    id="blocking-index-create",
    severity="error",
    why="INSERT, UPDATE and DELETE on the table wait until the index is built",
    instead="CREATE INDEX CONCURRENTLY in an autocommit block, alone in its revision",
    source="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    matches=matches,
    fires_on=(
        Example(upgrade="op.create_index('o_note', 'orders', ['note'])", downgrade="op.drop_index('o_note')"),
        Example(
            upgrade="with op.get_context().autocommit_block():\n    op.create_index('o_note', 'orders', ['note'])",
            downgrade="op.drop_index('o_note')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.create_index('o_note', 'orders', ['note'], postgresql_concurrently=True)",
            downgrade="op.drop_index('o_note')",
        ),
        Example(
            upgrade="op.execute('CREATE TABLE bills (id bigint PRIMARY KEY, note text)')\n"
            "op.create_index('b_note', 'bills', ['note'])",
            downgrade="op.drop_table('bills')",
        ),
        Example(
            upgrade="op.create_unique_constraint('o_id_note', 'orders', ['id', 'note'])",
            downgrade="op.drop_constraint('o_id_note', 'orders')",
        ),
    ),
)
