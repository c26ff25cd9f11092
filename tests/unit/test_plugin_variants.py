"""A sound file is clean, and one with a single fault is found out: the right code at the right place."""

from __future__ import annotations

import pytest
from broken_definitions import AGENT, AGENT_ROWS, SKILL, SKILL_ROWS, TEAM, TREE_ROWS
from broken_headers import HOST_ROWS, READER_BYTES, READER_ROWS
from sound_definitions import SOUND

from orchestrator.plugin import check, paths
from orchestrator.plugin.sample import MANIFEST

FILES = {"agents/report-writer.md": AGENT, "skills/tables/SKILL.md": SKILL}


def broken(rows, file):
    """The team with each of the rows applied to the file."""
    for old, new, code in rows:
        assert FILES[file].count(old) == 1, f"{old!r} must stand in the file once"
        yield pytest.param({**TEAM, file: FILES[file].replace(old, new)}, file, code, id=f"{code}: {new.strip()[:50]}")


def alone(file, header):
    """A plugin or a project with this one file. What is missing in a header is reported at its first line."""
    manifest = {} if file.startswith(".claude") else MANIFEST
    fence = "---" if "«" in header else "---¶"
    return {**manifest, file: f"{fence}\n{header}---\nText.\n"}


VARIANTS = [
    *broken(AGENT_ROWS, "agents/report-writer.md"),
    *broken(SKILL_ROWS, "skills/tables/SKILL.md"),
    *(pytest.param({**TEAM, **files}, file, code, id=f"{code}: {file}") for files, file, code in TREE_ROWS),
    *(pytest.param({**MANIFEST, "agents/a.md": text}, "agents/a.md", code, id=code) for text, code in READER_ROWS),
    *(pytest.param(alone(file, header), file, code, id=f"{code}: {header[-30:]}") for file, header, code in HOST_ROWS),
]


@pytest.fixture
def tree(tmp_path):
    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.replace("«", "").replace("¶", "").encode())
        return check.check(paths.root(), [tmp_path]).problems

    return write


def marked(text):
    """The line, and the column where it is marked, of the place that must be found; None for what is not said."""
    for number, line in enumerate(text.split("\n"), start=1):
        if "«" in line:
            return number, line.index("«") + 1
        if "¶" in line:
            return number, None
    raise AssertionError("the place is not marked")


@pytest.mark.parametrize(("files", "file", "code"), VARIANTS)
def test_a_fault_is_found_at_its_place(tree, tmp_path, files, file, code):
    found = [problem for problem in tree(files) if problem.file.endswith(file) and problem.code == code]
    assert found, "not found"
    line, column = marked(files[file])
    places = [(problem.line, problem.column) for problem in found]
    assert line in [place[0] for place in places]
    assert column is None or (line, column) in places


@pytest.mark.parametrize(("content", "code", "line"), READER_BYTES, ids=[row[1] for row in READER_BYTES])
def test_a_file_that_is_no_text_is_found_at_its_line(tree, content, code, line):
    found = tree({**MANIFEST, "agents/a.md": content})
    assert [(each.code, each.line) for each in found if each.severity != "note"] == [(code, line)]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_clean(tree, name):
    assert [str(problem) for problem in tree(SOUND[name]) if problem.severity != "note"] == []


def test_there_are_many_of_both():
    assert len(VARIANTS) >= 200
    assert len(SOUND) >= 50
