"""aws-okta: starts a program with credentials in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "exec",
    "-m --mfa-provider -t --assume-role-ttl --session-ttl -a --assume-role-arn",
    operands=1,
)
