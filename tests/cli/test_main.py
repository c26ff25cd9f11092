"""The front door: which words are a task, which are a command, and what an error looks like."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from orchestrator.cli import COMMANDS, _without_dsn, arguments
from orchestrator.model.errors import UsageError
from orchestrator.plugin.validation import validate
from tests.cli.conftest import SMALL, TASK, command, orchestrate


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


def test_a_reader_of_stderr_that_leaves_does_not_stop_the_work(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S602 (the shell is what is tested)
        f"{shlex.join(command(TASK, '--documents', SMALL))} 2>&1 >out.txt | head -n 1; wc -l < out.txt",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.startswith("database-engineer")
    assert int(done.stdout.splitlines()[-1]) > 20


@pytest.mark.parametrize(
    ("line", "code"), [("--version >&-", 0), ("'plant a tree' 2>&-", 3), ("'plant a tree' >&- 2>&-", 3)]
)
def test_closed_streams_change_no_exit_code(tmp_path: Path, line: str, code: int) -> None:
    done = subprocess.run(  # noqa: S602 (the shell is what is tested)
        f"{shlex.join(command())} {line}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_a_bug_log_holds_no_dsn(tmp_path: Path) -> None:
    shown = _without_dsn(["run", "x", "--dsn", "password=secret", "--dsn=password=secret", "--query", "q.sql"])
    assert shown == ["run", "x", "--dsn", "...", "--dsn=...", "--query", "q.sql"]


@pytest.mark.parametrize(
    "option", [("--timeout", "nan"), ("--timeout", "inf"), ("--rows", "9" * 20), ("--documents", "9")]
)
def test_a_number_out_of_range_is_a_usage_error(tmp_path: Path, option: tuple[str, str]) -> None:
    finished = orchestrate(TASK, *option, "--project", str(tmp_path))
    assert finished.code == 2, finished.stderr
    assert list(tmp_path.iterdir()) == []
