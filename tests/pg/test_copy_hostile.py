"""Copies from servers that are set up to be misread: other formats, missing rights, missing statistics."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys

import pytest

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import catalog, connect, copy, folders, plan, query, scratch

pytestmark = pytest.mark.pg
_numbers = itertools.count(1)


@pytest.fixture
def copied(server, database):
    """Runs statements on the user's server, copies the tables, and gives what was copied and a session on it."""
    name = f"hostile_{next(_numbers)}"
    dsn = scratch.create_database(server, name)
    sessions = []

    def run(statements, names, *, max_rows=1000):
        with connect.scratch(database) as owner:
            for statement in statements:
                owner.execute(statement)
        target = connect.scratch(dsn)
        sessions.append(target)
        with connect.reader(database, lock_timeout_ms=200) as source:
            done = copy.copy_tables(source, target, names, max_rows=max_rows)
        sessions.append(connect.scratch(dsn))
        return done, sessions[-1]

    yield run
    for session in sessions:
        session.close()
    with connect.scratch(server.dsn()) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def one(session, statement):
    return session.execute(statement).fetchone()


def alter(database, settings):
    with connect.scratch(database) as owner:
        for name, value in settings.items():
            owner.execute(f"ALTER DATABASE {owner.info.dbname} SET {name} = '{value}'")


def test_values_survive_other_formats_of_dates_intervals_and_numbers(database, copied):
    formats = {"datestyle": "SQL, DMY", "intervalstyle": "sql_standard", "extra_float_digits": "-10"}
    alter(database, formats | {"client_encoding": "LATIN1", "timezone": "Asia/Kolkata"})
    done, session = copied(
        [
            "CREATE TABLE kept (day date DEFAULT '2024-02-04', span interval, number float8, word text,"
            " at timestamptz)",
            "INSERT INTO kept VALUES ('2024-02-04', interval '-1 day +2 hours', pi(), 'größe', '2024-02-04 05:06+07')",
        ],
        ["kept"],
    )
    wanted = (
        "SELECT day = make_date(2024, 2, 4) AND span = make_interval(days => -1, hours => 2) AND number = pi()"
        " AND word = 'gr' || U&'\\00F6\\00DF' || 'e' AND at = timestamptz '2024-02-03 22:06Z' FROM kept"
    )
    assert one(session, wanted) == (True,)
    assert one(session, "INSERT INTO kept DEFAULT VALUES RETURNING day = make_date(2024, 2, 4)") == (True,)
    assert done.left_out == ()


def test_literals_of_the_query_mean_on_the_copy_what_they_mean_on_the_original(database, copied):
    alter(database, {"datestyle": "SQL, DMY", "default_text_search_config": "german"})
    _, session = copied(["CREATE TABLE t (id int)"], ["t"])
    assert one(session, "SELECT date '04/02/2024' = make_date(2024, 2, 4)") == (True,)
    assert one(session, "SELECT to_tsvector('die Katzen')::text") == ("'katz':2",)


def test_a_table_that_was_never_analysed_is_sampled_and_its_rows_are_estimated(copied):
    done, session = copied(
        [
            "CREATE TABLE big WITH (autovacuum_enabled = off) AS"
            " SELECT i AS id, repeat('x', 500) AS filler FROM generate_series(1, 40000) i",
            "CREATE TABLE empty (id int)",
        ],
        ["big", "empty"],
    )
    big, empty = done.tables
    assert big.sampled
    assert big.estimated_rows == pytest.approx(40_000, rel=0.1)
    assert 800 < big.rows <= 1000
    assert one(session, "SELECT max(id) > 30000 FROM big") == (True,)
    assert (empty.rows, empty.estimated_rows, empty.sampled) == (0, 0, False)


def test_a_partitioned_table_is_refused(database):
    with connect.scratch(database) as owner:
        owner.execute("CREATE TABLE ev (id int) PARTITION BY RANGE (id)")
    with connect.reader(database) as source, pytest.raises(UsageError, match="partitioned table") as refused:
        catalog.read(source, ["ev"])
    assert "partition" in refused.value.hint


def test_what_the_copy_does_not_have_is_said(copied):
    done, session = copied(
        [
            "CREATE FUNCTION small(n int) RETURNS bool LANGUAGE sql AS 'SELECT n < 10'",
            "CREATE DOMAIN digit AS int NOT NULL CHECK (VALUE >= 0) CHECK (small(VALUE))",
            'CREATE COLLATION own FROM "C"',
            'CREATE TABLE t (d digit, name text COLLATE own, other text COLLATE "C")',
            "INSERT INTO t VALUES (1, 'a', 'b')",
            "CREATE TABLE child () INHERITS (t)",
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "CREATE STATISTICS pairs ON name, other FROM t",
        ],
        ["t"],
    )
    said = "\n".join(done.left_out)
    assert "collation public.own of t.name" in said
    assert "row security of t" in said
    assert "child" in said
    assert "small" in said
    domain = "SELECT typnotnull, (SELECT count(*) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c')"
    assert one(session, f"{domain} FROM pg_type t WHERE typname = 'digit'") == (True, 1)
    assert one(session, "SELECT count(*) FROM pg_statistic_ext WHERE stxname = 'pairs'") == (1,)


def test_functions_in_schemas_of_their_own_come_along(copied):
    done, session = copied(
        [
            "CREATE SCHEMA tools",
            "CREATE FUNCTION tools.twice(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 2 * n'",
            "CREATE TABLE t (n int DEFAULT tools.twice(4), m int GENERATED ALWAYS AS (tools.twice(n)) STORED)",
            "CREATE INDEX by_twice ON t ((tools.twice(m)))",
            "INSERT INTO t DEFAULT VALUES",
        ],
        ["t"],
    )
    assert one(session, "SELECT n, m FROM t") == (8, 16)
    assert one(session, "SELECT count(*) FROM pg_indexes WHERE indexname = 'by_twice'") == (1,)
    assert done.left_out == ()


def test_a_table_that_may_not_be_read_is_told_with_the_grant(server, database, copied):
    with connect.scratch(database) as owner:
        owner.execute('CREATE TABLE "Secret" AS SELECT 1 AS id')
        owner.execute('ANALYZE "Secret"')
        owner.execute("DROP ROLE IF EXISTS nosy")
        owner.execute("CREATE ROLE nosy LOGIN")
    alter_role = f"{database} user=nosy"
    with connect.reader(alter_role) as source, connect.scratch(server.dsn()) as target:
        with pytest.raises(CouldNotFindOut, match="permission denied") as refused:
            copy.copy_tables(source, target, ['"Secret"'], max_rows=10)
        assert source.info.dbname in refused.value.message
        target.execute('DROP TABLE IF EXISTS "Secret"')
    assert refused.value.hint == 'GRANT SELECT ON public."Secret" TO "nosy";'


def test_a_lock_on_the_users_server_is_not_blamed_on_the_disposable_one(database, copied):
    with connect.scratch(database, autocommit=False) as holder:
        holder.execute("CREATE TABLE held AS SELECT 1 AS id")
        holder.commit()
        holder.execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CouldNotFindOut, match=r"cannot read .*held in database") as refused:
            copied([], ["held"])
    assert "lock" in refused.value.hint


def test_what_the_disposable_server_refuses_is_not_blamed_on_the_users(copied):
    with pytest.raises(CouldNotFindOut, match="the disposable server cannot take the rows of t: division by zero"):
        copied(
            [
                "CREATE FUNCTION over(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
                "CREATE TABLE t (n int, m int GENERATED ALWAYS AS (over(n)) STORED)",
                "INSERT INTO t VALUES (0)",
                "CREATE OR REPLACE FUNCTION over(n int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1 / n'",
            ],
            ["t"],
        )


def test_quoted_names_and_per_cent_signs_reach_the_plan(copied):
    text = 'SELECT count(*) FROM "My.Shop"."my orders.x" WHERE "Id" % 7 = 0'
    names = query.relations(query.read(text).tree)
    done, session = copied(
        [
            'CREATE SCHEMA "My.Shop"',
            'CREATE TABLE "My.Shop"."my orders.x" AS SELECT i AS "Id" FROM generate_series(1, 70) i',
        ],
        list(names),
    )
    assert done.tables[0].rows == 70
    assert plan.explain(session, text, {}, analyze=True).walk()
    assert catalog.read(session, names).relation(names[0]) is not None


HOSTILE = (
    "SERVICE SERVICEFILE SSLMODE REQUIREAUTH TARGETSESSIONATTRS SSLNEGOTIATION MINPROTOCOLVERSION REQUIREPEER "
    "GSSENCMODE CHANNELBINDING LOADBALANCEHOSTS HOSTADDR OPTIONS CLIENTENCODING DATESTYLE TZ PORT"
)


def test_no_variable_keeps_us_from_a_disposable_server_or_is_lost(database):
    script = """
import os, subprocess, sys
from orchestrator.pg import connect
before = dict(os.environ)
with connect.scratch(sys.argv[1]) as connection:
    print(connection.execute("SELECT 7").fetchone()[0])
print(before == dict(os.environ), subprocess.check_output(["printenv", "PGSERVICE"], text=True).strip())
"""
    hostile = {f"PG{name}": "nope" for name in HOSTILE.split()}
    done = subprocess.run(
        [sys.executable, "-c", script, database], env=os.environ | hostile, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["7", "True", "nope"], done.stderr


def test_a_temp_folder_behind_a_link_is_named_as_the_system_names_it(tmp_path, monkeypatch):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "link"))
    assert folders.temp_folder() == (tmp_path / "real").resolve()
