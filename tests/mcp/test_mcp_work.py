"""Long work: tuning and proving in a process of their own, told step by step, and gone with whoever asked."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mcp_client import NEEDED, command, environment

from orchestrator.pg import connect, scratch

pytestmark = pytest.mark.pg

HEAD = """\"\"\"{title}\"\"\"

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down!r}
branch_labels = None
depends_on = None


"""
FIRST = """def upgrade():
    op.create_table("customers", sa.Column("id", sa.BigInteger, primary_key=True))
    op.create_table(
        "orders",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("customer_id", sa.BigInteger, sa.ForeignKey("customers.id", name="orders_customer_fk")),
    )
    op.execute("INSERT INTO customers SELECT g FROM generate_series(1, 50) g")
    op.execute("INSERT INTO orders SELECT g, g FROM generate_series(1, 50) g")


def downgrade():
    op.drop_table("orders")
    op.drop_table("customers")
"""
BLOCKING = """def upgrade():
    op.create_index("idx_orders_customer_id", "orders", ["customer_id"])


def downgrade():
    op.drop_index("idx_orders_customer_id")
"""
ONLINE = """def upgrade():
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '5s'")
        op.execute("CREATE INDEX CONCURRENTLY idx_orders_customer_id ON orders (customer_id)")
        op.execute("RESET lock_timeout")


def downgrade():
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = '5s'")
        op.execute("DROP INDEX CONCURRENTLY idx_orders_customer_id")
        op.execute("RESET lock_timeout")
"""
NO_WAY_BACK = """def upgrade():
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_constraint("orders_customer_fk", "orders")


def downgrade():
    op.execute("SELECT no_such_function()")
"""
NEVER_RUN = "raise SystemExit('the env.py of the project is not run')\n"
THEIRS = """
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT orders_customer_fk REFERENCES customers);
INSERT INTO customers SELECT g FROM generate_series(1, 100) g;
INSERT INTO orders SELECT g, g FROM generate_series(1, 100) g;
CREATE TABLE alembic_version (version_num varchar(32));
INSERT INTO alembic_version VALUES ('a1');
ANALYZE;
"""
SECOND = "migrations/versions/a2_second.py"


@pytest.fixture
def revisions(project: Path) -> Callable[..., None]:
    """Writes an Alembic project: the first revision, then one for each body."""

    def write(*bodies: str) -> None:
        versions = project / "migrations/versions"
        versions.mkdir(parents=True)
        (project / "alembic.ini").write_text("[alembic]\nscript_location = migrations\n")
        (project / "migrations/env.py").write_text(NEVER_RUN)
        names = ("first", "second", "third")
        for number, (name, body) in enumerate(zip(names, (FIRST, *bodies), strict=False), 1):
            down = f"a{number - 1}" if number > 1 else None
            head = HEAD.format(title=name, revision=f"a{number}", down=down)
            (versions / f"a{number}_{name}.py").write_text(head + body)

    return write


def test_a_revision_is_proved_on_what_the_earlier_ones_make(client, revisions):
    revisions(BLOCKING)
    session = client()
    found = session.call("prove", path=SECOND)
    assert not found.failed, found.text
    assert found.data["base"] == "1 earlier revision of the project, run on an empty server"
    assert found.data["clean"] is False
    assert {"blocking-index-create"} <= {each["hazard"] for each in found.data["findings"]}
    assert found.data["roundtrip"] == {"schema_equal": True, "data_equal": True, "second_upgrade": True}
    assert {"phase": "upgrade", "table": "orders", "mode": "SHARE", "blocks": "writes"} in found.data["strongest_lock"]
    assert any("disposable server" in line for line in session.progress)


def test_a_clean_revision_is_proved_clean_on_a_copy_of_the_users_tables(client, revisions, database):
    revisions(ONLINE)
    with connect.scratch(database) as connection:
        connection.execute(THEIRS)
    found = client(env={"DATABASE_URL": database}).call("prove", path=SECOND)
    assert not found.failed, found.text
    assert found.data["base"] == "a copy of 2 tables of the user's server"
    assert found.data["clean"] is True, found.text
    assert not any("foreign key" in each for each in found.data["not_checked"])
    with connect.scratch(database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'idx%'").fetchone() == (0,)


def test_a_server_at_another_revision_is_not_taken_for_the_schema_before(client, revisions, database):
    revisions(ONLINE)
    with connect.scratch(database) as connection:
        connection.execute(THEIRS + "UPDATE alembic_version SET version_num = 'b9'")
    found = client(env={"DATABASE_URL": database}).call("prove", path=SECOND)
    assert found.data["base"].startswith("1 earlier revision")
    assert any("it is at revision b9" in each for each in found.data["not_checked"])


def test_a_server_that_cannot_be_reached_is_said_and_the_revision_proved_without_it(client, revisions):
    revisions(ONLINE)
    found = client(env={"DATABASE_URL": "postgresql://me:hidden-word@127.0.0.1:1/x"}).call("prove", path=SECOND)
    assert not found.failed, found.text
    assert any("cannot connect" in each for each in found.data["not_checked"])
    assert "hidden-word" not in json.dumps(found.data) + found.text


def test_the_schema_before_may_be_a_file(client, revisions, project):
    revisions(ONLINE)
    dump = "\\restrict x\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);\n"
    dump += "ALTER TABLE orders OWNER TO app;\n"
    (project / "schema.sql").write_text(dump + "GRANT SELECT ON orders TO other;\n")
    found = client().call("prove", path=SECOND, base_schema="schema.sql")
    assert not found.failed, found.text
    assert found.data["base"] == "the SQL file schema.sql"


def test_a_downgrade_that_fails_is_no_proof(client, revisions):
    revisions(NO_WAY_BACK)
    found = client().call("prove", path=SECOND)
    assert found.data["clean"] is False
    assert found.data["errors"][0]["phase"] == "downgrade"
    assert "no_such_function" in found.data["errors"][0]["message"]
    assert found.data["roundtrip"]["second_upgrade"] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"path": "nothing.py"}, "there is no file"),
        ({"path": "../outside.py"}, "is not in the project"),
        ({"path": "alembic.ini"}, "is no Alembic revision"),
        ({"path": "migrations/env.py"}, "is no Alembic revision"),
        ({"path": SECOND, "base_schema": "rows.sql"}, "holds rows"),
        ({"path": SECOND, "base_schema": "program.sql"}, "runs a shell command"),
        ({"path": SECOND, "base_schema": "broken.sql"}, "fails on the disposable server"),
    ],
)
def test_what_could_not_be_proved_is_an_error_and_never_passes(client, revisions, project, given, said):
    revisions(ONLINE)
    (project / "rows.sql").write_text("COPY orders (id) FROM stdin;\n1\n\\.\n")
    (project / "program.sql").write_text("COPY (SELECT 1) TO PROGRAM 'id';")
    (project / "broken.sql").write_text("CREATE TABLE orders (id nothing);")
    found = client().call("prove", **given)
    assert found.failed
    assert said in found.text
    assert str(project) not in found.text.partition("\n")[0] or "not in the project" in said


@pytest.mark.parametrize(
    "body", ["raise RuntimeError('no')\n", "import no_such_package\n\n\ndef upgrade():\n    pass\n"]
)
def test_an_earlier_revision_that_fails_ends_the_proof(client, revisions, project, body):
    revisions("def upgrade():\n    op.execute('SELECT 1 / 0')\n\n\ndef downgrade():\n    pass\n", ONLINE)
    found = client().call("prove", path="migrations/versions/a3_third.py")
    assert found.failed
    assert "an earlier revision fails" in found.text
    (project / SECOND).write_text(HEAD.format(title="x", revision="a2", down="a1") + body)
    assert "cannot import the earlier revisions" in client().call("prove", path="migrations/versions/a3_third.py").text


def test_the_demo_is_tuned_step_by_step(client, project):
    session = client()
    found = session.call("tune", documents=800)
    assert not found.failed, found.text
    assert found.data["target"] == "the bundled demo"
    assert (project / found.data["artifacts"][-1]["path"]).exists()
    assert found.data["decisions"][0]["id"] == "D-0001"
    assert {each["kind"] for each in found.data["evidence"]} <= {"proven", "measured", "inferred"}
    assert sum(line.startswith("[") for line in session.progress) == 10
    assert not session.call("recall", query="hybrid search").failed


def test_a_query_of_the_user_is_tuned_on_a_copy(client, database):
    with connect.scratch(database) as connection:
        connection.execute(
            "CREATE TABLE items (id bigint PRIMARY KEY, code int, body text);"
            "INSERT INTO items SELECT g, g % 5000, repeat('x', 50) FROM generate_series(1, 20000) g; ANALYZE items"
        )
    given = {"sql": "SELECT id, body FROM items WHERE code = :code", "params": {"code": [1, 2, 3]}}
    found = client(env={"DATABASE_URL": database}).call("tune", **given)
    assert not found.failed, found.text
    assert found.data["findings"][0]["query"] == given["sql"]
    with connect.scratch(database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_indexes WHERE tablename = 'items'").fetchone() == (1,)


def test_a_task_that_nobody_here_does_is_an_error_with_a_question(client):
    found = client().call("tune", task="write a poem about autumn")
    assert found.failed
    assert "no agent fits" in found.text


def test_the_password_is_in_no_list_of_processes(client, database):
    import anyio

    session = client(env={"DATABASE_URL": f"{database} password=not-to-be-seen"})

    async def seen() -> list[str]:
        found: list[str] = []
        async with anyio.create_task_group() as group:
            group.start_soon(session.session.call_tool, "tune", {"sql": "SELECT 1"})
            with anyio.move_on_after(20):
                while not found:
                    await anyio.sleep(0.05)
                    found += [line for line in processes() if "mcp_server.child" in line]
            group.cancel_scope.cancel()
        return found

    children = session.portal.call(seen)
    assert children
    assert not any("not-to-be-seen" in line for line in processes())


def processes() -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def until(claim: Callable[[], object], *, seconds: float = 40) -> bool:
    """Whether it comes true in time; the clock of another process is waited for, which tells nobody."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if claim():
            return True
        os.sched_yield()
    return bool(claim())


@pytest.mark.parametrize("how", ["kill", "terminate", "interrupt", "end of input"])
def test_no_disposable_server_is_left_however_the_server_ends(tmp_path, how):
    pytest.importorskip("mcp.server", reason=NEEDED)
    before = {each.directory for each in scratch.instances()}

    def mine() -> list[Path]:
        return [each.directory for each in scratch.instances() if each.alive and each.directory not in before]

    pipe = subprocess.PIPE
    process = subprocess.Popen(command(), env=environment(tmp_path), cwd=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe)
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    for message in (
        {"id": 1, "method": "initialize", "params": params},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "tune", "arguments": {"documents": 800}}},
    ):
        process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        process.stdin.flush()
    assert until(mine)
    if how == "end of input":
        process.stdin.close()
    else:
        process.send_signal({"kill": signal.SIGKILL, "terminate": signal.SIGTERM, "interrupt": signal.SIGINT}[how])
    process.wait(30)
    assert until(lambda: not mine())
    assert until(lambda: not any(str(tmp_path) in line for line in processes()))
    assert until(lambda: {each.directory for each in scratch.instances()} <= before)
