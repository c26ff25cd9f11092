"""Where the context store of a project is, and which setting decided it."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.memory.location import locate, place
from orchestrator.model.errors import UsageError

CONFIGURED = '[tool.orchestrate]\ncontext = "docs/context"\n'


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    monkeypatch.delenv("ORCHESTRATE_CONTEXT", raising=False)


def test_each_setting_wins_over_those_after_it(tmp_path, monkeypatch):
    assert place(tmp_path).why == "default"
    assert locate(tmp_path) == tmp_path / "context"
    (tmp_path / ".claude").mkdir()
    assert locate(tmp_path) == tmp_path / ".claude" / "context"
    (tmp_path / "pyproject.toml").write_text(CONFIGURED)
    assert locate(tmp_path) == tmp_path / "docs/context"
    monkeypatch.setenv("ORCHESTRATE_CONTEXT", "/srv/context")
    assert locate(tmp_path) == Path("/srv/context")
    assert locate(tmp_path, Path("mine")) == tmp_path / "mine"


@pytest.mark.parametrize("text", ["", "[tool]\nx = 1", "[tool.orchestrate]\n", "tool = 1", "[project]\nname = 'x'"])
def test_a_pyproject_without_our_table_changes_nothing(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)
    assert place(tmp_path).why == "default"


@pytest.mark.parametrize("text", ["[tool.orchestrate", "[tool.orchestrate]\ncontext = 1", "\udcff"])
def test_a_pyproject_that_cannot_be_used_is_a_usage_error_with_its_path(tmp_path, text):
    (tmp_path / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        locate(tmp_path)
