"""The tools under the names of other servers: names, arguments, defaults, and what they answer."""

from __future__ import annotations

import json

import pytest
from mcp_client import TABLES

from orchestrator.pg import connect

# Required and optional arguments with their defaults, as facts about postgres-mcp 0.3.0, pg-aiguide 0.5.1 and
# mem0-mcp-server 0.2.1.
ARGUMENTS = {
    "postgres-mcp": {
        "list_schemas": ([], {}),
        "list_objects": (["schema_name"], {"object_type": "table"}),
        "get_object_details": (["schema_name", "object_name"], {"object_type": "table"}),
        "explain_query": (["sql"], {"analyze": False, "hypothetical_indexes": None}),
        "execute_sql": (["sql"], {}),
        "analyze_workload_indexes": ([], {"max_index_size_mb": 10000, "method": "dta"}),
        "analyze_query_indexes": (["queries"], {"max_index_size_mb": 10000, "method": "dta"}),
        "analyze_db_health": ([], {"health_type": "all"}),
        "get_top_queries": ([], {"sort_by": "resources", "limit": 10}),
    },
    "pg-aiguide": {
        "search_docs": (["source", "query"], {"limit": 20, "semanticWeight": 0.7}),
        "view_skill": (["name"], {"path": "SKILL.md"}),
        "semantic_search_postgres_docs": (["prompt"], {"version": "18", "limit": 10}),
        "semantic_search_tiger_docs": (["prompt"], {"limit": 10}),
    },
    "mem0": {
        "add_memory": (
            ["text"],
            dict.fromkeys(["messages", "user_id", "agent_id", "app_id", "run_id", "metadata", "enable_graph"]),
        ),
        "search_memories": (["query"], dict.fromkeys(["filters", "limit", "enable_graph"])),
        "get_memories": ([], {"filters": None, "page": 1, "page_size": 50, "enable_graph": None}),
        "get_memory": (["memory_id"], {}),
        "update_memory": (["memory_id", "text"], {}),
        "delete_memory": (["memory_id"], {}),
    },
}


@pytest.mark.parametrize("family", ARGUMENTS)
def test_a_family_has_the_tools_and_arguments_of_its_server(client, family):
    tools = client("--as", family).tools()
    found = {}
    for name, tool in tools.items():
        properties = tool.input_schema["properties"]
        required = tool.input_schema.get("required", [])
        defaults = {key: each.get("default") for key, each in properties.items() if key not in required}
        found[name] = (required, defaults)
    assert found == ARGUMENTS[family]


def test_all_families_are_served_together_and_no_name_is_used_twice(client):
    names = list(client().tools())
    assert len(names) == len(set(names)) == 28


@pytest.fixture
def shop(database, client):
    with connect.scratch(database) as connection:
        connection.execute(TABLES + "CREATE VIEW busy AS SELECT customer_id FROM orders;")
    return client("--as", "postgres-mcp", env={"DATABASE_URI": database})


@pytest.mark.pg
def test_objects_are_listed_and_described(shop):
    assert {"schema_name": "public"}.items() <= json.loads(shop.call("list_schemas").text)[0].items()
    listed = {}
    for kind in ("table", "view", "sequence", "extension"):
        found = json.loads(shop.call("list_objects", schema_name="public", object_type=kind).text)
        listed[kind] = [each["name"] for each in found]
    assert listed["table"] == ["customers", "orders"]
    assert listed["view"] == ["busy"]
    assert "orders_id_seq" in listed["sequence"]
    details = json.loads(shop.call("get_object_details", schema_name="public", object_name="orders").text)
    assert [column["name"] for column in details["columns"]] == ["id", "customer_id", "placed_at", "note"]
    view = shop.call("get_object_details", schema_name="public", object_name="busy", object_type="view")
    assert "SELECT customer_id" in json.loads(view.text)["definition"]
    sequence = {"schema_name": "public", "object_name": "orders_id_seq", "object_type": "sequence"}
    assert json.loads(shop.call("get_object_details", **sequence).text)["data_type"] == "integer"
    assert shop.call("get_object_details", schema_name="public", object_name="nothing").failed


@pytest.mark.pg
@pytest.mark.parametrize("tool", ["get_top_queries", "analyze_workload_indexes"])
def test_a_missing_extension_is_named(shop, tool):
    found = shop.call(tool)
    assert found.failed
    assert "extension missing: pg_stat_statements" in found.text


@pytest.mark.pg
def test_hypothetical_indexes_are_refused_and_not_pretended(shop):
    wanted = [{"table": "orders", "columns": ["note"]}]
    found = shop.call("explain_query", sql="SELECT * FROM orders WHERE note = 'x'", hypothetical_indexes=wanted)
    assert found.failed
    assert "extension missing: hypopg" in found.text


@pytest.mark.pg
def test_proposed_indexes_are_called_inferred(shop):
    found = json.loads(shop.call("analyze_query_indexes", queries=["SELECT * FROM orders WHERE note = :n"]).text)
    assert found["note"].startswith("inferred")
    assert found["queries"][0]["evidence"] == "inferred"
    refused = json.loads(shop.call("analyze_query_indexes", queries=["DELETE FROM orders"]).text)
    assert "a SELECT is needed" in refused["queries"][0]["not_looked_at"]
    assert shop.call("analyze_query_indexes", queries=["SELECT 1"] * 11).failed


@pytest.mark.pg
def test_health_is_checked_part_by_part(shop):
    found = shop.call("analyze_db_health").text
    parts = [line.rstrip(":") for line in found.splitlines() if not line.startswith(" ")]
    assert parts == ["index", "connection", "vacuum", "sequence", "replication", "buffer", "constraint"]
    assert "fk-without-index" in shop.call("analyze_db_health", health_type="index").text
    assert "no health check named weather" in shop.call("analyze_db_health", health_type="weather").text


def test_documents_are_searched_offline_and_it_says_so(client):
    session = client("--as", "pg-aiguide")
    found = json.loads(session.call("search_docs", source="postgres_17", query="hnsw recall", limit=3).text)
    assert 1 <= len(found["results"]) <= 3
    assert "offline answer" in found["note"]
    assert "semanticWeight" in found["note"]
    first = found["results"][0]
    assert json.loads(first["metadata"])["source"].startswith("pgwright skill")
    older = json.loads(session.call("semantic_search_postgres_docs", prompt="hnsw recall").text)
    assert 0 < older["results"][0]["distance"] < 1
    assert json.loads(session.call("search_docs", source="tiger", query="?!").text)["results"] == []


def test_a_skill_of_another_name_leads_to_ours_and_says_so(client):
    session = client("--as", "pg-aiguide")
    found = json.loads(session.call("view_skill", name="pgvector_indexing").text)
    assert found["name"] == "pgvector-search"
    assert 'there is no skill "pgvector_indexing"' in found["note"]
    assert "note" not in json.loads(session.call("view_skill", name="pgvector-search").text)


@pytest.mark.parametrize("path", ["../../README.md", "/etc/passwd", "..", "references", "nothing.md"])
def test_only_files_of_the_skill_are_shown(client, path):
    found = client("--as", "pg-aiguide").call("view_skill", name="pgvector-search", path=path)
    assert found.failed
    assert "has no file" in found.text


def test_memories_are_decisions_and_nothing_is_deleted(client, project):
    session = client("--as", "mem0")
    added = json.loads(session.call("add_memory", text="Use HNSW for docs", metadata={"tables": ["docs"]}).text)
    assert added["results"] == [{"id": "D-0001", "memory": "Use HNSW for docs", "event": "ADD"}]
    again = json.loads(session.call("add_memory", text="Use HNSW for docs", metadata={"tables": ["docs"]}).text)
    assert again["results"][0]["event"] == "NONE"
    hit = json.loads(session.call("search_memories", query="docs index").text)["results"][0]
    assert {"id", "memory", "score", "metadata"} <= hit.keys()
    updated = json.loads(session.call("update_memory", memory_id="D-0001", text="Use IVFFlat for docs").text)
    assert updated["id"] == "D-0002"
    assert json.loads(session.call("get_memory", memory_id="D-0001").text)["status"] == "superseded"
    assert [each["id"] for each in json.loads(session.call("get_memories").text)["results"]] == ["D-0002"]
    assert not session.call("delete_memory", memory_id="D-0002").failed
    assert json.loads(session.call("get_memories").text)["results"] == []
    assert json.loads(session.call("search_memories", query="docs").text)["results"] == []
    assert len(list((project / "context/knowledge/decisions").glob("D-*.json"))) == 3
    assert session.call("get_memory", memory_id="D-0099").failed


def test_memories_are_filtered_by_agent_and_by_nothing_else(client):
    session = client("--as", "mem0")
    session.call("add_memory", text="One for orders", agent_id="database-engineer", user_id="me")
    session.call("add_memory", text="Two for orders", agent_id="somebody")
    wanted = {"AND": [{"user_id": "other"}, {"agent_id": "database-engineer"}]}
    found = json.loads(session.call("search_memories", query="orders", filters=wanted).text)
    assert [each["memory"] for each in found["results"]] == ["One for orders"]
