"""Our own tools."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from orchestrator.mcp_server import inspecting, planning, proving, remembering, tuning
from orchestrator.mcp_server.answer import Answer, Tool
from orchestrator.mcp_server.remembering import Alternative, Evidence
from orchestrator.mcp_server.schemas import answer
from orchestrator.mcp_server.setup import Setup

Names = list[str] | None
Sql = Annotated[str, Field(description="One statement, without EXPLAIN in front; parameters as :name or $1.")]
Params = Annotated[
    dict[str, Any] | None, Field(description='Values of the parameters by name: {"name": 1}; for $1 the name is "1".')
]


def tools(setup: Setup) -> list[Tool]:
    own = Pgwright(setup)
    return [
        Tool(call=own.route, title="Who is meant for a task", schema=answer("route")),
        Tool(call=own.inspect, title="Look at the database", schema=answer("mcp-inspect")),
        Tool(call=own.explain, title="Show a query's plan", schema=answer("mcp-explain")),
        Tool(call=own.tune, title="Make queries fast", reads_only=False, repeatable=False, schema=answer("mcp-tune")),
        Tool(call=own.prove, title="Prove a migration", reads_only=False, schema=answer("mcp-prove")),
        Tool(call=own.recall, title="Recall decisions", schema=answer("recall")),
        Tool(call=own.remember, title="Write a decision down", reads_only=False, schema=answer("remember")),
        Tool(
            call=own.note_task, title="Note a task", reads_only=False, repeatable=False, schema=answer("mcp-note-task")
        ),
        Tool(call=own.show_context, title="Show what earlier work left", schema=answer("context-show")),
    ]


class Pgwright:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def route(self, task: Annotated[str, Field(description="The task in the user's words.")]) -> Answer:
        """Name the agent and the skills that are meant for a task, with the words that decided it. Deterministic; no
        model is asked. The answer "none" comes with a question that would settle it.
        """
        return planning.route(task, self.setup)

    def inspect(
        self,
        schema: Annotated[str | None, Field(description="Only this schema; all of the user's if not given.")] = None,
        tables: Annotated[Names, Field(description="Only these tables, with or without their schema.")] = None,
    ) -> Answer:
        """Read the tables of the user's server: columns, constraints, indexes, foreign keys, estimated rows and sizes,
        and what the catalog says against them: a foreign key without an index, a table without a primary key, invalid,
        duplicate and unused indexes, sequences near their end. Each finding says how it is known. Call it before
        proposing any change of a schema.
        """
        return inspecting.inspect(self.setup, schema=schema, tables=tables)

    def explain(
        self,
        sql: Sql,
        analyze: Annotated[
            bool, Field(description="Also run it, a SELECT only, in a transaction that is rolled back.")
        ] = False,
        params: Params = None,
    ) -> Answer:
        """Show the plan of one statement on the user's server as a tree, and why it is slow. Without analyze nothing
        runs and the causes are inferred; with analyze they are measured, once.
        """
        return planning.explain(self.setup, sql, analyze=analyze, params=params)

    async def tune(
        self,
        task: Annotated[str, Field(description="What is wanted, in words.")] = "",
        sql: Annotated[str, Field(description="One SELECT; parameters as :name.")] = "",
        queries: Annotated[dict[str, str] | None, Field(description="Several SELECTs by name, tuned together.")] = None,
        params: Annotated[
            dict[str, list[Any]] | None,
            Field(description="Values of the parameters by name, several each; drawn from the tables if not given."),
        ] = None,
        documents: Annotated[
            int | None, Field(description="Size of the bundled demo, where no query is given.", ge=200)
        ] = None,
    ) -> Answer:
        """Measure queries on a copy of their tables on a disposable server, try indexes and rewrites in paired trials,
        keep what is faster and gives the same rows, write an Alembic revision for it and prove that. Takes a minute or
        more. Without sql it works on the bundled demo. Nothing changes on the user's server.
        """
        return await tuning.tune(self.setup, task=task, sql=sql, queries=queries, params=params, documents=documents)

    async def prove(
        self,
        path: Annotated[str, Field(description="The Alembic revision file, relative to the project.")],
        base_schema: Annotated[
            str | None, Field(description="An SQL file that makes the schema before the revision.")
        ] = None,
    ) -> Answer:
        """Run one Alembic revision of the project up, down and up again on a disposable server, with the lock of every
        statement traced. The schema before it comes from base_schema, else from the user's server, else from the
        project's earlier revisions. A revision that could not be proved is reported as an error, never as proved.
        """
        return await proving.prove(self.setup, path=path, base_schema=base_schema)

    def recall(
        self,
        query: Annotated[str, Field(description="Words of the task, and names of its tables.")],
        limit: Annotated[int, Field(ge=1, le=100)] = 5,
    ) -> Answer:
        """Find the decisions in force that share words with the query, best first. Call it before deciding anything."""
        return remembering.recall(self.setup, query, limit)

    def remember(
        self,
        *,
        decision: Annotated[str, Field(description="What was decided, as one sentence or two.")],
        title: Annotated[str, Field(description="A short name; the first sentence if not given.")] = "",
        rationale: Annotated[str, Field(description="Why this and not something else.")] = "",
        alternatives: list[Alternative] | None = None,
        tables: Names = None,
        files: Names = None,
        category: Annotated[str, Field(description="For example index, schema, migration.")] = "general",
        evidence: list[Evidence] | None = None,
        supersedes: Annotated[Names, Field(description="Decisions that this one replaces: D-0007.")] = None,
        agent: Annotated[str, Field(description="The agent that decides.")] = "",
        run_id: Annotated[str, Field(description="The run that it rests on.")] = "",
    ) -> Answer:
        """Write a decision down for every later session. The same decision is not written twice: it is reaffirmed."""
        given = remembering.Given(
            decision=decision,
            title=title,
            rationale=rationale,
            alternatives=alternatives or [],
            tables=tables or [],
            files=files or [],
            category=category,
            evidence=evidence or [],
            supersedes=supersedes or [],
            agent=agent,
            run_id=run_id,
        )
        return remembering.remember(self.setup, given)

    def note_task(
        self,
        task: str,
        status: Literal["completed", "pending"],
        blockers: Annotated[Names, Field(description="What a pending task waits for.")] = None,
        agent: str = "",
    ) -> Answer:
        """Add a task to the finished ones of the session state, or to the pending ones with what blocks it."""
        return remembering.note_task(self.setup, task, status, blockers=blockers or [], agent=agent)

    def show_context(self) -> Answer:
        """Show the session state and every decision in force."""
        return remembering.show(self.setup)
