"""ley."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-C --cwd -d --dir -c --client --config -r --require -n --name",
    commands={"up": "run-migration", "down": "revert-migration"},
)
