"""A tool of a database server that changes some of what is stored."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="change-by-tool",
    decision=ASK,
    why="the tool changes or removes data that is stored in a database",
    instead="read first what would change, then let a person confirm it",
    source="https://modelcontextprotocol.io/specification/2025-06-18/server/tools",
    clause="dont-write-production",
    fires_on=(
        {"tool": "mcp__mongodb__insert-many", "input": {"collection": "loans", "documents": [{"a": 1}]}},
        {"tool": "mcp__mongodb__delete-many", "input": {"collection": "loans", "filter": {"a": 1}}},
        {"tool": "mcp__redis__set", "input": {"key": "a", "value": "b"}},
    ),
    silent_on=(
        {"tool": "mcp__redis__get", "input": {"key": "a"}},
        {"tool": "mcp__mongodb__find", "input": {"collection": "loans", "filter": {"a": 1}}},
        {"tool": "mcp__github__create_issue", "input": {"title": "update the database"}},
    ),
)
