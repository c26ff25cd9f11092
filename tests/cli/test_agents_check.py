"""`orchestrate agents check` as a person and a workflow use it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from orchestrator.cli import main
from orchestrator.plugin import paths
from orchestrator.plugin.validation import validate

OFFICIAL = Path(__file__).parents[1] / "data" / "sarif-2.1.0.schema.json"
PLAIN = "---\nname: writer\ndescription: Writes the report of a month.\ntools: [Read]\n---\nWrite the report.\n"
UNGRANTED = PLAIN.replace("Write the report.", "Look it up with `WebSearch`.")
MANIFEST = '{"name": "demo", "version": "1.0.0", "description": "A demo", "author": {"name": "The author"}}\n'
HOOKS = '{\n  "hooks": {\n    "PreToolUse": [{"matcher": "Bash(x)", "hooks": []}]\n  }\n}\n'


@pytest.fixture
def orchestrate(capsys):
    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(["agents", "check", *map(str, words)])
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return run


@pytest.fixture
def typed(monkeypatch):
    def into(content):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    return into


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lay_out(here):
    def write(files):
        for name, text in files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    return write


@pytest.fixture
def agent_file(tmp_path):
    return Path(shutil.copy(paths.root() / "agents" / "database-engineer.md", tmp_path / "database-engineer.md"))


def edit(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_what_is_shipped_has_no_finding(orchestrate):
    code, out, err = orchestrate()
    assert (code, out) == (0, "")
    assert "files checked, no findings" in err


def test_a_finding_is_printed_with_place_line_caret_code_and_mend(orchestrate, agent_file):
    edit(agent_file, "model: sonnet", "modell: sonnet")
    code, out, err = orchestrate(agent_file)
    assert code == 1
    assert f'{agent_file}:5:1: error: unknown-key: unknown key "modell"; did you mean "model"?\n' in out
    assert "\n    5 | modell: sonnet\n      | ^" in out
    assert "\n  fix: Remove it, or use one of:" in out
    assert "1 file checked, 1 error" in err


def test_files_are_named_as_seen_from_the_folder_that_the_command_runs_in(orchestrate, lay_out):
    lay_out({".claude-plugin/plugin.json": MANIFEST, "hooks/hooks.json": HOOKS, "agents/writer.md": PLAIN})
    code, out, err = orchestrate(".")
    assert code == 1
    assert "hooks/hooks.json:3:32: error: matcher-never-fires: " in out
    assert "3 files checked, 1 error" in err


def test_a_file_of_any_ending_is_taken_when_it_is_named(orchestrate, lay_out):
    lay_out({"writer.txt": PLAIN, "run.json": '{"schema": "error"}'})
    assert orchestrate("writer.txt")[0] == 0
    code, out, _ = orchestrate("run.json")
    assert code == 1
    assert 'run.json:1:1: error: missing-key: the key "error" is missing' in out


def test_annotations_name_file_line_and_column(orchestrate, lay_out):
    lay_out({".claude-plugin/plugin.json": MANIFEST, "hooks/hooks.json": HOOKS})
    code, out, _ = orchestrate("hooks/hooks.json", "--format", "github")
    assert code == 1
    assert out.startswith(
        "::error file=hooks/hooks.json,line=3,col=32,endLine=3,endColumn=41,title=matcher-never-fires::"
    )
    assert out.count("\n") == 1


def test_json_says_what_was_read_and_found_by_its_schema(orchestrate, lay_out):
    lay_out({".claude-plugin/plugin.json": MANIFEST, "hooks/hooks.json": HOOKS, "agents/writer.md": UNGRANTED})
    code, out, _ = orchestrate(".", "--json")
    report = json.loads(out)
    assert code == 1
    assert validate(report, "agents-check") == []
    assert report["clean"] is False
    assert report["counts"] == {"error": 1, "warning": 1, "note": 0} | {"note": report["counts"]["note"]}
    assert {"matcher-never-fires", "ungranted-tool"} <= {finding["code"] for finding in report["findings"]}
    kinds = {each["kind"]: each for each in report["checked"]}
    assert kinds.keys() == {"agent", "hooks", "plugin"}
    assert kinds["agent"]["host"]["loads"] == ["name", "description", "tools"]
    assert kinds["plugin"]["name"] == "demo"


def test_sarif_satisfies_the_schema_of_oasis(orchestrate, lay_out):
    from jsonschema import Draft4Validator

    lay_out({".claude-plugin/plugin.json": MANIFEST, "hooks/hooks.json": HOOKS + "// 𝒳", "agents/writer.md": UNGRANTED})
    code, out, _ = orchestrate(".", "--format", "sarif")
    log = json.loads(out)
    assert code == 1
    assert list(Draft4Validator(json.loads(OFFICIAL.read_text())).iter_errors(log)) == []
    results = {each["ruleId"]: each for each in log["runs"][0]["results"]}
    place = results["matcher-never-fires"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "hooks/hooks.json", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 32, "endLine": 3, "endColumn": 41}
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert "the hook never runs" in rules["matcher-never-fires"]["help"]["text"].lower()
    assert "comments" in rules["json-comment"]["fullDescription"]["text"]


@pytest.mark.parametrize(
    ("text", "limit", "code"),
    [
        (PLAIN, "warning", 0),
        (PLAIN, "error", 0),
        (PLAIN, "note", 1),
        (UNGRANTED, "error", 0),
        (UNGRANTED, "warning", 1),
    ],
)
def test_the_exit_status_follows_the_limit(orchestrate, lay_out, text, limit, code):
    lay_out({"writer.md": text})
    assert orchestrate("writer.md", "--fail-on", limit)[0] == code


def test_standard_input_is_an_agent_unless_it_is_said_to_be_a_skill(orchestrate, typed, here):
    typed(UNGRANTED.encode())
    code, out, err = orchestrate("-")
    assert code == 1
    assert "<stdin>:6:18: warning: ungranted-tool: " in out
    assert "    6 | Look it up with `WebSearch`." in out
    assert "1 file checked" in err
    typed(UNGRANTED.encode())
    code, out, _ = orchestrate("-", "--as", "skill", "--json")
    (checked,) = json.loads(out)["checked"]
    assert (checked["kind"], checked["file"], checked["name"]) == ("skill", "<stdin>", "writer")
    assert "name-not-folder" not in out


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 1), (b"\xff\xfe\x00", 1), (b"\x00" * 2_000_000, 1), (b"---\nname: a\n", 1)],
    ids=["empty", "binary", "large", "open"],
)
def test_standard_input_that_is_no_definition_is_a_finding(orchestrate, typed, here, content, code):
    typed(content)
    ended, out, err = orchestrate("-")
    assert ended == code
    assert "<stdin>:" in out
    assert "this is a bug" not in err


def test_escape_sequences_of_a_file_do_not_reach_the_terminal(orchestrate, lay_out):
    lay_out({"evil.json": '{"\x1b]0;gone\x07\x9b2J\u202e": 1, "schema": "error"}'})
    for style in ("text", "json", "sarif", "github"):
        _, out, _ = orchestrate("evil.json", "--format", style)
        assert "unknown" in out
        assert set(out) & {"\x1b", "\x07", "\x9b", "\u202e"} == set()


def test_what_the_host_makes_of_each_file_is_explained(orchestrate, lay_out):
    agent = PLAIN.replace("tools: [Read]", "tools: [Read]\nrole: engineer")
    lay_out({".claude-plugin/plugin.json": MANIFEST, "agents/writer.md": agent})
    _, out, _ = orchestrate(".", "--explain-host")
    assert "agents/writer.md (agent): read by Claude Code 2." in out
    assert "\n  uses      name, description, tools\n  ignores   role\n" in out
    assert ".claude-plugin/plugin.json (plugin): read\n  uses      name, version, description, author\n" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent.md"], "absent.md does not exist"),
        (["--as", "agent"], "no path is -"),
        (["--explain-host", "--format", "sarif"], "--explain-host is for --format text and json"),
        (["--format", "xml"], "'xml' is not one of"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_usage_error(orchestrate, here, words, said):
    code, out, err = orchestrate(*words)
    assert (code, out) == (2, "")
    assert said in err


def test_progress_is_shown_on_a_terminal_only_and_taken_away(orchestrate, lay_out, monkeypatch):
    lay_out({f"agents/writer-{number}.md": PLAIN.replace("writer", f"writer-{number}") for number in range(60)})
    assert "\r" not in orchestrate("agents")[2]
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    err = orchestrate("agents")[2]
    assert "\rchecking 1 of 60" in err
    assert "\rchecking 60 of 60\r\x1b[K" in err
