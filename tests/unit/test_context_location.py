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


HOLDS_NOTHING = [(), ("knowledge/decisions/",), ("runs/",), ("runs/agent-1/",), ("session/",), ("notes.md",)]


@pytest.mark.parametrize("names", HOLDS_NOTHING, ids=str)
def test_a_folder_of_the_client_without_a_store_does_not_hide_the_store(tmp_path, names):
    (tmp_path / "context" / "session").mkdir(parents=True)
    (tmp_path / "context" / "session" / "state.json").write_text("{}")
    made(tmp_path / ".claude" / "context", names)
    assert place(tmp_path).path == tmp_path / "context"


RECORDS = ["session/state.json", "knowledge/decisions/D-0001-x.json", "runs/agent-1/agent.json", "runs/r-1/spec.json"]


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("folder", [".claude/context", "context"])
def test_a_folder_in_which_something_is_recorded_is_the_store(tmp_path, folder, name):
    (tmp_path / ".claude").mkdir()
    made(tmp_path / folder, [name])
    assert locate(tmp_path) == tmp_path / folder


def made(root, names):
    """Files, and folders where the name ends with a slash."""
    root.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = root / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_text("{}")


@pytest.mark.parametrize("text", ["", "[tool]\nx = 1", "[tool.orchestrate]\n", "tool = 1", "[project]\nname = 'x'"])
def test_a_pyproject_without_our_table_changes_nothing(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)
    assert place(tmp_path).why == "default"


@pytest.mark.parametrize("text", ["[tool.orchestrate", "[tool.orchestrate]\ncontext = 1", "\udcff"])
def test_a_pyproject_that_cannot_be_used_is_a_usage_error_with_its_path(tmp_path, text):
    (tmp_path / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=r"pyproject\.toml"):
        locate(tmp_path)
