"""What is sent to the user's server only reads, however it is worded, and no answer is larger than it may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp_client import NEEDED, TABLES, Client, command, environment, talking

from orchestrator.pg import connect, scratch

pytestmark = pytest.mark.pg

NAME = "hostile"
NEVER_THERE = "/tmp/pgwright-must-not-be-there"  # noqa: S108
OWN = """
CREATE EXTENSION dblink;
CREATE SEQUENCE counter;
CREATE FUNCTION sneaky() RETURNS int LANGUAGE plpgsql AS $$
BEGIN COPY (SELECT 1) TO PROGRAM 'touch /tmp/pgwright-must-not-be-there'; RETURN 1; END $$;
CREATE FUNCTION honest(int) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1 + 1';
CREATE FUNCTION "Mixed"() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_lock(7); RETURN 1; END $$;
CREATE FUNCTION behind(int, int) RETURNS boolean LANGUAGE plpgsql
AS $$ BEGIN PERFORM pg_advisory_lock(8); RETURN true; END $$;
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = behind);
CREATE PROCEDURE act() LANGUAGE sql AS 'DELETE FROM orders';
"""
REFUSED = [
    "DROP TABLE orders",
    "TRUNCATE orders",
    "DELETE FROM orders WHERE id = 1",
    "UPDATE orders SET note = ''",
    "INSERT INTO customers (name) VALUES ('x')",
    "MERGE INTO orders o USING customers c ON o.id = c.id WHEN MATCHED THEN DELETE",
    "CREATE TABLE t (a int)",
    "CREATE TEMP TABLE t (a int)",
    "CREATE TABLE t AS SELECT 1",
    "ALTER TABLE orders ADD x int",
    "CREATE INDEX ON orders (note)",
    "VACUUM orders",
    "ANALYZE orders",
    "LOCK TABLE orders",
    "CALL act()",
    "DO $$ BEGIN DELETE FROM orders; END $$",
    "GRANT ALL ON orders TO public",
    "COMMENT ON TABLE orders IS 'x'",
    # more than one statement, and transactions
    "SELECT 1; DELETE FROM orders WHERE id = 1",
    "SELECT 1; SELECT 2",
    "COMMIT; DELETE FROM orders WHERE id = 1",
    "COMMIT",
    "ROLLBACK",
    "BEGIN READ WRITE",
    "SET TRANSACTION READ WRITE",
    "START TRANSACTION READ WRITE; SELECT 1",
    "SELECT 1 /* ; */; DROP TABLE orders --",
    # the session
    "SET ROLE postgres",
    "RESET ROLE",
    "SET SESSION AUTHORIZATION postgres",
    "SET default_transaction_read_only = off",
    "SET statement_timeout = 0",
    "RESET ALL",
    "DISCARD ALL",
    "SELECT set_config('transaction_read_only', 'off', true)",
    "SELECT set_config('statement_timeout', '0', false)",
    "SELECT pg_catalog.set_config('role', 'postgres', false)",
    # writes inside of reads
    "WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING *) SELECT * FROM gone",
    "WITH a AS (SELECT 1), b AS (UPDATE orders SET note = '' WHERE id = 1 RETURNING 1) SELECT * FROM a",
    "SELECT * INTO t FROM orders",
    "SELECT * FROM orders FOR UPDATE",
    "SELECT * FROM orders FOR KEY SHARE",
    "SELECT * FROM (SELECT * FROM orders FOR SHARE) s",
    "TABLE orders FOR UPDATE",
    # EXPLAIN that runs
    "EXPLAIN ANALYZE DELETE FROM orders WHERE id = 1",
    "EXPLAIN (ANALYZE, BUFFERS) UPDATE orders SET note = '' WHERE id = 1",
    "EXPLAIN (ANALYZE true) INSERT INTO customers (name) VALUES ('x')",
    "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
    "EXPLAIN ANALYZE WITH gone AS (DELETE FROM orders RETURNING 1) SELECT * FROM gone",
    "EXPLAIN ANALYZE EXECUTE something",
    "EXPLAIN ANALYZE SELECT sneaky()",
    # files, programs, other servers
    "COPY orders TO '/tmp/pgwright-must-not-be-there'",
    "COPY orders TO STDOUT",
    "COPY orders TO PROGRAM 'touch /tmp/pgwright-must-not-be-there'",
    "COPY orders FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_catalog.pg_read_file('/etc/passwd')",
    "SELECT \"pg_read_file\"('/etc/passwd')",
    "SELECT U&\"pg_read\\005ffile\"('/etc/passwd')",
    "SELECT pg_catalog . pg_read_file ( '/etc/passwd' )",
    "SELECT pg_read_binary_file('/etc/passwd')",
    "SELECT * FROM pg_read_file('/etc/passwd')",
    "SELECT * FROM ROWS FROM (pg_read_file('/etc/passwd'), generate_series(1, 2)) AS t",
    "SELECT (SELECT x FROM LATERAL pg_read_file('/etc/passwd') AS x)",
    "SELECT 1 ORDER BY pg_read_file('/etc/passwd')",
    "VALUES (pg_read_file('/etc/passwd'))",
    "SELECT pg_ls_dir('/')",
    "SELECT * FROM pg_ls_logdir()",
    "SELECT pg_stat_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/pgwright-must-not-be-there')",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT * FROM pg_authid",
    "SELECT rolpassword FROM pg_catalog.pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM dblink('host=127.0.0.1', 'DROP TABLE orders') AS t (a int)",
    "SELECT dblink_connect('host=127.0.0.1')",
    "SELECT dblink_exec('DROP TABLE orders')",
    # side effects that no rollback undoes
    "SELECT nextval('counter')",
    "SELECT setval('counter', 9)",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
    "SELECT pg_cancel_backend(1)",
    "SELECT pg_reload_conf()",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_lock(1)",
    "SELECT pg_advisory_xact_lock(1)",
    "SELECT pg_notify('a', 'b')",
    "SELECT pg_logical_emit_message(false, 'a', 'b')",
    "SELECT pg_stat_reset()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_physical_replication_slot('s')",
    "SELECT pg_log_backend_memory_contexts(1)",
    "SELECT pg_export_snapshot()",
    "SELECT query_to_xml('DELETE FROM orders', true, true, '')",
    "SELECT sneaky()",
    "SELECT public.sneaky()",
    "SELECT honest(sneaky())",
    'SELECT "Mixed"()',
    "SELECT * FROM orders WHERE id = sneaky()",
    "SELECT 1 === 1",
    "SELECT 1 OPERATOR(public.===) 1",
    "SELECT count(*) FILTER (WHERE sneaky() = 1) FROM orders",
    "SELECT CASE WHEN true THEN sneaky() END",
    "SELECT * FROM orders TABLESAMPLE SYSTEM (sneaky())",
    "LISTEN a",
    "NOTIFY a",
    "PREPARE p AS DELETE FROM orders",
    "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
    "",
    ";",
    "-- nothing",
    "SELECT 1\0; DROP TABLE orders",
    "SELECT " + "1 + (" * 3000 + "1" + ")" * 3000,
    "SELECT '" + "x" * 200_000 + "'",
]
ALLOWED = {
    "SELECT 1 AS a": [{"a": 1}],
    "SELECT 1 AS a;": [{"a": 1}],
    "SELECT 1 AS a -- DROP TABLE orders": [{"a": 1}],
    "SELECT 'DROP TABLE orders; %s %(x)s 100%' AS a": [{"a": "DROP TABLE orders; %s %(x)s 100%"}],
    "VALUES (1)": [{"column1": 1}],
    "WITH t AS (SELECT 2 AS a) SELECT * FROM t": [{"a": 2}],
    "SELECT 1, 2": [{"?column?": 1, "?column?_2": 2}],
    "SHOW transaction_read_only": [{"transaction_read_only": "on"}],
    "SELECT honest(1) AS a": [{"a": 2}],
    "SELECT count(*) AS a FROM orders": [{"a": 3000}],
    "SELECT 'infinity'::timestamptz AS a, 'NaN'::float8 AS b": [{"a": "infinity", "b": "nan"}],
    "SELECT pg_total_relation_size('orders') > 0 AS a, random() < 2 AS b": [{"a": True, "b": True}],
    "SELECT ARRAY[1, 2] AS a, '{\"b\": 1}'::jsonb AS b, NULL AS c": [{"a": [1, 2], "b": {"b": 1}, "c": None}],
    "SELECT a[1:2] AS a FROM (SELECT ARRAY[1, 2, 3] AS a) t": [{"a": [1, 2]}],
    r"SELECT '\''' AS a": [{"a": "\\'"}],
}
STATE = """
SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM customers), (SELECT last_value FROM counter),
       (SELECT sum(hashtext(o::text)) FROM orders o), (SELECT count(*) FROM pg_class),
       (SELECT count(*) FROM pg_largeobject_metadata),
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_replication_slots)
"""


@pytest.fixture(scope="module")
def dsn(server: scratch.Server) -> Iterator[str]:
    found = scratch.create_database(server, NAME)
    with connect.scratch(found) as connection:
        connection.execute(TABLES + OWN)
    yield found
    with connect.scratch(server.dsn()) as connection:
        connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def state(dsn: str) -> tuple:
    with connect.scratch(dsn) as connection:
        return connection.execute(STATE).fetchone()


@pytest.fixture(scope="module")
def hostile(dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A session as a superuser, who may do everything that is not refused before it reaches the server."""
    pytest.importorskip("mcp.server", reason=NEEDED)
    folder = tmp_path_factory.mktemp("hostile")
    env = environment(folder) | {"DATABASE_URI": dsn}
    before = state(dsn)
    with talking(command("--timeout", "1.5"), env, folder, folder / "stderr") as found:
        yield found
    assert state(dsn) == before
    assert not Path(NEVER_THERE).exists()
    assert "Traceback" not in (folder / "stderr").read_text()


@pytest.mark.parametrize("statement", REFUSED, ids=lambda text: text[:50] or "empty")
def test_what_does_more_than_read_is_refused_with_a_reason(hostile, statement):
    found = hostile.call("execute_sql", sql=statement)
    assert found.failed
    assert found.text.startswith("error: ")
    assert "bug" not in found.text
    assert "root:" not in found.text


@pytest.mark.parametrize("statement", ALLOWED, ids=lambda text: text[:50])
def test_what_reads_is_run(hostile, statement):
    found = hostile.call("execute_sql", sql=statement)
    assert not found.failed, found.text
    assert json.loads(found.text) == ALLOWED[statement]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM orders",
        "SELECT sneaky()",
        "SELECT pg_advisory_lock(1)",
        "WITH gone AS (DELETE FROM orders RETURNING 1) SELECT * FROM gone",
        "SELECT * FROM orders FOR UPDATE",
        "SELECT 1; DROP TABLE orders",
        "EXPLAIN SELECT 1",
        "ANALYZE orders",
        "CREATE TABLE t AS SELECT 1",
    ],
)
def test_analyze_runs_nothing_but_a_read(hostile, statement):
    for tool in ("explain", "explain_query"):
        assert hostile.call(tool, sql=statement, analyze=True).failed


def test_the_plan_of_a_write_is_shown_without_running_it(hostile):
    found = hostile.call("explain", sql="DELETE FROM orders WHERE note = 'x'")
    assert not found.failed
    assert found.data["plan"]["kind"] == "ModifyTable"
    assert found.data["analyzed"] is False


def test_a_refusal_says_which_rule_and_what_to_do_instead(hostile):
    text = hostile.call("execute_sql", sql="CREATE INDEX ON orders (note)").text
    assert "create-index-blocking" in text
    assert "CONCURRENTLY" in text


@pytest.mark.parametrize("statement", ["SELECT pg_sleep(30)", "SELECT count(*) FROM generate_series(1, 1000000000000)"])
def test_a_statement_is_stopped_when_its_time_is_over(hostile, statement):
    found = hostile.call("execute_sql", sql=statement)
    assert found.failed
    assert "statement timeout" in found.text
    assert "--timeout" in found.text


def test_rows_beyond_the_limit_are_left_out_and_it_says_so(hostile):
    found = hostile.call("execute_sql", sql="SELECT id FROM orders ORDER BY id")
    rows, note = found.text.rsplit("\n", 1)
    assert len(json.loads(rows)) == 200
    assert note == "note: more than 200 rows: the first are shown"


def test_bytes_beyond_the_limit_are_left_out_and_it_says_so(hostile):
    found = hostile.call("execute_sql", sql="SELECT repeat('x', 3000) AS a FROM generate_series(1, 100)")
    assert len(found.text) < 110_000
    assert "more than 100000 bytes" in found.text


@pytest.mark.parametrize(
    "value", ["repeat('x', 20000000)", "decode(repeat('00', 5000000), 'hex')", "array_fill(1, ARRAY[500000])"]
)
def test_a_huge_value_is_cut(hostile, value):
    found = hostile.call("execute_sql", sql=f"SELECT {value} AS a")
    assert not found.failed
    assert len(found.text) < 9_000
    assert "characters)" in found.text


def test_calls_at_the_same_time_do_not_wait_for_each_other(hostile):
    import anyio

    async def both() -> list[str]:
        order: list[str] = []

        async def call(name: str, sql: str) -> None:
            await hostile.session.call_tool("execute_sql", {"sql": sql})
            order.append(name)

        async with anyio.create_task_group() as group:
            group.start_soon(call, "slow", "SELECT pg_sleep(1)")
            await anyio.sleep(0.1)
            group.start_soon(call, "quick", "SELECT 1")
        return order

    assert hostile.portal.call(both) == ["quick", "slow"]
