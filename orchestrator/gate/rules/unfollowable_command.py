"""A command line with more steps or levels than the gate follows."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="unfollowable-command",
    decision=DENY,
    why="the command line has more steps, levels or bytes than the gate follows, so nobody knows what it would do",
    instead="split it into several plain commands",
    source="https://www.gnu.org/software/bash/manual/bash.html#Shell-Functions",
    fires_on=("eval " * 40 + "dropdb stacks",),
    silent_on=(
        "for i in 1 2 3; do echo $i; done",
        'walk() { for f in "$1"/*; do if [ -d "$f" ]; then walk "$f"; else echo "$f"; fi; done; }; walk src',
        "eval " * 40 + "echo done",
    ),
)
