"""`orchestrate agents fix` as a person and a workflow use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.plugin.validation import validate

DIALECTS = Path(__file__).parents[1] / "data" / "dialects"


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(["agents", *map(str, words)])
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def dialects(tmp_path):
    return [Path(shutil.copy(path, tmp_path / path.name)) for path in sorted(DIALECTS.glob("*.md"))]


def test_the_difference_is_shown_first_and_nothing_is_written(orchestrate, dialects):
    before = [path.read_bytes() for path in dialects]
    code, out, err = orchestrate("fix", "--diff", *dialects)
    assert code == 1
    assert "-color: emerald\n+color: green\n" in out
    assert "5 read, 5 would change, nothing left for you" in err
    assert [path.read_bytes() for path in dialects] == before


def test_the_difference_is_what_fix_writes(orchestrate, dialects, tmp_path):
    _, patch, _ = orchestrate("fix", "--diff", dialects[0])
    added = {line[1:] for line in patch.splitlines() if line.startswith("+") and not line.startswith("+++")}
    orchestrate("fix", dialects[0])
    assert len(added) > 3
    assert added <= set(dialects[0].read_text().splitlines())


def test_five_dialects_are_mended_and_then_found_clean(orchestrate, dialects):
    code, out, err = orchestrate("fix", *dialects)
    assert (code, err) == (0, "5 read, 5 changed, nothing left for you\n")
    assert "lost until now: color" in out
    assert orchestrate("check", *dialects)[0] == 0
    assert orchestrate("fix", "--diff", *dialects)[:2] == (0, "")


def test_the_document_satisfies_its_schema(orchestrate, dialects):
    code, out, _ = orchestrate("fix", "--json", *dialects)
    document = json.loads(out)
    assert code == 0
    assert validate(document, "agents-fix") == []
    assert [each["changed"] for each in document["files"]] == [True] * 5


def test_what_is_left_is_said_and_the_others_are_mended(orchestrate, dialects, tmp_path):
    broken = tmp_path / "broken.md"
    broken.write_text("---\nname: a\nname: b\ndescription: Twice the name.\n---\nGo.\n")
    code, out, err = orchestrate("fix", broken, dialects[0])
    assert code == 1
    assert "duplicate-key" in out
    assert "2 read, 1 changed, 1 left for you" in err
    assert broken.read_text().startswith("---\nname: a\nname: b\n")


def test_a_path_that_is_not_there_is_refused_before_anything_is_written(orchestrate, dialects, tmp_path):
    before = dialects[0].read_bytes()
    code, _, err = orchestrate("fix", dialects[0], tmp_path / "absent.md")
    assert code == 2
    assert "absent.md does not exist" in err
    assert dialects[0].read_bytes() == before
