"""IF NOT EXISTS takes a leftover INVALID index for a finished one."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting


def matches(evidence: Evidence) -> Iterator[Sighting]:
    for statement in evidence.upgrade():
        words = statement.words
        if words.startswith("CREATE") and " CONCURRENTLY IF NOT EXISTS " in words:
            observed = "the statement asks only whether the name is taken, not whether the index is valid"
            yield Sighting(table=evidence.table_named(statement), observed=observed, statement=statement)


HAZARD = Hazard(
    id="concurrent-if-not-exists",
    severity="warning",
    why="after a failed build the name is taken by an INVALID index: the upgrade passes and no query may use the index",
    instead="drop the index concurrently when pg_index.indisvalid is false, then create it without IF NOT EXISTS",
    source="https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    matches=matches,
    fires_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.execute('create index concurrently if not exists o_note on orders (note)')",
            downgrade="op.drop_index('o_note')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.execute('CREATE INDEX CONCURRENTLY o_note ON orders (note)')",
            downgrade="op.drop_index('o_note')",
        ),
        Example(
            upgrade="op.execute(\"COMMENT ON TABLE orders IS 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i'\")",
            downgrade="op.execute('COMMENT ON TABLE orders IS NULL')",
        ),
    ),
)
