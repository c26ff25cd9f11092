"""An agent of this plugin writes, and its definition cannot be read."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

NOBODY = "pgwright:not-there"

RULE = Rule(
    id="unread-agent-definition",
    decision=DENY,
    why="what this agent may write stands in its definition, and the definition cannot be read",
    instead="run orchestrate agents check and mend what it finds; until then this agent can only read",
    source="https://code.claude.com/docs/en/sub-agents#supported-frontmatter-fields",
    fires_on=(
        {"tool": "Write", "agent": NOBODY, "input": {"file_path": "migrations/a.py", "content": "x"}},
        {"tool": "Bash", "agent": NOBODY, "input": {"command": "echo x > notes.md"}},
    ),
    silent_on=(
        {"tool": "Bash", "agent": NOBODY, "input": {"command": "cat notes.md"}},
        {"tool": "Write", "agent": "other:not-there", "input": {"file_path": "notes.md", "content": "x"}},
    ),
    clause="paths",
)
