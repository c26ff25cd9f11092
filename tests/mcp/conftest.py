"""A project, and sessions with servers for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from mcp_client import NEEDED, Client, command, environment, talking


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def client(tmp_path: Path, project: Path) -> Iterator[Callable[..., Client]]:
    """Starts a server process and returns a session with it; both end with the test."""
    pytest.importorskip("mcp.server", reason=NEEDED)
    with ExitStack() as stack:
        count = 0

        def start(*words: str, env: Mapping[str, str] | None = None, argv: Sequence[str] | None = None) -> Client:
            nonlocal count
            count += 1
            variables = environment(tmp_path) | dict(env or {})
            errors = tmp_path / f"stderr-{count}"
            return stack.enter_context(talking(argv or command(*words), variables, project, errors))

        yield start
