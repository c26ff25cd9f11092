"""The limits of CONTRIBUTING.md, over every file that is in version control. There is no list of exceptions."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MADE_LATER = {".git", ".venv", "__pycache__", "demo", "build", "dist"}

MODULE_LINES = 400
FUNCTION_LINES = 50
AGENT_WORDS = 900
SKILL_LINES = 500
DESCRIPTION_CHARACTERS = 300
# What a contract of ours says in full, though anyone's may leave most of it out.
CONTRACT = {"version", "routing", "boundaries", "budgets", "output_schema", "receives_from", "hands_off_to", "clauses"}
# Folders that exist on the machine of whoever wrote the file, and on nobody else's.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root)(?:/|(?=[\s\"'`)]))")


def files() -> list[Path]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:  # an unpacked source archive
        found = [path for path in ROOT.rglob("*") if not MADE_LATER & set(path.relative_to(ROOT).parts[:-1])]
    return [path for path in found if path.is_file()]


FILES = files()


def named(paths: list[Path]) -> object:
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


def header_and_body(path: Path) -> dict[str, Any]:
    import yaml

    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return {"header": yaml.safe_load(header), "body": body}


PYTHON = [path for path in FILES if path.suffix == ".py"]
AGENTS = [path for path in FILES if path.parent == ROOT / "agents" and path.suffix == ".md"]
SKILLS = [path for path in FILES if path.name == "SKILL.md" and path.parent.parent == ROOT / "skills"]


def test_the_limits_have_something_to_measure():
    assert len(PYTHON) > 20


@named(PYTHON)
def test_a_module_and_its_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MODULE_LINES
    functions = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [each.name for each in functions if each.end_lineno - each.lineno >= FUNCTION_LINES] == []


@named(AGENTS)
def test_an_agent_is_short_and_in_the_style_of_the_house(path):
    parts = header_and_body(path)
    header = parts["header"]
    assert len(parts["body"].split()) <= AGENT_WORDS
    assert header["description"].startswith("Use when ")
    assert len(header["description"]) <= DESCRIPTION_CHARACTERS
    assert header["name"] == path.stem
    assert {"tools", "model", "skills", "color", "maxTurns"} <= header.keys()
    assert header["x-orchestrate"].keys() >= CONTRACT


@named(SKILLS)
def test_a_skill_is_short_and_in_the_style_of_the_house(path):
    parts = header_and_body(path)
    header = parts["header"]
    assert len(parts["body"].splitlines()) <= SKILL_LINES
    assert header["description"].startswith("Use when ")
    assert len(header["description"]) <= DESCRIPTION_CHARACTERS
    assert header["name"] == path.parent.name
    assert "commands" in header["x-orchestrate"]


@pytest.mark.parametrize("name", ["work", "root"])
def test_a_folder_of_one_machine_is_recognised_and_an_address_is_not(name):
    assert MACHINE_PATH.search(f'cache = "/{name}/cache"')
    assert not MACHINE_PATH.search(f"https://example.org/{name}/page, src/{name}/x, $HOME/{name}/")


@named(FILES)
def test_a_file_names_no_folder_of_the_machine_it_was_written_on(path):
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    assert [line for line in text.splitlines() if MACHINE_PATH.search(line)] == []
