"""Volta: `volta run` starts a program with a version of Node.js."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("run", "--node --npm --pnpm --yarn --env")
