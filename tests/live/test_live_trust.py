"""The session is used only where our plugin is loaded whole and its hooks run."""

from __future__ import annotations

import json
import shutil

import pytest

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin import paths
from orchestrator.runner import live_trust
from tests.live.conftest import ANSWER, one_agent, use

DANGEROUS = use("Bash", command="psql shop -c 'DROP TABLE orders'", description="x")
PARTS = (".claude-plugin", "bin", "agents", "skills", "hooks", "schemas", "orchestrator")


@pytest.fixture
def plugin_copy(tmp_path, env):
    """A copy of everything, which a test may break; commands run from it."""
    copy = tmp_path / "copy"
    for part in PARTS:
        shutil.copytree(paths.root() / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.root() / ".mcp.json", copy)
    env["PYTHONPATH"] = f"{copy}:{env['PYTHONPATH']}"
    return copy


def test_a_broken_plugin_is_refused_before_anything_is_asked_of_an_agent(play, plugin_copy, env):
    hooks = json.loads((plugin_copy / "hooks" / "hooks.json").read_text())
    hooks["hooks"]["PreToolUse"][0]["hooks"] = "not a list"
    (plugin_copy / "hooks" / "hooks.json").write_text(json.dumps(hooks))
    with play(one_agent()) as live:
        finished = live.run(env=env | {"ANTHROPIC_BASE_URL": live.api.url})
        assert live.api.of(subagent=True) == []
    assert finished.code == 3
    assert "the session is not trusted" in finished.error["message"]


def test_a_plugin_with_a_part_missing_is_refused_before_it_is_started(play, plugin_copy, env):
    shutil.rmtree(plugin_copy / ".claude-plugin")
    with play(one_agent()) as live:
        finished = live.run(env=env | {"ANTHROPIC_BASE_URL": live.api.url})
        assert live.api.requests == []
    assert finished.code == 3
    assert "cannot load the plugin" in finished.error["message"]


def test_where_the_hooks_leave_no_record_the_answer_is_held_against_its_schema_and_that_is_said(play, plugin_copy, env):
    hooks = json.loads((plugin_copy / "hooks" / "hooks.json").read_text())
    for event in ("SubagentStart", "SubagentStop", "PostToolUse", "PostToolUseFailure", "Stop"):
        del hooks["hooks"][event]
    hooks["hooks"]["PreToolUse"] = [each for each in hooks["hooks"]["PreToolUse"] if "gate" in json.dumps(each)]
    (plugin_copy / "hooks" / "hooks.json").write_text(json.dumps(hooks))
    with play(one_agent(ANSWER, DANGEROUS)) as live:
        finished = live.run(env=env | {"ANTHROPIC_BASE_URL": live.api.url})
        assert "drop-table" in live.api.results(subagent=True)[0]
    assert finished.code == 0, finished.stderr
    assert finished.document["output"] == ANSWER
    assert finished.document["output_from"] == "session"
    assert "no record" in finished.document["not_checked"][0]


@pytest.mark.parametrize("name", ["settings.json", "settings.local.json"])
def test_settings_of_the_project_do_not_switch_the_hooks_off(play, project, name):
    (project / ".claude").mkdir()
    (project / ".claude" / name).write_text('{"disableAllHooks": true, "permissions": {"allow": ["Bash"]}}')
    with play(one_agent(ANSWER, DANGEROUS)) as live:
        finished = live.run()
        assert "drop-table" in live.api.results(subagent=True)[0]
    assert finished.code == 0, finished.stderr


def test_settings_of_the_user_do_not_switch_the_hooks_off(play, project, env, tmp_path):
    for folder in (tmp_path / "home" / ".claude", tmp_path / "own"):
        folder.mkdir()
        (folder / "settings.json").write_text('{"disableAllHooks": true, "permissions": {"allow": ["Bash"]}}')
    with play(one_agent(ANSWER, DANGEROUS)) as live:
        finished = live.run(env={"CLAUDE_CONFIG_DIR": str(tmp_path / "own")})
        assert "drop-table" in live.api.results(subagent=True)[0]
    assert finished.code == 0, finished.stderr
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["settings.json"]


@pytest.mark.parametrize("name", ["CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE"])
def test_the_environment_does_not_switch_the_hooks_off(play, name):
    with play(one_agent(ANSWER, DANGEROUS)) as live:
        finished = live.run(env={name: "1"})
        assert "drop-table" in live.api.results(subagent=True)[0]
    assert finished.code == 0, finished.stderr


def test_the_agent_cannot_switch_the_hooks_off(play, project):
    off = use("Write", file_path=str(project / ".claude" / "settings.json"), content='{"disableAllHooks": true}')
    with play(one_agent(ANSWER, off, DANGEROUS)) as live:
        live.run()
        assert "drop-table" in live.api.results(subagent=True)[1]
    assert not (project / ".claude" / "settings.json").exists()


INIT = {
    "claude_code_version": "2.1.331",
    "plugins": [{"name": "pgwright", "path": str(paths.root())}],
    "agents": ["pgwright:database-engineer"],
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"claude_code_version": "2.1.294"}, "2.1.295 or newer"),
        ({"claude_code_version": None}, "2.1.295 or newer"),
        ({"plugin_errors": [{"plugin": "pgwright", "message": "hooks failed to load"}]}, "hooks failed to load"),
        ({"plugins": []}, "has not loaded the plugin"),
        ({"plugins": [{"name": "pgwright", "path": "/elsewhere"}]}, "has not loaded the plugin"),
        ({"agents": ["general-purpose"]}, "does not know the agent database-engineer"),
    ],
)
def test_a_session_that_is_not_ours_is_not_trusted(change, says):
    with pytest.raises(CouldNotFindOut) as raised:
        live_trust.check_start({**INIT, **change}, plugin=paths.root(), agents=["database-engineer"])
    assert says in raised.value.message


def test_a_session_with_our_plugin_is_trusted():
    live_trust.check_start(INIT, plugin=paths.root(), agents=["database-engineer"])


def test_a_result_of_a_gated_tool_without_the_gate_ends_the_session():
    hooks = live_trust.Hooks()
    hooks.ran("PreToolUse", "PreToolUse:Bash", "success")
    hooks.check_result("Bash")
    hooks.check_result("Read")
    with pytest.raises(CouldNotFindOut, match="Bash ran, and the gate was not asked"):
        hooks.check_result("Bash")
