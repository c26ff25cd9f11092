"""Thousands of command lines: what the launcher lets through by itself, the judgement has nothing against."""

from __future__ import annotations

import random
import re
import subprocess

import pytest
from launcher_process import ROOT, SHELLS
from test_launcher import ANSWERED, CHARACTERS, HANDED_ON, WORDS

from orchestrator.gate.judge import judge
from orchestrator.gate.place import Place

TEXT = (ROOT / "hooks" / "gate").read_text()
COMMANDS = 6000
CLIENTS = ["psql", "dropdb", "shop", "alembic", "upgrade", "head", "-c", "-delete", "-exec", "-o", "--output=x", "--"]
AGENTS = ["", "pgwright:database-engineer"]


def commands():
    """Programs that the launcher names, options that it spells out, and words that mean something elsewhere."""
    chance = random.Random(3)
    names = sorted(set(re.findall(r"[a-z0-9]+", TEXT.split("case $program in")[1].split("for word; do")[0])))
    options = [option.replace("\\", "").replace("*", "x") for option in re.findall(r"-[-\\\w=*\[\]]+", TEXT)]
    words = [*WORDS, *options, *CLIENTS]
    for _ in range(COMMANDS):
        line = " ".join([chance.choice(names), *chance.choices(words, k=chance.choice([0, 1, 2, 2, 3, 5]))])
        at = chance.randrange(len(line))
        yield line if chance.random() > 0.15 else line[:at] + chance.choice(CHARACTERS) + line[at:]


@pytest.fixture(scope="module")
def lines():
    return [*commands(), *ANSWERED, *[line for line in HANDED_ON if "\n" not in line]]


def passed(lines, shell, folder):
    """The lines that the launcher's own functions call simple."""
    functions = TEXT[: TEXT.index("# The one command of the event")].replace("trap '", ": '")
    (characters,) = re.findall(r"case \$command in (\*\[!.*?\]\*)\) return 1", TEXT)
    loop = f"while IFS= read -r command; do case $command in {characters}) echo n; continue ;; esac\n"
    script = folder / "simple"
    script.write_text(functions + loop + "if simple $command; then echo y; else echo n; fi; done\n")
    text = "\n".join(lines) + "\n"
    done = subprocess.run([*SHELLS[shell], script], input=text, capture_output=True, text=True, check=True)
    answers = done.stdout.split()
    assert len(answers) == len(lines)
    return [line for line, answer in zip(lines, answers, strict=True) if answer == "y"]


def test_every_shell_lets_the_same_lines_through(lines, tmp_path):
    found = [passed(lines, shell, tmp_path) for shell in sorted(SHELLS)]
    assert len(found[0]) > COMMANDS / 10
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("agent", AGENTS)
def test_the_judgement_has_nothing_against_them(lines, tmp_path, agent):
    folder = str(tmp_path)
    place = Place(
        cwd=folder, project=folder, plugin=str(ROOT), home=folder + "/home", data=folder + "/data", agent=agent
    )
    simple = passed(lines, min(SHELLS), tmp_path)
    held = [line for line in simple if judge({"tool_name": "Bash", "tool_input": {"command": line}}, place).decision]
    assert held == []
