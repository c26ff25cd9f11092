"""The front door: which words are a task, which are a command, and what an error looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestrator.cli import COMMANDS, arguments
from orchestrator.model.errors import UsageError
from orchestrator.plugin.validation import validate
from tests.cli.conftest import orchestrate


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["optimize hybrid search"], ["run", "optimize hybrid search"]),
        (["optimize", "hybrid", "search"], ["run", "optimize", "hybrid", "search"]),
        (["--json", "optimize hybrid search"], ["run", "--json", "optimize hybrid search"]),
        (["route", "plant a tree"], ["route", "plant a tree"]),
        (["--version"], ["--version"]),
        ([], []),
    ],
)
def test_what_is_not_a_command_is_a_task(given: list[str], meant: list[str]) -> None:
    assert arguments(given) == meant


@pytest.mark.parametrize("word", ["rnu", "resum", "agent", "sever"])
def test_a_misspelt_command_is_not_taken_for_a_task(word: str) -> None:
    with pytest.raises(UsageError) as refused:
        arguments([word])
    assert refused.value.hint.startswith("orchestrate ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    finished = orchestrate(name, "--help")
    assert finished.code == 0
    assert f"orchestrate {name}" in finished.stdout or 'orchestrate "optimize' in finished.stdout


def test_a_usage_error_is_one_message_with_a_hint() -> None:
    finished = orchestrate("run", "optimize hybrid search", "--documents", "many")
    assert finished.code == 2
    assert finished.stderr.startswith("error: ")
    assert "hint: orchestrate run --help" in finished.stderr
    assert finished.stdout == ""


def test_an_error_with_json_is_a_document_too(tmp_path: Path) -> None:
    finished = orchestrate("plant a tree", "--project", str(tmp_path), "--json")
    assert finished.code == 3
    assert validate(finished.document, "error") == []
    assert finished.document["error"]["exit_code"] == 3
