"""Chamber: `chamber exec` starts a program with secrets in its environment."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader(
    "exec",
    "-b --backend --backend-s3-bucket --kms-key-alias -r --retries --retry-mode",
    dashes=True,
)
