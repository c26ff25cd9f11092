"""MLflow's own database."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(values="--backend-store-uri", commands={"db upgrade": "run-migration"})
