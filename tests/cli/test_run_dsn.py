"""`--dsn`: a second disposable server stands in for the user's; what reaches it is read from its own log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestrator.demo import corpus
from orchestrator.pg import connect, scratch
from orchestrator.plugin.validation import validate
from tests.cli.conftest import SMALL, DemoRun, Finished, orchestrate

LOGGING = {"log_statement": "all", "log_line_prefix": "%m [%p] %a|%d| ", "log_min_messages": "info"}
PASSWORD = "s3cret-of-the-reader"
# The role that the README gives.
READER = f"""
CREATE ROLE pgwright_reader LOGIN PASSWORD '{PASSWORD}';
GRANT USAGE ON SCHEMA public TO pgwright_reader;
GRANT SELECT ON TABLE chunks, orders TO pgwright_reader;
"""
ORDERS = """
CREATE TABLE orders (id bigint PRIMARY KEY, customer int NOT NULL, placed_at timestamptz NOT NULL);
INSERT INTO orders SELECT g, g % 997, '2026-01-01'::timestamptz + g * interval '1 s' FROM generate_series(1, 200000) g;
ANALYZE orders
"""
READS = re.compile(r"(SELECT|SHOW|COPY \(SELECT .* TO STDOUT|BEGIN|COMMIT|ROLLBACK)\b", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class UsersServer:
    server: scratch.Server
    dsn: str
    set_up: int  # bytes of the log that our own preparations filled

    def statements(self) -> list[str]:
        """Every statement that our program sent, from the server's log, continued lines joined."""
        log = (self.server.directory / "server.log").read_bytes()[self.set_up :].decode()
        entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log)
        ours = [entry for entry in entries if "] pgwright|" in entry and "LOG:  " in entry]
        found = [re.search(r"LOG:  (?:statement|execute [^:]*): (.*)", entry, re.DOTALL) for entry in ours]
        return [hit[1].strip() for hit in found if hit]


@pytest.fixture(scope="module")
def users() -> Iterator[UsersServer]:
    with scratch.running(settings=LOGGING) as server:
        dsn = scratch.create_database(server, "shop")
        with connect.scratch(dsn) as connection:
            corpus.load(connection, int(SMALL))
            connection.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)")
            connection.execute(ORDERS)
            connection.execute(READER)
        dsn = f"{dsn} user=pgwright_reader password={PASSWORD}"
        yield UsersServer(server=server, dsn=dsn, set_up=(server.directory / "server.log").stat().st_size)


@pytest.fixture(scope="module")
def run(users: UsersServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    project = tmp_path_factory.mktemp("shop")
    names = []
    for name, text in corpus.queries().items():
        (project / f"{name}.sql").write_text(text)
        names += ["--query", str(project / f"{name}.sql")]
    words = ("optimize hybrid search", "--dsn", users.dsn, *names, "--project", str(project), "--json")
    finished = orchestrate(*words)
    assert finished.code == 0, finished.stderr
    return project, finished


def test_the_result_has_the_same_shape_as_the_demos(run: tuple[Path, Finished], demo_run: DemoRun) -> None:
    document = run[1].document
    assert validate(document, "run") == []
    assert document.keys() == demo_run.document.keys()
    assert document["target"]["kind"] == "dsn"
    assert [each["verdict"] for each in document["queries"][0]["candidates"]]


def test_only_reads_reach_the_users_server(run: tuple[Path, Finished], users: UsersServer) -> None:
    sent = users.statements()
    assert len(sent) > 10
    assert [statement for statement in sent if not READS.match(statement)] == []


def test_the_log_would_show_a_write(users: UsersServer) -> None:
    with connect.scratch(f"{users.server.dsn('shop')} application_name=pgwright") as connection:
        connection.execute("CREATE TEMPORARY TABLE traitor (n int)")
    assert any(not READS.match(statement) for statement in users.statements())


def test_a_table_that_may_not_be_read_is_named_with_the_grant_that_helps(users: UsersServer, tmp_path: Path) -> None:
    query = tmp_path / "kept.sql"
    query.write_text("SELECT n FROM kept WHERE n = 1")
    words = ("make this query fast", "--dsn", users.dsn, "--query", str(query), "--project", str(tmp_path))
    finished = orchestrate(*words)
    assert finished.code == 3, finished.stderr
    assert "GRANT SELECT" in finished.stderr
    assert PASSWORD not in finished.stderr


def test_the_session_there_is_read_only_and_under_timeouts(users: UsersServer) -> None:
    with connect.reader(users.dsn) as connection:
        names = ("transaction_read_only", "statement_timeout", "lock_timeout", "application_name")
        found = {name: connection.execute(f"SHOW {name}").fetchone() for name in names}
    assert found["transaction_read_only"] == ("on",)
    assert found["statement_timeout"] not in (None, ("0",))
    assert found["lock_timeout"] not in (None, ("0",))
    assert found["application_name"] == ("pgwright",)


def test_the_users_server_is_as_it_was(run: tuple[Path, Finished], users: UsersServer) -> None:
    with connect.scratch(users.server.dsn("shop")) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
        )
        assert tables.fetchall() == [("chunks",), ("kept",), ("orders",)]
        indexes = connection.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = 'chunks'::regclass"
        )
        assert indexes.fetchall() == [("chunks_pkey",)]


def test_the_password_is_stored_nowhere(run: tuple[Path, Finished]) -> None:
    files = [path for path in run[0].rglob("*") if path.is_file()]
    assert any(path.name == "engine.sqlite" for path in files)
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []
    assert PASSWORD not in run[1].stdout + run[1].stderr


def test_probes_come_from_the_rows_and_the_versions_are_stated(run: tuple[Path, Finished]) -> None:
    document: dict[str, Any] = run[1].document
    assert {query["bindings_from"] for query in document["queries"]} == {"rows of the copied tables"}
    assert any("the disposable one is" in line for line in document["not_checked"])


def test_restraint_where_nothing_helps(users: UsersServer, tmp_path: Path) -> None:
    query = tmp_path / "all.sql"
    query.write_text("SELECT source, count(*) FROM chunks GROUP BY source")
    words = ("make this query fast", "--dsn", users.dsn, "--query", str(query), "--project", str(tmp_path), "--json")
    finished = orchestrate(*words)
    assert finished.code == 0, finished.stderr
    document = finished.document
    assert validate(document, "run") == []
    assert document["headline"].startswith("Nothing is worth changing")
    assert document["migration"] is None
    assert document["output"]["indexes_added"] == []


def test_an_ordinary_query_gets_an_ordinary_index_in_the_projects_alembic(users: UsersServer, tmp_path: Path) -> None:
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
    (tmp_path / "migrations" / "env.py").write_text("")
    (tmp_path / "migrations" / "script.py.mako").write_text("")
    (versions / "aaaa_first.py").write_text(
        'revision = "aaaa"\ndown_revision = None\n\n\ndef upgrade(): pass\ndef downgrade(): pass\n'
    )
    query = tmp_path / "orders.sql"
    query.write_text("SELECT id, placed_at FROM orders WHERE customer = :customer ORDER BY placed_at, id")
    words = ("make this query fast", "--dsn", users.dsn, "--query", str(query), "--project", str(tmp_path))
    words += ("--rows", "200000", "--json")
    finished = orchestrate(*words)
    assert finished.code == 0, finished.stderr
    document = finished.document
    assert document["output"]["indexes_added"][0]["type"] == "btree"
    assert document["migration"]["path"].startswith("migrations/versions/")
    assert document["migration"]["down_revision"] == "aaaa"
    assert document["queries"][0]["effect"]["after"]["overlap"] == 1.0
