"""Revisions proved on a server: what is written by us, what others write, and what a proof refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestrator.migration import project, proof, review, revision
from orchestrator.migration.revision import NewIndex, RevisionSpec, WrittenRevision
from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import connect, scratch

pytestmark = pytest.mark.pg

WHEN = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
GIVEN = """
CREATE EXTENSION vector;
CREATE TABLE documents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL, embedding vector(4) NOT NULL,
  tsv tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED);
INSERT INTO documents (body, embedding)
SELECT 'text ' || g, ARRAY[g % 7, g % 11, g % 13, 1]::vector FROM generate_series(1, 300) g;
"""
HNSW = NewIndex(
    name="idx_documents_embedding",
    table="documents",
    method="hnsw",
    definition="hnsw (embedding vector_cosine_ops) WITH (m = 8, ef_construction = 32)",
    reason="The vector half of the search read every row.",
)
GIN = NewIndex(
    name="idx_documents_tsv", table="documents", method="gin", definition="gin (tsv)", reason="The text half as well."
)
SPEC = RevisionSpec(message="Add hybrid search indexes", indexes=(HNSW, GIN), maintenance_work_mem="32MB")
ENV = {
    "sync": """
from alembic import context
from sqlalchemy import create_engine

url = context.config.get_main_option("sqlalchemy.url")
with create_engine(url).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
""",
    "async": """
import asyncio

from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine


def run(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()


async def main():
    engine = create_async_engine(context.config.get_main_option("sqlalchemy.url"))
    async with engine.connect() as connection:
        await connection.run_sync(run)


asyncio.run(main())
""",
}


@pytest.fixture
def documents(database: str) -> Iterator[Any]:
    """A connection to a database with 300 documents."""
    with connect.scratch(database) as connection:
        connection.execute(GIVEN)
        yield connection


def write(folder: Path, spec: RevisionSpec = SPEC, *, home: Path | None = None) -> WrittenRevision:
    found = project.find(home) if home else None
    return revision.write(spec, project=found, fallback=folder / "run", revision_id="abc", created_at=WHEN)


def by_hand(folder: Path, upgrade: str, downgrade: str = "pass", *, first: str = "") -> WrittenRevision:
    """A revision as somebody else might write it."""
    (folder / "versions").mkdir()
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s\n")
    path = folder / "versions" / "abc.py"
    head = f"{first}\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision = 'abc'\ndown_revision = None\n"
    path.write_text(f"{head}\n\ndef upgrade():\n    {upgrade}\n\n\ndef downgrade():\n    {downgrade}\n")
    return WrittenRevision(
        path=path, revision="abc", down_revision=None, script_location=folder, ini=folder / "alembic.ini"
    )


def prove(server: scratch.Server, connection: Any, written: WrittenRevision, **options: Any) -> proof.Proof:
    return proof.prove(server, connection.info.dbname, written, tables=["documents"], **options)


def statement(found: proof.Proof, start: str, phase: str = "upgrade") -> dict[str, Any]:
    return next(item for item in found.statements if item["phase"] == phase and item["sql"].startswith(start))


def indexes(connection: Any) -> dict[str, bool]:
    rows = connection.execute("SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid > 16384")
    return {name: valid for name, valid in rows if name.startswith("idx_")}


def test_our_own_revision_is_proved_clean_and_approved(server, documents, tmp_path):
    written = write(tmp_path)
    found = prove(server, documents, written)
    assert found.clean
    assert found.roundtrip == {"schema_equal": True, "data_equal": True, "second_upgrade": True}
    assert found.rows == {"documents": 300}
    assert found.server_version == server.version
    assert indexes(documents) == {"idx_documents_embedding": True, "idx_documents_tsv": True}
    assert review.review(written, found.as_json()).verdict == "approved"


def test_the_lock_of_a_concurrent_build_is_seen_and_lets_others_work(server, documents, tmp_path):
    found = prove(server, documents, write(tmp_path))
    for start in ("CREATE INDEX CONCURRENTLY idx_documents_embedding", "CREATE INDEX CONCURRENTLY idx_documents_tsv"):
        build = statement(found, start)
        locks = {lock["mode"]: lock["blocks"] for lock in build["locks"] if lock["relation"] == "documents"}
        assert locks == {"SHARE UPDATE EXCLUSIVE": "schema changes"}
        assert (build["autocommit"], build["scan"], build["rewrite"]) == (True, True, False)
        assert build["lock_timeout_ms"] == 5000
    modes = {(lock["phase"], lock["table"]): lock["mode"] for lock in found.strongest_lock}
    assert set(modes.values()) == {"SHARE UPDATE EXCLUSIVE"}
    assert set(modes) == {(phase, "documents") for phase in ("upgrade", "downgrade", "second_upgrade")}
    for others in (found.writers, found.readers):
        assert others["attempts"] >= 4  # at least two while each of the two builds held its lock
        assert (others["blocked_over_100_ms"], others["errors"]) == (0, [])


def test_each_statement_has_its_line_and_its_time_in_the_timeline(server, documents, tmp_path):
    written = write(tmp_path)
    found = prove(server, documents, written)
    lines = written.path.read_text().splitlines()
    build = statement(found, "CREATE INDEX CONCURRENTLY idx_documents_tsv")
    assert build["file"] == str(written.path)
    assert "CREATE INDEX CONCURRENTLY idx_documents_tsv" in "".join(lines[build["line"] - 1 : build["line"] + 2])
    held = [item for item in found.timeline if item["statement_index"] == build["index"]]
    assert held
    assert all(build["from_ms"] <= item["from_ms"] <= item["to_ms"] for item in held)


def test_a_blocking_build_is_found_with_share(server, documents, tmp_path):
    written = by_hand(
        tmp_path, "op.create_index('idx_documents_body', 'documents', ['body'])", "op.drop_index('idx_documents_body')"
    )
    found = prove(server, documents, written)
    assert not found.clean
    hazards = {finding["hazard"]: finding for finding in found.findings}
    assert set(hazards) == {"blocking-index-create", "missing-lock-timeout"}
    assert "SHARE on documents" in hazards["blocking-index-create"]["observed"]
    assert hazards["blocking-index-create"]["location"] == {"file": str(written.path), "line": 10}
    assert {"phase": "upgrade", "table": "documents", "mode": "SHARE", "blocks": "writes"} in found.strongest_lock
    result = review.review(written, found.as_json())
    assert result.verdict == "changes-requested"
    assert "blocking-lock" in [finding["hazard"] for finding in result.findings]


def test_a_writer_that_waits_for_the_migration_is_counted(server, documents, tmp_path):
    lock = "op.execute('LOCK TABLE documents IN SHARE MODE'); op.execute('SELECT pg_sleep(0.4)')"
    found = prove(server, documents, by_hand(tmp_path, lock))
    assert found.writers["blocked_over_100_ms"] >= 1
    assert found.writers["max_ms"] > 100
    assert found.readers["blocked_over_100_ms"] == 0


def test_a_failing_downgrade_is_found_and_the_second_upgrade_not_claimed(server, documents, tmp_path):
    written = by_hand(
        tmp_path, "op.add_column('documents', sa.Column('x', sa.Text()))", "op.drop_column('documents', 'y')"
    )
    found = prove(server, documents, written)
    assert found.roundtrip == {"schema_equal": False, "data_equal": False, "second_upgrade": None}
    assert found.phases["downgrade"]["error"]["sqlstate"] == "42703"
    assert "incomplete-downgrade" in [finding["hazard"] for finding in found.findings]
    assert "the second upgrade: the downgrade failed" in found.not_checked


def test_a_failing_upgrade_leaves_the_rest_unclaimed(server, documents, tmp_path):
    found = prove(server, documents, by_hand(tmp_path, "op.execute('SELECT no_such_column FROM documents')"))
    assert not found.clean
    assert found.roundtrip == {"schema_equal": None, "data_equal": None, "second_upgrade": None}
    assert found.statements[0]["error"]["sqlstate"] == "42703"
    assert found.phases["upgrade"]["version_is_committed"] is False


@contextmanager
def open_transaction(database: str) -> Iterator[None]:
    """A session that has written and does not commit: a concurrent build waits for it."""
    with connect.scratch(database, autocommit=False) as connection:
        connection.execute("UPDATE documents SET body = body WHERE id = 1")
        yield


def alembic(written: WrittenRevision, *words: str, url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *words],
        cwd=written.ini.parent,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


def url_of(server: scratch.Server, connection: Any, scheme: str = "postgresql") -> str:
    return f"{scheme}://postgres@/{connection.info.dbname}?host={server.socket_directory}"


def test_an_invalid_leftover_is_replaced_by_running_the_upgrade_again(server, database, documents, tmp_path):
    written = write(tmp_path, replace(SPEC, indexes=(GIN,), lock_timeout="200ms"))
    url = url_of(server, documents)
    with open_transaction(database):
        stopped = alembic(written, "upgrade", "head", url=url)
    assert "lock timeout" in stopped.stderr
    assert indexes(documents) == {"idx_documents_tsv": False}
    assert alembic(written, "upgrade", "head", url=url).returncode == 0
    assert indexes(documents) == {"idx_documents_tsv": True}
    assert alembic(written, "downgrade", "base", url=url).returncode == 0
    assert indexes(documents) == {}


def test_a_leftover_that_the_upgrade_leaves_is_reported(server, database, documents, tmp_path):
    create = "CREATE INDEX CONCURRENTLY {} idx_documents_tsv ON documents USING gin (tsv)"
    with open_transaction(database), connect.scratch(database) as other:
        other.execute("SET lock_timeout = '50ms'")
        with pytest.raises(Exception, match="lock timeout"):
            other.execute(create.format(""))
    upgrade = f"with op.get_context().autocommit_block(): op.execute('{create.format('IF NOT EXISTS')}')"
    found = prove(server, documents, by_hand(tmp_path, upgrade))
    assert found.phases["upgrade"]["error"] is None
    assert found.phases["upgrade"]["invalid_indexes"] == ["idx_documents_tsv"]
    assert [finding["hazard"] for finding in found.findings] == ["concurrent-if-not-exists"]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_revision_runs_in_a_project_under_its_own_env_py(server, documents, tmp_path, kind):
    home = tmp_path / "project"
    (home / "backend" / "db" / "versions").mkdir(parents=True)
    (home / "backend" / "db" / "env.py").write_text(ENV[kind])
    (home / "backend" / "db" / "versions" / "001_first.py").write_text(
        "from alembic import op\n\nimport app.models\n\nrevision = 'f1'\ndown_revision = None\n\n\n"
        "def upgrade():\n    pass\n"
    )
    url = url_of(server, documents, "postgresql+psycopg")
    (home / "backend" / "alembic.ini").write_text(
        "[alembic]\nscript_location = %(here)s/db\nfile_template = %%(epoch)d_%%(slug)s\nprepend_sys_path = .\n"
        f"path_separator = os\nsqlalchemy.url = {url}\n"
    )
    (home / "backend" / "app").mkdir()
    (home / "backend" / "app" / "__init__.py").touch()
    (home / "backend" / "app" / "models.py").touch()
    written = write(tmp_path, home=home)
    assert written.path.name == f"{int(WHEN.timestamp())}_add_hybrid_search_indexes.py"
    assert prove(server, documents, written).clean
    documents.execute("DROP INDEX idx_documents_embedding, idx_documents_tsv; DROP TABLE alembic_version")
    done = alembic(written, "upgrade", "head", url="")
    assert done.returncode == 0, done.stderr
    assert indexes(documents) == {"idx_documents_embedding": True, "idx_documents_tsv": True}


def test_awkward_names_are_built_and_dropped_on_a_server(server, documents, tmp_path):
    documents.execute("""CREATE SCHEMA app; CREATE TABLE app."Docs:x" (id int, "Body" text)""")
    awkward = NewIndex(
        name='idx_Doc\'s "b" :c',
        table='app."Docs:x"',
        method="btree",
        definition='btree (lower("Body"))',
        reason="x",
        where="\"Body\" LIKE ':a 100%'",
    )
    found = prove(server, documents, write(tmp_path, replace(SPEC, indexes=(awkward,))))
    assert found.clean
    assert statement(found, "CREATE")["sql"] == awkward.create
    row = documents.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", (awkward.name,)).fetchone()
    assert "':a 100%'" in row[0]


def test_the_child_refuses_a_server_with_another_identity(server, documents, tmp_path):
    with scratch.running() as other:
        pretended = replace(server, system_identifier=other.system_identifier)
        with pytest.raises(CouldNotFindOut, match=f"this one is {server.system_identifier}"):
            prove(pretended, documents, write(tmp_path))
        assert indexes(documents) == {}
        upgrade = f"import psycopg; psycopg.connect('host={other.socket_directory} user=postgres dbname=postgres')"
        with pytest.raises(CouldNotFindOut, match="reaches only its disposable server"):
            prove(server, documents, by_hand(tmp_path, upgrade))


@pytest.mark.parametrize(
    ("upgrade", "said"),
    [
        ("import subprocess; subprocess.run(['psql', '-c', 'SELECT 1'])", "starts no other program"),
        ("import os; os.system('psql')", "starts no other program"),
        ("import socket; socket.create_connection(('127.0.0.1', 5432))", "reaches no network"),
        ("import socket; socket.getaddrinfo('localhost', 5432)", "reaches no network"),
        ("import psycopg2", "psycopg2 is not available"),
        ("import psycopg, asyncio; asyncio.run(psycopg.AsyncConnection.connect('host=/tmp'))", "disposable server"),
    ],
)
def test_a_revision_reaches_nothing_but_its_server(server, documents, tmp_path, upgrade, said):
    written = by_hand(tmp_path, upgrade)
    try:
        message = prove(server, documents, written).phases["upgrade"]["error"]["message"]
    except CouldNotFindOut as error:
        message = error.message
    assert said in message


def test_variables_that_name_another_server_do_not_reach_the_revision(server, documents, tmp_path, monkeypatch):
    monkeypatch.setenv("PGHOST", "production.example")
    monkeypatch.setenv("DATABASE_URL", "postgresql://production.example/db")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    upgrade = "import os; assert not {'PGHOST', 'DATABASE_URL', 'HTTPS_PROXY'} & os.environ.keys()"
    assert prove(server, documents, by_hand(tmp_path, upgrade)).phases["upgrade"]["error"] is None


def test_a_revision_may_import_what_its_configuration_puts_on_the_path(server, documents, tmp_path):
    written = by_hand(tmp_path, "pass", first="import shop_models")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "shop_models.py").touch()
    options = "prepend_sys_path = %(here)s/src\npath_separator = os\n"
    written.ini.write_text(written.ini.read_text() + options)
    assert prove(server, documents, written).phases["upgrade"]["error"] is None


def test_a_revision_that_cannot_be_imported_is_one_clear_error(server, documents, tmp_path):
    written = by_hand(tmp_path, "pass", first="import not_installed_anywhere")
    with pytest.raises(CouldNotFindOut, match="No module named 'not_installed_anywhere'"):
        prove(server, documents, written)


def test_a_table_that_is_not_there_is_a_usage_error(server, documents, tmp_path):
    with pytest.raises(UsageError, match="no such table in the database of the proof: nothing"):
        proof.prove(server, documents.info.dbname, write(tmp_path), tables=["documents", "nothing"])


def test_a_proof_past_its_deadline_leaves_no_session_behind(server, documents, tmp_path):
    with pytest.raises(CouldNotFindOut, match="not done after 3 s"):
        prove(server, documents, by_hand(tmp_path, "op.execute('SELECT pg_sleep(60)')"), deadline_s=3)
    with connect.scratch(server.dsn()) as outside:
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state = 'active'"
        assert outside.execute(count, (documents.info.dbname,)).fetchone()[0] == 0


def test_a_proof_leaves_no_trace_of_itself_in_the_database(server, documents, tmp_path):
    prove(server, documents, write(tmp_path))
    assert documents.execute("SELECT count(*) FROM pg_event_trigger").fetchone()[0] == 0
    assert documents.execute("SELECT to_regnamespace('_proof')").fetchone()[0] is None
    assert not list(tmp_path.rglob("__pycache__"))
