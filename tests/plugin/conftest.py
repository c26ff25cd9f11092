from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def client():
    spec = importlib.util.find_spec("claude_agent_sdk")
    binary = Path(spec.origin).parent / "_bundled" / "claude" if spec and spec.origin else None
    if binary is None or not binary.is_file():
        pytest.skip("needs the Claude Code client: pip install 'pgwright[live]'")
    return binary
