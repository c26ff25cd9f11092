"""One session of the client, and a second one on the same project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hook_client import Client


@pytest.fixture
def client(tmp_path: Path) -> Client:
    for name in ("project", "data"):
        (tmp_path / name).mkdir()
    return Client(project=tmp_path / "project", data=tmp_path / "data")


@pytest.fixture
def another(client: Client) -> Callable[[str], Client]:
    """A second session on the same project."""
    return lambda session: Client(project=client.project, data=client.data, session=session)
