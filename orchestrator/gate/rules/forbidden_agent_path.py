"""An agent writes where its definition forbids it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

ENGINEER = "pgwright:database-engineer"
ARCHITECT = "pgwright:backend-system-architect"

RULE = Rule(
    id="forbidden-agent-path",
    decision=DENY,
    why="the definition of this agent forbids it to write there: it is another agent's work",
    instead="hand the change with its reason to the agent whose work it is; hands_off_to in the definition names them",
    source="https://code.claude.com/docs/en/hooks#pretooluse-input",
    fires_on=(
        {"tool": "Write", "agent": ENGINEER, "input": {"file_path": "backend/app/models/user.py", "content": "x"}},
        {"tool": "Write", "agent": ENGINEER, "input": {"file_path": "shop/models.py", "content": "x"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "sed -i s/a/b/ frontend/app.js"}},
        {"tool": "Write", "agent": ARCHITECT, "input": {"file_path": "migrations/versions/a.py", "content": "x"}},
    ),
    silent_on=(
        {"tool": "Write", "input": {"file_path": "backend/app/models/user.py", "content": "x"}},
        {"tool": "Write", "agent": ARCHITECT, "input": {"file_path": "backend/app/models/user.py", "content": "x"}},
        {"tool": "Write", "agent": ENGINEER, "input": {"file_path": "migrations/versions/models_a.py", "content": "x"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "cat backend/app/models/user.py"}},
    ),
    clause="paths",
)
