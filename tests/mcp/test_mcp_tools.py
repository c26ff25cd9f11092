"""Our tools: what they answer, that the data follow their schemas, and what they leave in the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mcp_client import TABLES

from orchestrator.pg import connect

OURS = ["route", "inspect", "explain", "tune", "prove", "recall", "remember", "note_task", "show_context"]
AGENT = "database-engineer"


@pytest.fixture
def shop(database, client):
    with connect.scratch(database) as connection:
        connection.execute(TABLES)
    return client(env={"DATABASE_URL": database})


def checked(client, tool, **arguments):
    """The answer's data, held against the schema that the tool announces."""
    from jsonschema import Draft202012Validator

    found = client.call(tool, **arguments)
    assert not found.failed, found.text
    schema = client.tools()[tool].output_schema
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found.data)] == []
    assert found.text
    return found.data


def test_every_tool_of_ours_has_a_description_a_schema_and_hints(client):
    tools = client("--as", "pgwright").tools()
    assert list(tools) == OURS
    for tool in tools.values():
        assert len(tool.description) > 30
        assert tool.output_schema["type"] == "object"
        assert "urn:" not in json.dumps(tool.output_schema)
        assert tool.annotations.destructive_hint is False
    writing = [name for name, tool in tools.items() if not tool.annotations.read_only_hint]
    assert writing == ["tune", "prove", "remember", "note_task"]


def test_route_names_who_is_meant(client):
    assert checked(client(), "route", task="optimize hybrid search")["agent"] == AGENT
    assert checked(client(), "route", task="bake a cake")["agent"] == "none"


@pytest.mark.pg
def test_inspect_shows_tables_and_what_the_catalog_says_against_them(shop):
    data = checked(shop, "inspect")
    assert [table["name"] for table in data["tables"]] == ["customers", "orders"]
    orders = data["tables"][1]
    assert orders["estimated_rows"] == 3000
    assert [column["name"] for column in orders["columns"]] == ["id", "customer_id", "placed_at", "note"]
    assert any(found["type"] == "foreign key" and found["target"] == "customers" for found in orders["constraints"])
    codes = {(found["code"], found["evidence"]) for found in data["findings"]}
    assert codes == {("fk-without-index", "proven"), ("timestamp-without-tz", "proven"), ("serial", "proven")}


BAD = """
CREATE TABLE bad (a int, b int, CHECK (a > 0));
CREATE INDEX one ON bad (a);
CREATE INDEX two ON bad (a);
CREATE INDEX partial ON bad (a) WHERE b = 1;
CREATE INDEX broken ON bad (b);
CREATE TABLE counted (id serial PRIMARY KEY);
SELECT setval('counted_id_seq', 2000000000);
CREATE TABLE parent (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE covered (y int, x int, z int PRIMARY KEY, FOREIGN KEY (x, y) REFERENCES parent (x, y));
CREATE INDEX ON covered (y, x, z);
CREATE TABLE "Loud" (id int PRIMARY KEY, "lineNo" int);
CREATE TABLE half (x int PRIMARY KEY, y int, FOREIGN KEY (x, y) REFERENCES parent (x, y));
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
"""


@pytest.mark.pg
def test_each_finding_is_there_where_it_is_true_and_only_there(database, client):
    with connect.scratch(database) as connection:
        connection.execute(BAD)
    data = checked(client(env={"DATABASE_URI": database}), "inspect")
    found = {(each["code"], each["table"], each["object"]) for each in data["findings"] if each["evidence"] == "proven"}
    assert found == {
        ("table-without-primary-key", "bad", "bad"),
        ("duplicate-index", "bad", "two"),
        ("invalid-index", "bad", "broken"),
        ("sequence-near-its-end", "counted", "counted_id_seq"),
        ("serial", "counted", "id"),
        ("fk-without-index", "half", "half_x_y_fkey"),
        ("name-without-its-table", "bad", "one"),
        ("name-without-its-table", "bad", "two"),
        ("name-without-its-table", "bad", "partial"),
        ("name-without-its-table", "bad", "broken"),
        ("name-needs-quotes", '"Loud"', "Loud"),
        ("name-needs-quotes", '"Loud"', "lineNo"),
    }
    assert {each["object"] for each in data["findings"] if each["evidence"] == "inferred"} >= {"one", "partial"}


@pytest.mark.pg
def test_inspect_takes_names_and_refuses_those_that_are_not_there(shop):
    assert [each["name"] for each in checked(shop, "inspect", tables=["public.orders"])["tables"]] == ["orders"]
    assert [each["name"] for each in checked(shop, "inspect", schema="public")["tables"]] == ["customers", "orders"]
    assert "there are no tables nowhere" in shop.call("inspect", tables=["orders", "nowhere"]).text
    assert shop.call("inspect", schema="nowhere").failed


@pytest.mark.pg
def test_explain_infers_without_running_and_measures_with_analyze(shop):
    sql = "SELECT * FROM orders WHERE note = :note"
    guessed = checked(shop, "explain", sql=sql)
    assert (guessed["generic"], guessed["execution_ms"]) == (True, None)
    assert guessed["causes"][0]["evidence"] == "inferred"
    known = checked(shop, "explain", sql=sql, params={"note": "y"}, analyze=True)
    assert known["generic"] is False
    assert known["execution_ms"] > 0
    assert known["plan"]["rows_removed"] == 3000


@pytest.mark.pg
def test_explain_asks_for_values_it_needs_and_refuses_those_it_does_not(shop):
    assert "no values were given for the parameters x" in shop.call("explain", sql="SELECT :x", analyze=True).text
    assert "no parameter y" in shop.call("explain", sql="SELECT 1", params={"y": 1}).text


def test_a_decision_is_written_with_the_agent_that_took_it_and_found_again(client, project):
    session = client()
    given = {
        "decision": "Keep orders partitioned by month",
        "rationale": "old months are dropped whole",
        "alternatives": [{"option": "one table", "why_not": "DELETE takes hours"}],
        "evidence": [{"kind": "measured", "ref": "runs/1", "statement": "4 h"}],
        "tables": ["orders"],
        "agent": f"pgwright:{AGENT}",
    }
    written = checked(session, "remember", **given)
    assert written["action"] == "accepted"
    document = json.loads((project / written["path"]).read_text())
    assert document["agent"] == AGENT
    assert len(document["agent_sha256"]) == 64
    assert document["agent_version"]
    assert document["alternatives"] == given["alternatives"]
    assert checked(session, "remember", **given)["action"] == "reaffirmed"
    hits = checked(session, "recall", query="monthly partitions of orders")["hits"]
    assert [hit["decision"]["id"] for hit in hits] == ["D-0001"]
    noted = checked(session, "show_context")["state"]["agent_decisions"][AGENT]
    assert [each["decision_id"] for each in noted] == ["D-0001"]


def test_a_decision_that_replaces_another_one_takes_it_out_of_recall(client):
    session = client()
    session.call("remember", decision="Index orders with btree", tables=["orders"])
    session.call("remember", decision="Index orders with brin", tables=["orders"], supersedes=["D-0001"])
    assert [each["id"] for each in checked(session, "show_context")["decisions"]] == ["D-0002"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decision": "x", "agent": "nobody"}, 'unknown agent "nobody"'),
        ({"decision": "  "}, "has no text"),
        ({"decision": "x", "supersedes": ["D-9999"]}, "there is no such decision"),
        ({}, "do not fit the tool remember"),
        ({"decision": "x", "evidence": [{"kind": "guessed", "ref": "", "statement": ""}]}, "do not fit"),
    ],
)
def test_a_decision_that_cannot_be_kept_is_refused_in_words(client, given, said):
    found = client().call("remember", **given)
    assert found.failed
    assert said in found.text
    assert "Traceback" not in found.text


def test_a_pending_task_is_pending_until_it_is_completed(client):
    session = client()
    first = checked(
        session, "note_task", task="index orders", status="pending", blockers=["needs a person"], agent=AGENT
    )
    assert (first["tasks_pending"], first["tasks_completed"]) == (1, 0)
    pending = checked(session, "show_context")["state"]["tasks_pending"]
    assert pending[0]["blockers"] == ["needs a person"]
    second = checked(session, "note_task", task="index orders", status="completed", agent=AGENT)
    assert (second["tasks_pending"], second["tasks_completed"]) == (0, 1)
    assert session.call("note_task", task="x", status="completed", blockers=["y"]).failed


def test_a_context_that_cannot_be_written_is_an_error_that_names_it(client, project, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    session = client(env={"ORCHESTRATE_CONTEXT": str(blocked / "context")})
    for tool, given in (("remember", {"decision": "x"}), ("note_task", {"task": "x", "status": "pending"})):
        found = session.call(tool, **given)
        assert found.failed
        assert str(blocked) in found.text
    assert list(project.iterdir()) == []


def test_two_sessions_write_into_one_store(client, project):
    sessions = [client(), client()]
    for number, session in enumerate(sessions):
        session.call("remember", decision=f"Decision number {number}")
    assert len(list(Path(project, "context/knowledge/decisions").glob("D-*.json"))) == 2
