"""The lock modes, compared with the server's own answers."""

from __future__ import annotations

from typing import Any

import pytest

from orchestrator.pg import connect
from orchestrator.pg.locks import LockMode

pytestmark = pytest.mark.pg


def test_two_modes_conflict_where_the_server_says_so(database):
    with connect.scratch(database) as setup, connect.scratch(database) as first, connect.scratch(database) as second:
        setup.execute("CREATE TABLE t ()")
        for held in LockMode:
            with first.transaction(force_rollback=True):
                first.execute(f"LOCK TABLE t IN {held.words} MODE")
                refused = {mode for mode in LockMode if not can_lock(second, mode)}
            assert refused == {mode for mode in LockMode if held.conflicts_with(mode)}, held


def can_lock(connection: Any, mode: LockMode) -> bool:
    import psycopg

    try:
        with connection.transaction(force_rollback=True):
            connection.execute(f"LOCK TABLE t IN {mode.words} MODE NOWAIT")
    except psycopg.errors.LockNotAvailable:
        return False
    return True


def test_the_catalog_name_is_the_one_in_pg_locks(database):
    with connect.scratch(database) as connection:
        connection.execute("CREATE TABLE t ()")
        for mode in LockMode:
            with connection.transaction(force_rollback=True):
                connection.execute(f"LOCK TABLE t IN {mode.words} MODE")
                row = connection.execute("SELECT mode FROM pg_locks WHERE relation = 't'::regclass").fetchone()
            assert LockMode.read(row[0]) is mode
            assert LockMode.read(mode.words) is mode


@pytest.mark.parametrize(
    ("mode", "blocks"),
    [
        (LockMode.ROW_EXCLUSIVE, "nothing"),
        (LockMode.SHARE_UPDATE_EXCLUSIVE, "schema changes"),
        (LockMode.SHARE, "writes"),
        (LockMode.EXCLUSIVE, "writes"),
        (LockMode.ACCESS_EXCLUSIVE, "reads and writes"),
    ],
)
def test_what_a_lock_blocks_is_said_in_plain_words(mode, blocks):
    assert mode.blocks == blocks


def test_a_text_that_names_no_mode_is_refused():
    with pytest.raises(ValueError, match="no such lock mode"):
        LockMode.read("ExclusiveLocks")
