"""An agent with boundaries writes to a file whose name cannot be read."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

ENGINEER = "pgwright:database-engineer"

RULE = Rule(
    id="unknown-agent-path",
    decision=ASK,
    why="this agent may write in some folders only, and the name of the file cannot be read from the command",
    instead="write the path out",
    source="https://code.claude.com/docs/en/hooks#pretooluse-input",
    fires_on=(
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": 'echo x > "$TARGET"'}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "cp a.txt backend/$(cat where)/b.txt"}},
    ),
    silent_on=(
        'echo x > "$TARGET"',
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "TARGET=migrations/a.sql; echo x > $TARGET"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": 'cat "$TARGET"'}},
    ),
    clause="paths",
)
