"""The session on the user's server reads only, whatever else is asked for, and its errors keep secrets."""

from __future__ import annotations

import socket
import struct
import threading
import time

import pytest

from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.pg import connect

pytestmark = pytest.mark.pg
SECRET = "hunter2"


def show(connection, name):
    return connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0]


@pytest.fixture
def table(database):
    with connect.scratch(database) as connection:
        connection.execute("CREATE TABLE parts AS SELECT 1 AS id")
    return database


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO parts VALUES (2)",
        "DELETE FROM parts",
        "CREATE TABLE more (id int)",
        "WITH gone AS (DELETE FROM parts RETURNING id) SELECT * FROM gone",
        "DO 'BEGIN TRUNCATE parts; END'",
        "EXPLAIN ANALYZE UPDATE parts SET id = 3",
        "COMMENT ON TABLE parts IS 'x'",
    ],
)
def test_a_reader_refuses_to_write(table, statement):
    from psycopg.errors import ReadOnlySqlTransaction

    with connect.reader(table) as connection:
        with pytest.raises(ReadOnlySqlTransaction):
            connection.execute(statement)
        assert connection.execute("SELECT id FROM parts").fetchall() == [(1,)]


def test_a_reader_has_its_limits_and_its_name_from_the_first_statement(database):
    with connect.reader(database, statement_timeout_ms=1234, lock_timeout_ms=567, idle_timeout_ms=8901) as connection:
        assert show(connection, "statement_timeout") == "1234ms"
        assert show(connection, "lock_timeout") == "567ms"
        assert show(connection, "idle_in_transaction_session_timeout") == "8901ms"
        assert show(connection, "application_name") == "pgwright"
        assert connection.autocommit


def test_the_statement_timeout_bites(database):
    from psycopg.errors import QueryCanceled

    with connect.reader(database, statement_timeout_ms=50) as connection, pytest.raises(QueryCanceled):
        connection.execute("SELECT pg_sleep(30)")


def test_the_lock_timeout_bites(table):
    from psycopg.errors import LockNotAvailable

    with connect.scratch(table, autocommit=False) as holder, connect.reader(table, lock_timeout_ms=50) as connection:
        holder.execute("LOCK TABLE parts")
        with pytest.raises(LockNotAvailable):
            connection.execute("SELECT * FROM parts")


@pytest.mark.parametrize("given", ["dsn", "PGOPTIONS", "service"])
def test_given_options_stay_and_cannot_undo_ours(database, monkeypatch, tmp_path, given):
    options = "-c search_path=app -c default_transaction_read_only=off -c statement_timeout=0"
    dsn = database
    if given == "dsn":
        dsn = f"{database} options='{options}'"
    elif given == "PGOPTIONS":
        monkeypatch.setenv("PGOPTIONS", options)
    else:
        (tmp_path / "services").write_text(f"[shop]\noptions={options}\n")
        monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
        dsn = f"{database} service=shop"
    with connect.reader(dsn) as connection:
        assert show(connection, "search_path") == "app"
        assert show(connection, "transaction_read_only") == "on"
        assert show(connection, "statement_timeout") == "30s"


def test_settings_of_the_role_and_the_database_cannot_undo_ours(database):
    name = database.rpartition("=")[2]
    with connect.scratch(database) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
        connection.execute(f"ALTER DATABASE {name} SET statement_timeout = 0")
        connection.execute(f"ALTER ROLE postgres IN DATABASE {name} SET default_transaction_read_only = off")
    with connect.reader(database) as connection:
        assert show(connection, "transaction_read_only") == "on"
        assert show(connection, "statement_timeout") == "30s"


def test_an_empty_dsn_leaves_everything_to_libpq(server, database, monkeypatch):
    name = database.rpartition("=")[2]
    for variable, value in {"PGHOST": server.socket_directory, "PGUSER": "postgres", "PGDATABASE": name}.items():
        monkeypatch.setenv(variable, str(value))
    with connect.reader("") as connection:
        assert connection.info.dbname == name


def test_a_uri_works_like_keywords(server):
    with connect.reader(f"postgresql://postgres@/postgres?host={server.socket_directory}") as connection:
        assert show(connection, "transaction_read_only") == "on"


@pytest.fixture
def guarded(server):
    """The words that reach a role with a password, without the password."""
    hba = server.directory / "data" / "pg_hba.conf"
    before = hba.read_text()
    hba.write_text("local all ana scram-sha-256\n" + before)
    with connect.scratch(server.dsn()) as connection:
        connection.execute(f"CREATE ROLE ana LOGIN PASSWORD '{SECRET}'")
        connection.execute("SELECT pg_reload_conf()")
        yield f"host={server.socket_directory} dbname=postgres user=ana"
        hba.write_text(before)
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("DROP ROLE ana")


def everything(error: OrchestrateError) -> str:
    """What a person could come to see of it, with what it was raised from."""
    chain = [error, error.__cause__, None if error.__suppress_context__ else error.__context__]
    return " ".join([*(str(one) for one in chain if one), error.detail, error.hint])


def test_a_wrong_password_is_named_and_not_shown(guarded):
    with pytest.raises(CouldNotFindOut, match='password authentication failed for user "ana"') as caught:
        connect.reader(f"{guarded} password=wrong{SECRET}")
    assert SECRET not in everything(caught.value)
    with connect.reader(f"{guarded} password={SECRET}") as connection:
        assert connection.info.user == "ana"


def test_a_missing_password_says_where_to_put_it(guarded, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    with pytest.raises(CouldNotFindOut, match="no password supplied") as caught:
        connect.reader(guarded)
    assert "~/.pgpass" in caught.value.hint


def test_a_password_file_is_used(guarded, monkeypatch, tmp_path):
    (tmp_path / "pgpass").write_text(f"*:*:*:ana:{SECRET}\n")
    (tmp_path / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    with connect.reader(guarded) as connection:
        assert connection.info.user == "ana"


@pytest.mark.parametrize(
    "dsn",
    [
        f"postgresql://ana:p%zz{SECRET}@db/shop",
        f"postgresql://ana:pa@{SECRET}@db/shop",
        f"postgresql://ana:pa/{SECRET}@db/shop",
        f"postgresql://ana:12/{SECRET}@db/shop",
        f"postgresql://ana:{SECRET}/x@db/shop",
        f"host=db password=two {SECRET}",
        f"host=db password=two {SECRET}=3",
        f"host=db password='{SECRET}",
        f"host=db port={SECRET}",
        SECRET + "@db",
    ],
)
def test_a_malformed_dsn_is_a_usage_error_that_repeats_none_of_it(dsn):
    with pytest.raises(UsageError, match="the connection string is malformed") as caught:
        connect.reader(dsn)
    assert SECRET not in everything(caught.value)


def test_an_unknown_database_is_named(server):
    with pytest.raises(CouldNotFindOut, match='database "no_such" does not exist'):
        connect.reader(server.dsn("no_such"))


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("host=127.0.0.1 port=1", "Connection refused"),
        (f"host=/nonexistent/{SECRET}", "No such file"),
        ("service=no", "no"),
    ],
)
def test_a_server_that_cannot_be_reached_is_one_clear_error(where, said):
    with pytest.raises(CouldNotFindOut, match=f"cannot connect: .*{said}") as caught:
        connect.reader(f"{where} user=ana dbname=shop password={SECRET}")
    assert "\n" not in caught.value.message
    assert SECRET not in everything(caught.value)


def test_a_host_that_accepts_and_says_nothing_ends_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(CouldNotFindOut, match="timeout"):
            connect.reader(f"host=127.0.0.1 port={silent.getsockname()[1]} user=ana", connect_timeout_s=2)
        assert time.monotonic() - began < 10


def without_options(packet: bytes) -> bytes:
    """A startup packet as a careless pooler passes it on."""
    words = packet[8:].split(b"\0")
    pairs = [pair for pair in zip(words[::2], words[1::2], strict=False) if pair[0] not in (b"options", b"")]
    body = packet[4:8] + b"".join(key + b"\0" + value + b"\0" for key, value in pairs) + b"\0"
    return struct.pack("!I", len(body) + 4) + body


def pump(source: socket.socket, target: socket.socket) -> None:
    while data := source.recv(65536):
        target.sendall(data)


def test_a_session_that_turns_out_writable_is_refused(server):
    def careless_pooler() -> None:
        client, _ = listener.accept()
        with client, socket.socket(socket.AF_UNIX) as behind:
            behind.connect(str(server.socket_directory / ".s.PGSQL.5432"))
            behind.sendall(without_options(client.recv(65536)))
            threading.Thread(target=pump, args=(behind, client), daemon=True).start()
            pump(client, behind)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=careless_pooler, daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(CouldNotFindOut, match="the session is not read only") as caught:
            connect.reader(
                f"host=127.0.0.1 port={port} user=postgres dbname=postgres sslmode=disable gssencmode=disable"
            )
    assert "pooler" in caught.value.hint


def test_a_statement_run_often_is_never_prepared_behind_our_back(database):
    for open_session in (connect.scratch, connect.reader):
        with open_session(database) as connection:
            for number in range(12):
                connection.execute("SELECT %s::int", [number])
            assert connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone() == (0,)
