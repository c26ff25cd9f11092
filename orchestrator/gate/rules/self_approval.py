"""An agent grants its own call."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="self-approval",
    decision=DENY,
    why="a grant is a person's word, and an agent cannot give it to itself",
    instead="show the user the command that was held and its code; they grant it in their own terminal, or they do not",
    source="https://code.claude.com/docs/en/hooks#security-considerations",
    fires_on=(
        "orchestrate gate allow 0123456789ab",
        "orchestrate gate allow 0123456789ab --expires 1h",
        "yes yes | orchestrate gate allow 0123456789ab",
        "script -qec 'orchestrate gate allow 0123456789ab' /dev/null",
        "python3 -m orchestrator gate allow 0123456789ab",
        ".venv/bin/orchestrate gate allow 0123456789ab",
        'orchestrate gate "$VERB" 0123456789ab',
    ),
    silent_on=(
        "orchestrate gate log",
        "orchestrate gate explain 'orchestrate gate allow 0123456789ab'",
        "orchestrate gate explain 'psql -c \"DROP TABLE t\"'",
        "orchestrate gate allow --help",
        "orchestrate 'explain gate allow'",
        "orchestrate run 'make it fast'",
        "grep -rn 'orchestrate gate allow' docs",
    ),
)
