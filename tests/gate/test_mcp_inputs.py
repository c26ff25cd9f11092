"""Nothing in the input of an MCP tool is passed over, however deep it lies."""

from __future__ import annotations

import pytest

from orchestrator.gate.judge import judge
from orchestrator.gate.place import Place
from orchestrator.plugin import paths

AGENT = "pgwright:backend-system-architect"
DROP = "DROP TABLE orders"


def rules(tool, given, folder, agent=""):
    place = Place(cwd=str(folder), project=str(folder), plugin=str(paths.root()), home="/home/x", agent=agent)
    return {effect.rule.id for effect in judge({"tool_name": tool, "tool_input": given}, place).effects}


def nested(levels, value):
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize("levels", [0, 5, 11, 12, 39, 60, 150])
def test_sql_is_found_at_any_depth(tmp_path, levels):
    assert rules("mcp__postgres__query", nested(levels, {"sql": DROP}), tmp_path)


@pytest.mark.parametrize("before", [0, 199, 200, 4000, 6000])
def test_sql_is_found_in_a_list_of_any_length(tmp_path, before):
    assert rules("mcp__postgres__query", {"sql": ["SELECT 1"] * before + [DROP]}, tmp_path)


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("write_multiple_files", {"files": [{"path": "src/a", "content": ""}, {"path": "frontend/a", "content": ""}]}),
        ("write_files", {"paths": ["src/a", "frontend/a"]}),
        ("replace_symbol_body", {"relative_path": "frontend/a"}),
        ("replace_text_in_file", {"pathInProject": "frontend/a"}),
        ("write_file", {"uri": "file://{}/frontend/a"}),
        ("writeFile", {"filePath": "frontend/a"}),
        ("write_file", {"target_file": "frontend/a"}),
        ("overwrite_file", {"path": "frontend/a"}),
        ("update_file", {"path": "src/../frontend/a"}),
        ("insert_lines", {"path": "frontend/a"}),
        ("move_file", {"source": "frontend/a", "destination": "src/a"}),
        ("delete_file", {"path": "frontend/a"}),
    ],
)
def test_files_are_found_under_every_usual_key(tmp_path, tool, given):
    given = {key: value.format(tmp_path) if isinstance(value, str) else value for key, value in given.items()}
    assert rules("mcp__files__" + tool, given, tmp_path, AGENT) & {"forbidden-agent-path", "outside-agent-paths"}


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("copy_file", {"source": "frontend/a", "destination": "src/a"}),
        ("read_file", {"path": "frontend/a"}),
        ("write_file", {"path": "src/a", "content": "frontend/a"}),
        ("update_page", {"uri": "https://example.org/frontend/a"}),
    ],
)
def test_what_is_not_written_does_not_count(tmp_path, tool, given):
    assert rules("mcp__files__" + tool, given, tmp_path, AGENT) == set()


@pytest.mark.parametrize("path", [" frontend/a", "frontend/a \n", "\tsrc/../frontend/a"])
def test_blanks_around_a_path_do_not_hide_it(tmp_path, path):
    given = {"file_path": path, "content": ""}
    assert "forbidden-agent-path" in rules("Write", given, tmp_path, AGENT)


def test_a_notebook_is_named_by_its_own_key(tmp_path):
    given = {"file_path": "src/a", "notebook_path": "frontend/a.ipynb", "new_source": ""}
    assert rules("NotebookEdit", given, tmp_path, AGENT) == {"forbidden-agent-path"}


@pytest.mark.parametrize("agent", ["Pgwright:database-engineer", " pgwright:database-engineer", "pgwright:nobody"])
def test_an_agent_type_in_another_spelling_has_its_boundaries(tmp_path, agent):
    given = {"file_path": "frontend/a", "content": ""}
    assert rules("Write", given, tmp_path, agent) & {"unread-agent-definition", "forbidden-agent-path"}


def test_program_text_that_is_cut_is_held(tmp_path):
    command = "python3 -c '" + "x = 1\n" * 60_000 + "'"
    assert rules("Bash", {"command": command}, tmp_path) == {"unread-program"}
