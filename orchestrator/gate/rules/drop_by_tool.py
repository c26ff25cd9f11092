"""A tool of a database server that drops, empties or destroys something as a whole."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="drop-by-tool",
    decision=DENY,
    why="the tool drops or empties a table, collection, database or project, and what was in it is gone",
    instead="list what would be lost and let a person remove it",
    source="https://modelcontextprotocol.io/specification/2025-06-18/server/tools",
    clause="dont-drop",
    fires_on=(
        {"tool": "mcp__mongodb__drop-collection", "input": {"database": "stacks", "collection": "loans"}},
        {"tool": "mcp__neon__delete_project", "input": {"projectId": "p1"}},
        {"tool": "mcp__supabase__reset_branch", "input": {"branch_id": "b1"}},
    ),
    silent_on=(
        {"tool": "mcp__mongodb__list-collections", "input": {"database": "stacks"}},
        {"tool": "mcp__github__delete_branch", "input": {"branch": "drop-database"}},
        {"tool": "mcp__supabase__list_tables", "input": {"schemas": ["public"]}},
    ),
)
