"""Encore."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(values="-e --env -n --namespace", commands={"db reset": "reset-database"})
