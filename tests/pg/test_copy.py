"""Tables copied from a second disposable server, which stands in for the user's: what arrives here, what is left out,
and that nothing but reads reaches that server.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import catalog as catalogs
from orchestrator.pg import connect, copy, query, scratch

pytestmark = pytest.mark.pg
LOGGING = {"log_statement": "all", "log_line_prefix": "%m [%p] %a|%d| ", "DateStyle": "SQL, DMY"}
SCHEMA = Path(__file__).with_name("users_tables.sql").read_text(encoding="utf-8")
DOCS = '"Docs"'


@pytest.fixture(scope="module")
def extensions():
    """A folder with an extension that only the user's server knows."""
    folder = Path(tempfile.mkdtemp(prefix="pgw"))
    (folder / "extension").mkdir()
    (folder / "extension" / "gadget.control").write_text("default_version = '1'\nrelocatable = true\n")
    (folder / "extension" / "gadget--1.sql").write_text("CREATE TYPE gadget AS ENUM ('wheel');\n")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def users(extensions):
    with scratch.running(settings={**LOGGING, "extension_control_path": f"$system:{extensions}"}) as server:
        with connect.scratch(scratch.create_database(server, "app")) as connection:
            connection.execute(SCHEMA)
        yield server


@pytest.fixture
def source(users):
    with connect.reader(users.dsn("app").replace("user=postgres", "user=visitor")) as connection:
        yield connection


@pytest.fixture
def target(database):
    with connect.scratch(database) as connection:
        yield connection


def described(connection, name):
    """Columns, constraints and indexes of a relation as the catalog prints them."""
    (relation,) = catalogs.read(connection, [name]).relations
    columns = [
        (column.name, column.type, column.not_null, column.generated, column.storage, column.collation)
        for column in relation.columns
    ]
    constraints = [(constraint.name, constraint.definition) for constraint in relation.constraints]
    indexes = [(index.name, index.definition, index.is_valid) for index in relation.indexes]
    return columns, constraints, indexes


def rows(connection, name):
    return connection.execute(f"SELECT array_agg(t::text ORDER BY t.id) FROM {name} t").fetchone()[0]


def test_a_table_arrives_with_its_columns_constraints_indexes_and_rows(source, target):
    copied = copy.copy_tables(source, target, [DOCS], max_rows=10_000)
    assert copied.tables == (copy.CopiedTable(name=DOCS, rows=500, estimated_rows=500, sampled=False),)
    assert described(target, DOCS) == described(source, DOCS)
    assert rows(target, DOCS) == rows(source, DOCS)
    assert {f"foreign key to_parent of {DOCS}", f"default of {DOCS}.number"} <= set(copied.left_out)
    assert not [loss for loss in copied.left_out if "docs_near" in loss or "CONSTRAINT" in loss]


def test_names_mean_the_same_on_the_copy_in_later_sessions_too(source, target, database):
    copy.copy_tables(source, target, [DOCS], max_rows=10)
    with connect.scratch(database) as later:
        found = later.execute(f"SELECT '[1,2,3]'::vector <=> embedding FROM {DOCS} ORDER BY 1 LIMIT 1").fetchone()
        assert found is not None


def test_dates_are_the_same_day_in_whatever_style_the_user_writes_them(source, target):
    days = f"SELECT placed - date '2025-01-01', extract(epoch FROM taken) FROM {DOCS} ORDER BY id"
    assert source.execute("SHOW datestyle").fetchone() == ("SQL, DMY",)
    copy.copy_tables(source, target, [DOCS], max_rows=10_000)
    assert target.execute(days).fetchall() == source.execute(days).fetchall()


def test_an_identity_goes_on_after_the_copied_rows(source, target):
    copy.copy_tables(source, target, [DOCS], max_rows=10_000)
    name = catalogs.quoted('Weird "Name"')
    added = target.execute(f"INSERT INTO {DOCS} ({name}) VALUES ('x') RETURNING id, slug, twice").fetchone()
    assert added == (501, "x", 1002)


@pytest.mark.parametrize(
    ("bound", "rows", "sampled"),
    [
        (1000, 1000, True),
        (20_000, 20_000, True),
        (20_001, 20_000, False),
    ],
)
def test_no_more_rows_are_copied_than_wanted(source, target, bound, rows, sampled):
    (table,) = copy.copy_tables(source, target, ["many"], max_rows=bound).tables
    assert table.rows <= rows
    assert table.rows > rows * 0.8
    assert table.sampled is sampled


def test_a_sample_is_taken_from_all_over_the_table(source, target):
    copy.copy_tables(source, target, ["many"], max_rows=1000)
    assert target.execute("SELECT max(id) > 15000, min(id) < 1000 FROM many").fetchone() == (True, True)


def test_a_table_that_was_never_analysed_is_bounded_all_the_same(source, target):
    (table,) = copy.copy_tables(source, target, ["unknown"], max_rows=100).tables
    assert (table.rows, table.sampled) == (pytest.approx(100, abs=20), True)


def test_a_table_that_is_named_twice_is_copied_once(source, target):
    copied = copy.copy_tables(source, target, ["many", "public.many"], max_rows=10)
    assert len(copied.tables) == 1


def test_statistics_are_there_at_once(source, target):
    copy.copy_tables(source, target, ["many"], max_rows=50_000)
    assert catalogs.read(target, ["many"]).relations[0].estimated_rows == 20_000


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("machines", CouldNotFindOut, 'the disposable server has no extension "gadget"'),
        ("secret", CouldNotFindOut, "permission denied for table secret"),
        ("nowhere", UsageError, 'relation "nowhere" does not exist'),
        ("shown", UsageError, 'relation "shown" is not a table'),
        ("parts", UsageError, 'relation "parts" is a partitioned table'),
        ("pg_class", UsageError, 'relation "pg_class" is a system catalog'),
    ],
)
def test_what_cannot_be_copied_is_said_in_one_error(source, target, name, error, says):
    with pytest.raises(error) as failed:
        copy.copy_tables(source, target, [name], max_rows=10)
    assert says in failed.value.message


def test_rows_that_take_too_long_to_read_are_said_to(users, target):
    with connect.reader(users.dsn("app"), statement_timeout_ms=1) as slow, pytest.raises(CouldNotFindOut) as failed:
        copy.copy_tables(slow, target, ["many"], max_rows=50_000)
    assert "statement timeout" in failed.value.message + failed.value.detail


def statements(server, since):
    """Every statement of our program in the server's log, continued lines joined."""
    log = (server.directory / "server.log").read_bytes()[since:].decode()
    entries = [entry for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", log) if "] pgwright|" in entry]
    found = [re.search(r"LOG:  (?:statement|execute [^:]*): (.*)", entry, re.DOTALL) for entry in entries]
    return [hit[1].strip() for hit in found if hit]


def is_read(statement):
    """True for a SELECT that changes nothing, alone or copied out, and for what ends a read-only transaction."""
    copied = re.fullmatch(r"COPY \((.*)\) TO STDOUT \(ENCODING 'UTF8'\)", statement, re.DOTALL)
    if statement.split()[0] in ("SHOW", "BEGIN", "COMMIT", "ROLLBACK"):
        return True
    if statement.startswith("SELECT pg_catalog.set_config("):  # of the session alone
        return ";" not in statement
    return bool(query.read(copied[1] if copied else statement))


def test_only_reads_reach_the_users_server(users, target):
    since = (users.directory / "server.log").stat().st_size
    with connect.reader(users.dsn("app")) as source:
        copy.copy_tables(source, target, [DOCS, "many", "unknown"], max_rows=100)
        copy_of = catalogs.read(source, [DOCS])
    sent = statements(users, since)
    assert copy_of.relations
    assert sum(statement.startswith("COPY (SELECT") for statement in sent) == 3
    assert [statement for statement in sent if not is_read(statement)] == []


@pytest.mark.parametrize(
    "statement", ["DELETE FROM many", "COPY many FROM STDIN", "SET search_path TO x", "VACUUM many"]
)
def test_a_write_in_the_log_would_be_noticed(statement):
    with pytest.raises(UsageError):
        is_read(statement)
