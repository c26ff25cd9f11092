"""SQLMesh: it builds tables and views in the warehouse."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-p --paths --config --gateway --log-file-dir --start --end --skip-tests --select-model",
    commands={
        "plan": "nothing if --explain; run-models",
        "run": "run-models",
        "invalidate": "run-models",
        "rollback": "revert-migration",
        "migrate": "run-migration",
        "destroy": "reset-database",
        "janitor": "run-models",
    },
)
