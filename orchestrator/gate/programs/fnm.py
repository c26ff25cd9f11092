"""fnm: `fnm exec` starts a program with a version of Node.js."""

from __future__ import annotations

from orchestrator.gate.launch import reader

read = reader("exec", "--using --node-dist-mirror --fnm-dir --log-level --arch --version-file-strategy")
