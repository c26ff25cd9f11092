"""Reflex."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(values="--message --loglevel", commands={"db migrate": "run-migration"})
