"""aws-vault: `aws-vault exec` starts a program with credentials in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "exec",
    "-d --duration -t --mfa-token --region --backend --prompt --keychain --pass-dir --assume-role-ttl --session-ttl",
    operands=1,
)
