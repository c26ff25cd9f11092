"""The tools of postgres-mcp, with its names, arguments and defaults. They answer with text, as there."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from orchestrator.mcp_server import health, planning, reading, workload
from orchestrator.mcp_server.answer import Answer, Tool, as_text
from orchestrator.mcp_server.setup import Setup
from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import structure

ObjectType = Literal["table", "view", "sequence", "extension"]
KINDS = {"table": ["r", "p", "f"], "view": ["v", "m"], "sequence": ["S"]}
MAX_QUERIES = 10
MAX_STATEMENTS = 100
INFERRED = (
    "inferred: what our rules would try, from the text of the query and the catalog; nothing was built or measured."
    " The tool tune measures them on a copy."
)


def tools(setup: Setup) -> list[Tool]:
    family = PostgresMcp(setup)
    return [
        Tool(call=family.list_schemas, title="List schemas"),
        Tool(call=family.list_objects, title="List objects"),
        Tool(call=family.get_object_details, title="Describe an object"),
        Tool(call=family.explain_query, title="Explain a query"),
        Tool(call=family.execute_sql, title="Execute SQL that reads"),
        Tool(call=family.analyze_workload_indexes, title="Indexes for the workload"),
        Tool(call=family.analyze_query_indexes, title="Indexes for queries"),
        Tool(call=family.analyze_db_health, title="Check the server's health"),
        Tool(call=family.get_top_queries, title="Slowest queries"),
    ]


class PostgresMcp:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def list_schemas(self) -> Answer:
        """List all schemas in the database."""
        with reading.session(self.setup) as connection:
            return as_text(reading.records(connection, "health", "schemas"))

    def list_objects(self, schema_name: str, object_type: ObjectType = "table") -> Answer:
        """List the tables, views, sequences or extensions of a schema."""
        with reading.session(self.setup) as connection:
            if object_type == "extension":
                return as_text(reading.records(connection, "health", "extensions"))
            kinds = KINDS[object_type]
            return as_text(reading.records(connection, "health", "relations", schema=schema_name, kinds=kinds))

    def get_object_details(self, schema_name: str, object_name: str, object_type: ObjectType = "table") -> Answer:
        """Show columns, constraints and indexes of a table or view, or what a sequence or an extension is."""
        with reading.session(self.setup) as connection:
            if object_type in ("table", "view"):
                found = structure.tables(connection, schema=schema_name, names=[object_name])
            elif object_type == "sequence":
                found = reading.records(connection, "health", "sequence", schema=schema_name, object=object_name)
            else:
                every = reading.records(connection, "health", "extensions")
                found = [each for each in every if each["name"] == object_name]
            if not found:
                raise UsageError(f'there is no {object_type} "{object_name}" in schema "{schema_name}"')
            definition = reading.records(connection, "health", "view", schema=schema_name, object=object_name)
        found[0].pop("oid", None)
        return as_text(found[0] | (definition[0] if definition and object_type == "view" else {}))

    def explain_query(
        self,
        sql: str,
        analyze: Annotated[bool, Field(description="Also run it, a SELECT only; it is rolled back.")] = False,
        hypothetical_indexes: Annotated[
            list[dict[str, Any]] | None, Field(description="Needs the extension hypopg on the server.")
        ] = None,
    ) -> Answer:
        """Show the plan of a query. Hypothetical indexes are not made here; the tool tune builds real ones on a copy
        and measures them.
        """
        if hypothetical_indexes:
            raise self._no_hypothetical()
        return Answer(text=planning.explain(self.setup, sql, analyze=analyze, params=None).text)

    def _no_hypothetical(self) -> CouldNotFindOut:
        with reading.session(self.setup) as connection:
            there = reading.records(connection, "health", "has_hypopg")[0]["is_there"]
        return CouldNotFindOut(
            "hypothetical indexes are not made on the user's server" if there else "extension missing: hypopg",
            detail="A plan with an index that is not there is an estimate; its effect is measured on a copy.",
            hint="Call tune with the query: it builds the indexes that its rules propose and measures them.",
        )

    def execute_sql(self, sql: str) -> Answer:
        """Run one statement that reads (SELECT, VALUES, TABLE, WITH, SHOW, EXPLAIN) on the user's server and return its
        rows. It runs in a read-only transaction that is rolled back; whatever would change anything is refused.
        """
        setup = self.setup
        with reading.session(setup) as connection:
            found = reading.run(connection, sql, max_rows=setup.max_rows, max_bytes=setup.max_bytes)
        return Answer(text=found.as_text())

    def analyze_workload_indexes(
        self,
        max_index_size_mb: Annotated[int, Field(description="Taken and not used: sizes are measured by tune.")] = 10000,  # noqa: ARG002
        method: Literal["dta", "llm"] = "dta",  # noqa: ARG002
    ) -> Answer:
        """Propose indexes for the queries that cost most time. Needs pg_stat_statements. The proposals are inferred."""
        with reading.session(self.setup) as connection:
            found = workload.top(connection, "total_time", MAX_STATEMENTS)
            if found is None:
                raise CouldNotFindOut(workload.NO_STATEMENTS)
            reads = [
                each["query"] for each in found if each["query"].lstrip("( \n").upper().startswith(("SELECT", "WITH"))
            ]
            proposed = workload.proposals(connection, reads[:MAX_QUERIES])
        return as_text({"indexes": workload.indexes(proposed, 20), "queries": proposed, "note": INFERRED})

    def analyze_query_indexes(
        self,
        queries: Annotated[list[str], Field(description="Up to 10 SELECTs.", min_length=1, max_length=MAX_QUERIES)],
        max_index_size_mb: Annotated[int, Field(description="Taken and not used: sizes are measured by tune.")] = 10000,  # noqa: ARG002
        method: Literal["dta", "llm"] = "dta",  # noqa: ARG002
    ) -> Answer:
        """Propose indexes for up to 10 queries. The proposals are inferred; the tool tune measures them."""
        with reading.session(self.setup) as connection:
            proposed = workload.proposals(connection, queries)
        return as_text({"indexes": workload.indexes(proposed, 20), "queries": proposed, "note": INFERRED})

    def analyze_db_health(
        self,
        health_type: Annotated[
            str,
            Field(description="all, or some of index, connection, vacuum, sequence, replication, buffer, constraint."),
        ] = "all",
    ) -> Answer:
        """Check indexes, connections, vacuum, sequences, replication, the buffer cache and constraints."""
        with reading.session(self.setup) as connection:
            return Answer(text=health.check(connection, health_type))

    def get_top_queries(
        self,
        sort_by: Literal["resources", "mean_time", "total_time"] = "resources",
        limit: Annotated[int, Field(ge=1, le=100)] = 10,
    ) -> Answer:
        """List the queries that cost most. Needs pg_stat_statements."""
        with reading.session(self.setup) as connection:
            found = workload.top(connection, sort_by, limit)
        if found is None:
            raise CouldNotFindOut(workload.NO_STATEMENTS)
        return as_text(found)
