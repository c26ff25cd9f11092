"""What the gate finds in the text of programs, by the effects of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from examples import judged
from hook_process import event

FOLDER = Path(__file__).parent / "programs"
STARTS = {
    "python": ("python3 -", "main.py", "python3 main.py"),
    "javascript": ("node -", "main.js", "node main.js"),
    "ruby": ("ruby -", "main.rb", "ruby main.rb"),
    "perl": ("perl -", "main.pl", "perl main.pl"),
    "php": ("php -r \"$(cat <<'END_OF_TEXT'\n{}\nEND_OF_TEXT\n)\"", "main.php", "php main.php"),
    "lua": ("lua -", "main.lua", "lua main.lua"),
    "r": ("Rscript -", "main.R", "Rscript main.R"),
    "go": ("", "main.go", "go run main.go"),
    "elixir": ("elixir -e \"$(cat <<'END_OF_TEXT'\n{}\nEND_OF_TEXT\n)\"", "main.exs", "elixir main.exs"),
    "commands": ("{}", "", ""),
    "awk": ("awk \"$(cat <<'END_OF_TEXT'\n{}\nEND_OF_TEXT\n)\"", "", ""),
}


class Case(NamedTuple):
    """`expected` are the ids of the rules that apply, "-" for none. `script` is true for a file of the project."""

    language: str
    expected: tuple[str, ...]
    script: bool
    text: str
    line: int


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        line = 1
        for block in path.read_text().split("### ")[1:]:
            head, _, text = block.partition("\n")
            words = head.split()
            script = words[0] == "script"
            expected = tuple(word for word in words[script:] if word != "-")
            yield Case(path.stem, expected, script, text.rstrip("\n"), line)
            line += block.count("\n")


def found(case: Case) -> set[str]:
    start, name, script = STARTS[case.language]
    if case.script:
        command, files = script, {name: case.text + "\n"}
    else:
        command = (
            start.replace("{}", case.text) if "{}" in start else f"{start} <<'END_OF_TEXT'\n{case.text}\nEND_OF_TEXT"
        )
        files = {}
    return {effect.rule.id for effect in judged(event("Bash", {"command": command}), files).effects}


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.language}:{case.line}")
def test_effects_of_program_text(case: Case) -> None:
    assert found(case) == set(case.expected)


def test_there_are_as_many_harmless_programs_as_risky_ones() -> None:
    listed = list(cases())
    harmless = sum(not case.expected for case in listed)
    assert len(listed) >= 300
    assert harmless >= len(listed) * 0.45
