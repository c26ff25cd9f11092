"""What the gate makes of the command lines of migration tools, ORMs, task runners and package runners.

`migrations/commands.txt` is tried in an empty project, each other table of that folder in a project with the files of
the folder of its name: what a task is called says nothing where its definition can be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tables import rows, wrong

FOLDER = Path(__file__).parent / "migrations"
COMMANDS = FOLDER / "commands.txt"
DEFINED = sorted(path for path in FOLDER.iterdir() if path.is_dir())


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_command_falls_under_its_rule_and_a_harmless_one_under_none() -> None:
    assert wrong(COMMANDS) == []


@pytest.mark.parametrize("folder", DEFINED, ids=lambda folder: folder.name)
def test_definition_of_a_task_decides(folder: Path) -> None:
    assert wrong(folder.with_suffix(".txt"), {**contents(folder), "src/index.js": ""}) == []


def test_there_are_many_commands_and_none_twice() -> None:
    commands = [command for _, command in rows(COMMANDS)]
    assert len(commands) == len(set(commands)) >= 1200
    assert len(DEFINED) == 5
