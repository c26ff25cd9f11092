"""An agent writes where its definition does not let it."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

ENGINEER = "pgwright:database-engineer"

RULE = Rule(
    id="outside-agent-paths",
    decision=DENY,
    why="the definition of this agent does not let it write there",
    instead="write into the paths that the definition allows, or hand the change to the agent whose work it is",
    source="https://code.claude.com/docs/en/hooks#pretooluse-input",
    fires_on=(
        {"tool": "Write", "agent": ENGINEER, "input": {"file_path": "README.md", "content": "x"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "echo x > setup.cfg"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "cp migrations/a.py tools/a.py"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "echo x | tee -a migrations/../README.md"}},
    ),
    silent_on=(
        {"tool": "Write", "input": {"file_path": "README.md", "content": "x"}},
        {"tool": "Write", "agent": "general-purpose", "input": {"file_path": "README.md", "content": "x"}},
        {"tool": "Write", "agent": ENGINEER, "input": {"file_path": "migrations/versions/a.py", "content": "x"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "echo x > docs/database/notes.md"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "cat README.md > /dev/null 2>&1"}},
        {"tool": "Bash", "agent": ENGINEER, "input": {"command": "grep x README.md > /tmp/found.txt"}},
    ),
    clause="paths",
)
