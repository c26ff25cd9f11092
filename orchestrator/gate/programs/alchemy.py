"""The command line of Advanced Alchemy."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="--config --bind-key -m --message --rev-id --tag",
    commands={
        "upgrade": "nothing if --sql; run-migration",
        "downgrade": "nothing if --sql; revert-migration",
        "stamp": "nothing if --sql; stamp-migration",
        "drop-all": "reset-database",
    },
)
