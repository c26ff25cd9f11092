"""Which writes would take the gate away, with real files, links and folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestrator.gate import config_change, judge, protect, settings
from orchestrator.gate.judgement import Write
from orchestrator.gate.place import Place
from orchestrator.gate.text import UNKNOWN, unknown

OURS = {"pgwright@pgwright": True}
EDITS = ["Edit(.claude/settings.json)"]
HOOKS = {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "lint"}]}]}


@pytest.fixture
def place(tmp_path):
    for name in ("home/.claude/plugins/data/pgwright-x", "project/.claude", "plugin/hooks", "project/src"):
        (tmp_path / name).mkdir(parents=True)
    return Place(
        cwd=str(tmp_path / "project"),
        project=str(tmp_path / "project"),
        plugin=str(tmp_path / "plugin"),
        data=str(tmp_path / "home/.claude/plugins/data/pgwright-x"),
        config=str(tmp_path / "home/.claude"),
        home=str(tmp_path / "home"),
    )


def rules(place, path, text="x", by="a command"):
    return [effect.rule.id for effect in protect.effects(Write(path, text, by), place)]


def local(place, name=".claude/settings.json"):
    return f"{place.project}/{name}"


def hold(path, document):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(document))
    return path


SETTINGS = [
    ".claude/settings.json",
    ".claude/settings.local.json",
    ".Claude/Settings.JSON",
    "sub/../.claude//./settings.json",
    "sub/.claude/settings.json",
    "../home/.claude/settings.json",
    "../home/.claude.json",
    "../etc/claude-code/managed-settings.json",
    "../etc/claude-code/managed-settings.d/10.json",
]


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "text", ['{"disableAllHooks": true}', '{"disableAllHooks": 1}', "{", "[]", UNKNOWN, '{"a": ' + UNKNOWN]
)
def test_settings_that_disable_hooks_or_cannot_be_read_are_denied(place, name, text):
    assert rules(place, f"{place.project}/{name}", text) == ["tamper-hook-settings"]


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize(
    "text",
    ["{}", "", '{"disableAllHooks": false}', '{"permissions": {"allow": ["Bash(ls)"]}}', '\ufeff{"model": "opus"}'],
)
def test_harmless_settings_are_silent(place, name, text):
    assert rules(place, f"{place.project}/{name}", text) == []


@pytest.mark.parametrize(
    "name", ["settings.json", ".claude/notes.json", ".vscode/settings.json", ".claude/agents/a.md", "src/.claude.json"]
)
def test_other_files_are_silent(place, name):
    assert rules(place, local(place, name), '{"disableAllHooks": true}') == []


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ({"disableAllHooks": True}, {"disableAllHooks": True, "model": "x"}, False),
        ({"disableAllHooks": False}, {"disableAllHooks": True}, True),
        ({"disableAllHooks": True}, {}, False),
        ({"hooks": HOOKS}, {"hooks": HOOKS, "model": "x"}, False),
        ({"hooks": HOOKS}, {"hooks": {}}, True),
        ({"hooks": HOOKS}, {}, True),
        ({"hooks": HOOKS}, {"hooks": {"PreToolUse": [{"matcher": "X", "hooks": []}]}}, True),
        ({"hooks": HOOKS}, {"hooks": {"PreToolUse": "x"}}, True),
        ({"hooks": HOOKS}, {"hooks": {"PreToolUse": [{"matcher": "X"}, *HOOKS["PreToolUse"]], "Stop": []}}, False),
        ({}, {"hooks": HOOKS}, False),
        ({"enabledPlugins": OURS}, {"enabledPlugins": {**OURS, "other@x": True}}, False),
        ({"enabledPlugins": OURS}, {"enabledPlugins": {"pgwright@pgwright": False}}, True),
        ({"enabledPlugins": OURS}, {"enabledPlugins": {}}, True),
        ({"enabledPlugins": OURS}, {"model": "x"}, True),
        ({"enabledPlugins": {"pgwright@pgwright": False}}, {"enabledPlugins": {"pgwright@pgwright": False}}, False),
        ({"enabledPlugins": {"pgwright@pgwright": False}}, {"enabledPlugins": OURS}, False),
        ({}, {"enabledPlugins": {"PGWright@pgwright": False}}, True),
        ({}, {"enabledPlugins": {"other@x": False}}, False),
        ({}, {"pluginConfigs": {"pgwright": {"options": {"ask": "ask"}}}}, True),
        ({"pluginConfigs": {"pgwright@x": {"options": {"ask": "deny"}}}}, {}, True),
        ({}, {"pluginConfigs": {"other": {}}}, False),
        ({"extraKnownMarketplaces": {"pgwright": 1}}, {"extraKnownMarketplaces": {"pgwright": 2}}, True),
        ({}, {"extraKnownMarketplaces": {"pgwright": 2}}, False),
        ({}, {"permissions": {"allow": ["Bash(orchestrate gate allow:*)"]}}, True),
        ({}, {"permissions": {"allow": EDITS}}, True),
        ({"permissions": {"allow": EDITS}}, {"permissions": {"allow": [*EDITS, "Bash(ls)"]}}, False),
        ({}, {"permissions": {"deny": ["Edit(.claude/settings.json)"], "allow": [5]}}, False),
        ({"hooks": 5, "enabledPlugins": 5, "permissions": 5}, {"hooks": [], "pluginConfigs": None}, False),
    ],
)  # fmt: skip
def test_the_new_settings_are_compared_with_those_on_disk(place, old, new, lost):
    path = hold(local(place), old)
    assert rules(place, path, json.dumps(new)) == (["tamper-hook-settings"] if lost else [])


def test_a_file_on_disk_that_cannot_be_read_counts_as_empty(place):
    Path(local(place)).write_text("{")
    assert rules(place, local(place), '{"model": "x"}') == []


def test_a_link_to_a_settings_file_is_followed(place):
    link = local(place, "src/innocent.txt")
    Path(link).symlink_to(local(place))
    assert rules(place, link, '{"disableAllHooks": true}') == ["tamper-hook-settings"]


def test_the_file_that_a_settings_file_is_a_link_to_is_protected(place):
    Path(local(place)).symlink_to(local(place, "src/shared.json"))
    assert rules(place, local(place, "src/shared.json"), '{"disableAllHooks": true}') == ["tamper-hook-settings"]


def test_a_folder_that_is_a_link_is_followed(place, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    Path(local(place, ".claude")).rmdir()
    Path(local(place, ".claude")).symlink_to(tmp_path / "elsewhere")
    assert rules(place, str(tmp_path / "elsewhere/settings.json"), UNKNOWN) == ["tamper-hook-settings"]
    assert rules(place, local(place), UNKNOWN) == ["tamper-hook-settings"]


@pytest.mark.parametrize("name", [".claude/settings.json", ".claude", "", "../project", ".."])
def test_removing_settings_that_matter_or_a_folder_above_them_is_denied(place, name):
    hold(local(place), {"hooks": HOOKS})
    place.plugin, place.data, place.config = "", "", "/nowhere"
    assert rules(place, local(place, name), None) == ["tamper-hook-settings"]


@pytest.mark.parametrize("name", [".claude/settings.json", ".claude", "src", ""])
def test_removing_settings_that_do_not_matter_is_silent(place, name):
    hold(local(place), {"model": "x"})
    assert rules(place, local(place, name), None) == []


@pytest.mark.parametrize(
    "name",
    [
        "plugin/hooks/hooks.json",
        "plugin/anything",
        "Plugin/Hooks/hooks.json",
        "home/.claude/plugins/data/pgwright-x/gate/grants/0123",
        "home/.claude/plugins/installed_plugins.json",
        "home/.claude/plugins/cache/pgwright/x",
        "project/../plugin/hooks/gate",
    ],
)
@pytest.mark.parametrize("text", ["x", UNKNOWN, None])
def test_the_plugin_and_its_data_are_protected(place, tmp_path, name, text):
    assert rules(place, f"{tmp_path}/{name}", text) == ["tamper-plugin"]


@pytest.mark.parametrize("name", ["plugin", "home/.claude/plugins", "home/.claude", "home", "", "plugin/hooks"])
def test_removing_a_folder_above_them_is_denied(place, tmp_path, name):
    assert rules(place, f"{tmp_path}/{name}".rstrip("/"), None) == ["tamper-plugin"]


@pytest.mark.parametrize("name", ["plugin2/x", "home/.claude/todos/x", "home/notes", "home/.claude/agents/a.md"])
@pytest.mark.parametrize("text", ["x", None])
def test_neighbours_are_silent(place, tmp_path, name, text):
    assert rules(place, f"{tmp_path}/{name}", text) == []


def test_a_link_into_the_plugin_is_followed(place, tmp_path):
    Path(local(place, "src/link")).symlink_to(tmp_path / "plugin")
    assert rules(place, local(place, "src/link/hooks/hooks.json")) == ["tamper-plugin"]


@pytest.mark.parametrize(
    "name", ["hooks/hooks.json", "orchestrator/gate/judge.py", ".claude-plugin/plugin.json", "agents/a.md", "hooks"]
)
def test_in_the_repository_of_the_plugin_itself_the_gate_is_protected(place, name):
    place.plugin = place.project
    assert rules(place, local(place, name)) == ["tamper-plugin"]


@pytest.mark.parametrize(
    "name", ["README.md", "orchestrator/cli/gate.py", "tests/gate/test_protect.py", "docs/gate.md"]
)
def test_in_the_repository_of_the_plugin_itself_the_rest_is_free(place, name):
    place.plugin = place.project
    assert rules(place, local(place, name)) == []


def test_a_path_that_is_known_in_part_is_judged_by_its_known_part(place):
    assert rules(place, unknown("HOME") + "/.claude/settings.json", "{}") == ["tamper-hook-settings"]
    assert rules(place, place.plugin + "/" + unknown("NAME")) == ["tamper-plugin"]
    assert rules(place, unknown("NAME")) == []
    assert rules(place, place.project + "/" + unknown("NAME") + "/notes.md") == []


EDIT = {"file_path": "x", "old_string": "b", "new_string": "c"}


@pytest.mark.parametrize(
    ("tool", "given", "current", "expected"),
    [
        ("Write", {"content": "new"}, "old", "new"),
        ("Write", {}, "old", UNKNOWN),
        ("Edit", EDIT, "abab", "acab"),
        ("Edit", {**EDIT, "replace_all": True}, "abab", "acac"),
        ("Edit", {**EDIT, "old_string": "z"}, "abab", UNKNOWN),
        ("Edit", {**EDIT, "old_string": ""}, None, "c"),
        ("Edit", {**EDIT, "old_string": ""}, "", "c"),
        ("Edit", {**EDIT, "old_string": ""}, "abab", UNKNOWN),
        ("Edit", EDIT, None, UNKNOWN),
        ("Edit", {"old_string": 5}, "5", UNKNOWN),
        ("MultiEdit", {"edits": [EDIT, {"old_string": "c", "new_string": "d"}]}, "abab", "adab"),
        ("MultiEdit", {"edits": [EDIT, {"old_string": "z", "new_string": "d"}]}, "abab", UNKNOWN),
        ("MultiEdit", {"edits": ["x"]}, "abab", UNKNOWN),
        ("MultiEdit", {"edits": []}, "abab", "abab"),
        ("MultiEdit", {}, "abab", UNKNOWN),
        ("NotebookEdit", {"new_source": "x"}, "{}", UNKNOWN),
    ],
)
def test_the_text_after_an_edit(tool, given, current, expected):
    assert protect.resulting_text(tool, given, current) == expected


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ('{"disableAllHooks": true}', True),
        ('{"enabledPlugins": {"pgwright@pgwright": false}}', True),
        ("{", True),
        ("{}", False),
        ('{"enabledPlugins": {"pgwright@pgwright": true}, "hooks": {}}', False),
        (None, False),
    ],
)
def test_a_change_of_settings_is_refused_if_it_takes_the_gate_away(place, text, held):
    path = Path(local(place))
    if text is not None:
        path.write_text(text)
    event = {"hook_event_name": "ConfigChange", "source": "project_settings", "file_path": str(path)}
    reply = config_change.reply(event, place)
    assert (reply.code, reply.stdout, bool(reply.stderr)) == ((2, "", True) if held else (0, "", False))
    if held:
        assert "are not applied" in reply.stderr
        row = json.loads(Path(place.data, "gate/audit.jsonl").read_text())
        assert (row["tool"], row["rules"]) == ("ConfigChange", ["tamper-hook-settings"])


@pytest.mark.parametrize(
    "event", [{}, {"source": "skills", "file_path": "/x"}, {"source": "user_settings", "file_path": 5}]
)
def test_other_changes_are_silent(place, event):
    assert config_change.reply(event, place).code == 0


def test_a_settings_folder_that_is_no_file_cannot_be_read(place):
    event = {"source": "user_settings", "file_path": place.project}
    assert config_change.reply(event, place).code == 2


def test_the_name_of_the_plugin_is_that_of_its_manifest():
    manifest = json.loads((Path(__file__).parents[2] / ".claude-plugin/plugin.json").read_text())
    assert manifest["name"] == settings.PLUGIN


STRICTER = '[project]\nname = "x"\n\n[tool.orchestrate.gate]\nask = "deny"  # always\n\n[tool.ruff]\nline-length = 9\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ["tamper-hook-settings"]),
        (UNKNOWN, ["tamper-hook-settings"]),
        ("", ["tamper-hook-settings"]),
        (STRICTER.replace('ask = "deny"', 'ask = "ask"'), ["tamper-hook-settings"]),
        (STRICTER.replace('ask = "deny"', ""), ["tamper-hook-settings"]),
        (STRICTER.replace("100", "120"), []),
        (STRICTER.replace("  # always", ""), []),
    ],
)
def test_what_a_person_made_stricter_stays_as_it_is(place, text, expected):
    path = local(place, "pyproject.toml")
    Path(path).write_text(STRICTER)
    assert rules(place, path, text) == expected


@pytest.mark.parametrize("text", [None, UNKNOWN, STRICTER])
def test_a_project_file_without_stricter_rules_is_free(place, text):
    path = local(place, "pyproject.toml")
    Path(path).write_text('[project]\nname = "x"\n')
    assert rules(place, path, text) == []


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("git -C {plugin} checkout HEAD~5", "deny"),
        ("cd {plugin} && git pull", "deny"),
        ("git -C {plugin}/hooks restore .", "deny"),
        ("git -C {plugin} log", ""),
        ("git checkout HEAD~5", ""),
    ],
)
def test_another_version_of_the_plugin_by_git_is_denied(place, command, expected):
    event = {"tool_name": "Bash", "tool_input": {"command": command.format(plugin=place.plugin)}}
    assert judge.judge(event, place).decision == expected
