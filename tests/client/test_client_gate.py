"""The gate in the real client: what it holds never starts, and the model reads why."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from client_script import ENGINEER, SKIP_PERMISSIONS, bash, delegate, write

from orchestrator.demo.messages_api import ToolUse
from orchestrator.plugin import paths

ROOT = paths.root()
DANGEROUS = "psql shop -c 'DROP TABLE orders'"
RISKY = "psql shop -c 'CREATE INDEX ON orders (placed_at)'"
HARMLESS = "psql shop -c 'SELECT 1'"
MODES = [("--allowedTools", "Bash"), SKIP_PERMISSIONS, ("--permission-mode", "dontAsk", "--allowedTools", "Bash")]
OFF = '{"disableAllHooks": true}'
ATTEMPTS = 50


def test_the_plugin_loads_without_errors(run):
    init = run("done", plugin=ROOT).init
    assert "pgwright" in [plugin["name"] for plugin in init["plugins"]]
    assert not init.get("plugin_errors")
    assert ENGINEER in init["agents"]


@pytest.mark.parametrize("flags", MODES)
def test_the_gate_decides_in_every_permission_mode_and_the_model_reads_why(run, flags):
    session = run(bash(DANGEROUS), bash(RISKY), bash(HARMLESS), bash("git status"), "done", plugin=ROOT, flags=flags)
    dangerous, risky, harmless, simple = session.api.results()
    assert "drop-table" in dangerous
    assert "CONCURRENTLY" in risky  # nobody can answer here, so the question is a refusal
    assert harmless == "psql ran"
    assert "git repository" in simple
    assert session.psql_calls == ["shop -c SELECT 1"]
    assert session.denied == ["Bash", "Bash"]


def test_a_dangerous_command_of_a_subagent_is_held_and_the_subagent_reads_why(run):
    session = run(lanes=delegate(bash(DANGEROUS), bash(HARMLESS)), plugin=ROOT)
    held, ran = session.api.results(subagent=True)
    assert "drop-table" in held
    assert "psql ran" in ran


def test_a_command_that_is_watched_is_judged_as_well(run):
    given = {"command": DANGEROUS, "description": "Watch", "timeout_ms": 1000}
    session = run([ToolUse(name="Monitor", input=given)], "done", plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert session.denied == ["Monitor"]
    assert "drop-table" in session.api.results()[0]
    assert session.psql_calls == []


def test_a_subagent_writes_in_its_own_paths_only(run, tmp_path):
    project = tmp_path / "project"
    inside, outside = project / "docs" / "database" / "orders.md", project / "frontend" / "app.ts"
    run(lanes=delegate(write(inside), write(outside)), plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert inside.exists()
    assert not outside.exists()


@pytest.mark.parametrize(
    "attempt",
    [
        write(".claude/settings.json", OFF),
        write(".claude/settings.local.json", OFF),
        bash(f"mkdir -p .claude && echo '{OFF}' > .claude/settings.json"),
    ],
)
def test_nobody_in_the_session_switches_the_hooks_off(run, attempt):
    session = run(attempt, bash(DANGEROUS), "done", plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert list(session.project.glob(".claude/*")) == []
    assert session.psql_calls == []
    assert len(session.denied) == 2


def after_a_change_of_the_settings(project):
    """Somebody else switches the hooks off, and the agent tries until the client has noticed."""

    def change(_request):
        (project / ".claude").mkdir()
        (project / ".claude" / "settings.json").write_text(OFF)
        return bash(DANGEROUS)

    return [bash("git status"), change, *[bash(DANGEROUS)] * ATTEMPTS, "done"]


def test_settings_that_change_in_the_session_do_not_switch_the_hooks_off(run, tmp_path):
    turns = after_a_change_of_the_settings(tmp_path / "project")
    session = run(*turns, plugin=ROOT, flags=SKIP_PERMISSIONS)
    assert session.psql_calls == []
    assert session.denied == ["Bash"] * (ATTEMPTS + 1)


def test_without_the_hook_on_settings_they_would(run, tmp_path, plugin):
    hooks = json.loads((plugin / "hooks" / "hooks.json").read_text())
    del hooks["hooks"]["ConfigChange"]
    (plugin / "hooks" / "hooks.json").write_text(json.dumps(hooks))
    turns = after_a_change_of_the_settings(tmp_path / "project")
    assert run(*turns, plugin=plugin, flags=SKIP_PERMISSIONS).psql_calls != []


def test_sql_for_an_mcp_server_is_held_before_the_server_sees_it(run, tmp_path):
    log = tmp_path / "log.sql"
    server = {"command": sys.executable, "args": [str(Path(__file__).parent / "sql_server.py"), str(log)]}
    config = json.dumps({"mcpServers": {"postgres-mcp": server}})
    tool = "mcp__postgres-mcp__execute_sql"
    session = run(
        [ToolUse(name=tool, input={"sql": "SELECT 1"})],
        [ToolUse(name=tool, input={"sql": "DROP TABLE orders"})],
        "done",
        plugin=ROOT,
        flags=("--mcp-config", config, *SKIP_PERMISSIONS),
    )
    assert log.read_text() == "SELECT 1\n"
    ran, held = session.api.results()
    assert "the server ran it" in ran
    assert "drop-table" in held


def crash(plugin):
    (plugin / "hooks" / "gate.py").write_text("raise RuntimeError\n")


def die(plugin):
    (plugin / "hooks" / "gate.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")


def hang(plugin):
    (plugin / "hooks" / "gate.py").write_text("import time\ntime.sleep(20)\n")
    hooks = (plugin / "hooks" / "hooks.json").read_text()
    (plugin / "hooks" / "hooks.json").write_text(hooks.replace('"timeout": 10', '"timeout": 1'))


def lose_the_launcher(plugin):
    (plugin / "hooks" / "gate").unlink()


def lose_the_entry(plugin):
    (plugin / "hooks" / "gate.py").unlink()


def lose_a_module(plugin):
    (plugin / "orchestrator" / "gate" / "judge.py").unlink()


def make_the_launcher_fail(plugin):
    (plugin / "hooks" / "gate").write_text("exit 1\n")


BREAKAGES = [crash, die, hang, lose_the_launcher, lose_the_entry, lose_a_module, make_the_launcher_fail]


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_gate_holds_the_command(run, plugin, breakage):
    breakage(plugin)
    session = run(bash(HARMLESS), "done", plugin=plugin, flags=SKIP_PERMISSIONS)
    assert session.psql_calls == []
    assert session.denied == ["Bash"]


def test_the_gate_works_from_an_installed_marketplace(run, plugin, manage):
    for arguments in (["marketplace", "add", str(plugin)], ["install", "pgwright@pgwright"]):
        manage(*arguments)
    session = run(bash(DANGEROUS), "done", flags=SKIP_PERMISSIONS)
    assert [each["source"] for each in session.init["plugins"] if each["name"] == "pgwright"] == ["pgwright@pgwright"]
    assert session.psql_calls == []
    assert "drop-table" in session.api.results()[0]
