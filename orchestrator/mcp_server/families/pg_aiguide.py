"""The tools of pg-aiguide, today's and those of before, with their names, arguments and defaults."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from orchestrator.mcp_server import manual
from orchestrator.mcp_server.answer import Answer, Tool, as_text
from orchestrator.mcp_server.setup import Setup

Limit = Annotated[int, Field(ge=1, le=100)]
Version = Literal["14", "15", "16", "17", "18"]


def tools(setup: Setup) -> list[Tool]:
    family = PgAiguide(setup)
    return [
        Tool(call=family.search_docs, title="Search the documentation"),
        Tool(call=family.view_skill, title="Read a skill"),
        Tool(call=family.semantic_search_postgres_docs, title="Search the PostgreSQL notes"),
        Tool(call=family.semantic_search_tiger_docs, title="Search the notes"),
    ]


class PgAiguide:
    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def search_docs(
        self,
        source: Annotated[str, Field(description="tiger, postgres_14 to postgres_18, postgis_3.3 to postgis_3.6.")],
        query: str,
        limit: Limit = 20,
        semanticWeight: Annotated[float, Field(ge=0, le=1)] = 0.7,  # noqa: ARG002, N803
    ) -> Answer:
        """Search notes about PostgreSQL by words, best first. This is the offline answer: the skills that ship with
        pgwright and their references, whatever the source; semanticWeight is not used.
        """
        found = [_row(each, source) | {"score": round(each.score, 6)} for each in manual.search(query, limit)]
        return as_text({"results": found, "note": manual.NOTE})

    def view_skill(self, name: str, path: str = "SKILL.md") -> Answer:
        """Read a skill, or another file of it. pg-aiguide's names lead to ours, and the answer says so."""
        page = manual.page(name, path)
        document = {"name": page.name, "path": page.path, "description": page.description, "content": page.content}
        if page.asked != page.name:
            document["note"] = f'there is no skill "{page.asked}" here; this is {page.name} of pgwright'
        return as_text(document)

    def semantic_search_postgres_docs(self, prompt: str, version: Version = "18", limit: Limit = 10) -> Answer:
        """Search notes about PostgreSQL by words, under the name that pg-aiguide had for it until 2026. The distance
        only orders the results.
        """
        return _by_distance(prompt, f"postgres_{version}", limit)

    def semantic_search_tiger_docs(self, prompt: str, limit: Limit = 10) -> Answer:
        """Search notes by words, under the name that pg-aiguide had for it until 2026. Nothing of Tiger's is here."""
        return _by_distance(prompt, "tiger", limit)


def _by_distance(prompt: str, source: str, limit: int) -> Answer:
    hits = manual.search(prompt, limit)
    found = [_row(each, source) | {"distance": round(1 / (1 + max(each.score, 0.0)), 6)} for each in hits]
    return as_text({"results": found, "note": manual.NOTE})


def _row(found: manual.Found, source: str) -> dict[str, Any]:
    metadata = {"source": f"pgwright skill {found.skill}", "path": found.path, "header": found.header, "asked": source}
    return {"id": found.number, "content": found.content, "metadata": json.dumps(metadata)}
