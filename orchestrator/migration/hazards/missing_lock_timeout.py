"""A strong lock without lock_timeout queues everybody behind it for as long as it waits."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.migration.evidence import Evidence
from orchestrator.migration.hazard import Example, Hazard, Sighting
from orchestrator.pg.locks import LockMode


def matches(evidence: Evidence) -> Iterator[Sighting]:
    reported: set[int] = set()
    for statement in evidence.upgrade():
        if statement.before.lock_timeout_ms:
            continue
        for lock in statement.locks:
            strong = lock.mode >= LockMode.SHARE and evidence.is_existing_table(lock.relation)
            if strong and lock.relation not in reported:
                reported.add(lock.relation)
                table = evidence.existing[lock.relation].label
                observed = f"{lock.mode.words} on {table} with lock_timeout = 0"
                yield Sighting(table=table, observed=observed, statement=statement)


HAZARD = Hazard(
    id="missing-lock-timeout",
    severity="warning",
    why="while the statement waits for one long transaction, every later reader and writer waits behind it",
    instead="SET LOCAL lock_timeout before it in a transaction, SET lock_timeout and RESET in an autocommit block",
    source="https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT",
    matches=matches,
    fires_on=(
        Example(
            upgrade="op.add_column('orders', sa.Column('city', sa.Text()))",
            downgrade="op.drop_column('orders', 'city')",
        ),
    ),
    silent_on=(
        Example(
            upgrade="op.execute(\"SET LOCAL lock_timeout = '5s'\")\n"
            "op.add_column('orders', sa.Column('city', sa.Text()))",
            downgrade="op.drop_column('orders', 'city')",
        ),
        Example(
            upgrade="op.execute('CREATE TABLE bills (id bigint PRIMARY KEY)')",
            downgrade="op.drop_table('bills')",
        ),
        Example(
            upgrade="with op.get_context().autocommit_block():\n"
            "    op.create_index('o_note', 'orders', ['note'], postgresql_concurrently=True)",
            downgrade="op.drop_index('o_note')",
        ),
    ),
)
