"""Words of the scripts that the client is driven with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from orchestrator.demo.messages_api import Lane, ToolUse, Turn

ENGINEER = "pgwright:database-engineer"
REVIEWER = "pgwright:code-quality-reviewer"
# What stands in the definition of each, and so in the system prompt of its requests.
IS_ENGINEER = "You are a database engineer for PostgreSQL"
IS_REVIEWER = "You review changes that are already written"
TOOLS = "mcp__plugin_pgwright_pgwright__"
SKIP_PERMISSIONS = ("--dangerously-skip-permissions",)


def bash(command: str) -> list[ToolUse]:
    return [ToolUse(name="Bash", input={"command": command, "description": "Look at the orders"})]


def write(path: Path | str, content: str = "text") -> list[ToolUse]:
    return [ToolUse(name="Write", input={"file_path": str(path), "content": content})]


def ours(tool: str, **given: Any) -> list[ToolUse]:
    """A call of a tool of our MCP server."""
    return [ToolUse(name=TOOLS + tool, input=given)]


def spawn(agent: str = ENGINEER, prompt: str = "Do it") -> list[ToolUse]:
    given = {"subagent_type": agent, "description": "Work", "prompt": prompt, "run_in_background": False}
    return [ToolUse(name="Agent", input=given)]


def delegate(*turns: Turn) -> list[Lane]:
    """A main thread that hands over to the database-engineer, and what that does."""
    return [Lane(turns=[spawn(), "done"]), Lane(turns=[*turns, "done"], subagent=True)]


def answer(**changed: Any) -> str:
    """A valid answer of the database engineer."""
    lists = ("migrations_created", "indexes_added", "constraints_added", "performance_findings", "recommendations")
    return json.dumps({**{key: [] for key in lists}, "evidence": []} | changed)


def review(verdict: str, subject: str) -> str:
    lists: dict[str, Any] = {"findings": [], "questions": [], "not_checked": [], "evidence": []}
    return json.dumps({"verdict": verdict, "subject": subject, **lists})
