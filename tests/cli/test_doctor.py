"""`orchestrate doctor` on made-up installations of the plugin: each fault is found, named and mended in words."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from pathlib import Path

import pytest

import orchestrator
from orchestrator.cli import doctor_checks
from orchestrator.plugin.validation import validate
from tests.cli.installation import MCP_SERVER, ROOT, SECRET, Installation


@pytest.fixture
def here(tmp_path):
    return Installation(tmp_path)


def test_every_check_is_one_file_with_one_record():
    files = {path.stem for path in Path(doctor_checks.__file__).parent.glob("[!_]*.py")}
    checks = doctor_checks.checks()
    assert {check.id for check in checks} == files
    assert len({check.order for check in checks}) == len(checks)
    assert all(check.title and check.deadline_s > 0 for check in checks)


def test_a_whole_examination_says_one_line_a_check_and_the_mend_below(here, server):
    done = here.doctor(words=("--dsn", server.dsn()))
    lines = done.stdout.splitlines()
    found = [line.split()[:2] for line in lines if not line.startswith(" ")][:-1]
    assert [name for _, name in found] == [check.id for check in doctor_checks.checks()]
    fixed = [above.split()[0] for above, line in itertools.pairwise(lines) if line.strip().startswith("fix: ")]
    assert "ok" not in fixed
    assert {name: status for status, name in found} == {
        **dict.fromkeys(
            ("program", "plugin", "gate", "hooks", "settings", "trust", "mcp", "server", "memory", "recall"), "ok"
        ),
        "live": "skipped",
        "database": "warning",
        "client": found[1][0],
        "files": found[12][0],
    }
    assert lines[-1].startswith(f"{len(found)} checks: ")


def test_a_sound_installation_has_no_problem(here):
    done = here.doctor("plugin", "gate", "hooks", "settings", "trust", "mcp", "memory", words=("--json",))
    assert [row["found"] for row in done.document["checks"] if row["status"] != "ok"] == []
    assert (done.code, done.document["clean"], done.document["undone"]) == (0, True, [])
    assert validate(done.document, "doctor") == []


def test_the_python_of_the_hooks_is_measured(here):
    code, row = here.found("program")
    assert (code, row["status"]) == (0, "ok")
    assert "which starts in" in row["found"]
    assert sys.executable in row["found"]


def test_hooks_without_a_python_are_a_problem(here):
    (here.plugin / "hooks/gate").write_text("exit 2")
    code, row = here.found("program")
    assert (code, row["status"]) == (1, "problem")
    assert "find no Python" in row["found"]


CLIENT = '#!/bin/sh\nenv >"{0}"\necho "{1} (Claude Code)"\n'


def client(here, version):
    path = here.bin / "claude"
    path.write_text(CLIENT.format(here.home / "seen", version))
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "status"),
    [("2.1.294", "problem"), ("1.9.999", "problem"), ("2.1.295", "ok"), ("3.0.0", "ok"), ("unknown", "warning")],
)
def test_a_client_is_new_enough_to_hold_a_call_where_a_hook_fails(here, version, status):
    client(here, version)
    code, row = here.found("client")
    assert (code, row["status"]) == (int(status == "problem"), status)
    assert str(here.bin / "claude") in row["found"]


def test_the_client_is_asked_without_a_key_and_without_the_users_folders(here):
    client(here, "2.1.300")
    here.found("client", env={"ANTHROPIC_API_KEY": SECRET})
    seen = dict(line.partition("=")[::2] for line in (here.home / "seen").read_text().splitlines())
    assert "ANTHROPIC_API_KEY" not in seen
    assert str(here.home) not in (seen["HOME"], seen["CLAUDE_CONFIG_DIR"])
    assert seen["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] == "1"


def test_no_client_is_skipped_and_says_what_to_do(here, tmp_path):
    (tmp_path / "claude_agent_sdk").mkdir()
    (tmp_path / "claude_agent_sdk/__init__.py").touch()
    code, row = here.found("client", env={"PYTHONPATH": str(tmp_path)})
    assert (code, row["status"]) == (0, "skipped")
    assert "install Claude Code 2.1.295 or newer" in row["fixes"][0]


def test_a_plugin_that_is_not_installed_is_a_warning(here):
    here.write("plugins/installed_plugins.json", {})
    code, row = here.found("plugin")
    assert (code, row["status"]) == (0, "warning")
    assert f"claude plugin marketplace add {ROOT}" in row["fixes"][0]


def test_the_parts_of_the_plugin_are_counted(here):
    agents, skills = len(list(here.plugin.glob("agents/*.md"))), len(list(here.plugin.glob("skills/*/SKILL.md")))
    _, row = here.found("plugin")
    assert f"{agents} agents, {skills} skills, " in row["found"]
    assert ", 1 MCP servers" in row["found"]


def test_a_plugin_whose_folder_is_gone_is_a_problem_that_hides_no_other_check(here):
    shutil.rmtree(here.plugin)
    done = here.doctor("plugin", "gate", "memory", words=("--json",))
    assert done.code == 1
    assert [row["status"] for row in done.document["checks"]] == ["problem", "problem", "ok"]
    assert f"there is no {here.plugin}" in done.document["checks"][0]["found"]


def test_a_plugin_without_agents_is_a_problem(here):
    shutil.rmtree(here.plugin / "agents")
    code, row = here.found("plugin")
    assert (code, "it has no agents" in row["found"]) == (1, True)


def test_a_plugin_of_another_version_is_a_warning(here):
    here.write("plugin.json", {"name": "pgwright", "version": "9.9.9"}, within=here.plugin / ".claude-plugin")
    code, row = here.found("plugin")
    assert (code, row["status"]) == (0, "warning")
    assert "the plugin is 9.9.9, this program is " in row["found"]


SETTINGS = ("config/settings.json", "project/.claude/settings.json", "project/.claude/settings.local.json")


@pytest.mark.parametrize("name", SETTINGS)
def test_hooks_that_are_switched_off_are_a_problem_with_the_file(here, tmp_path, name):
    here.write(name, {"disableAllHooks": True, "enabledPlugins": {"pgwright@market": True}}, within=tmp_path)
    code, row = here.found("settings")
    assert (code, row["status"]) == (1, "problem")
    assert f"disableAllHooks is set in {tmp_path / name}" in row["found"]


@pytest.mark.parametrize("name", SETTINGS)
def test_a_plugin_that_is_switched_off_is_a_problem_with_the_file(here, tmp_path, name):
    here.write(name, {"enabledPlugins": {"pgwright@market": False}}, within=tmp_path)
    code, row = here.found("settings")
    assert code == 1
    assert f"the plugin is switched off in {tmp_path / name}" in row["found"]
    assert row["fixes"] == ["Run: claude plugin enable pgwright@market"]


def test_a_plugin_that_no_settings_file_enables_is_a_problem(here):
    here.write("settings.json", {})
    code, row = here.found("settings")
    assert (code, "no settings file enables it" in row["found"]) == (1, True)


def test_of_two_settings_files_the_later_one_counts(here, tmp_path):
    off = {"disableAllHooks": True, "enabledPlugins": {"pgwright@market": False}}
    on = {"disableAllHooks": False, "enabledPlugins": {"pgwright@market": True}}
    here.write(SETTINGS[0], off, within=tmp_path)
    here.write(SETTINGS[1], on, within=tmp_path)
    assert here.found("settings")[0] == 0
    here.write(SETTINGS[2], off, within=tmp_path)
    assert here.found("settings")[0] == 1


def test_a_settings_file_that_cannot_be_read_is_a_warning(here):
    (here.config / "settings.json").write_text("{")
    here.write(".claude/settings.json", {"enabledPlugins": {"pgwright@market": True}}, within=here.project)
    code, row = here.found("settings")
    assert (code, row["status"]) == (0, "warning")
    assert str(here.config / "settings.json") in row["found"]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({"projects": {"PROJECT": {"hasTrustDialogAccepted": True}}}, "ok"),
        ({"projects": {"PROJECT": {"hasTrustDialogAccepted": False}}}, "warning"),
        ({"projects": {"PARENT": {"hasTrustDialogAccepted": True}}}, "warning"),
        ({"projects": None}, "warning"),
        (None, "skipped"),
    ],
)
def test_trust_is_read_from_the_clients_notes(here, state, status):
    (here.config / ".claude.json").unlink()
    if state is not None:
        text = json.dumps(state).replace("PROJECT", str(here.project)).replace("PARENT", str(here.project.parent))
        (here.config / ".claude.json").write_text(text)
    code, row = here.found("trust")
    assert (code, row["status"]) == (0, status)


def test_trust_in_the_repository_around_the_project_is_enough(here):
    (here.project.parent / ".git").mkdir()
    here.write(".claude.json", {"projects": {str(here.project.parent): {"hasTrustDialogAccepted": True}}})
    assert here.found("trust")[1]["status"] == "ok"


@pytest.mark.parametrize(
    ("check", "name", "content", "told"),
    [
        ("gate", "hooks/gate", None, "the hook is missing: there is no "),
        ("gate", "hooks/gate", "exit 0", "DROP TABLE orders"),
        ("gate", "hooks/hooks.json", None, "the hook is missing: there is no "),
        ("hooks", "hooks/hooks.json", "{", "cannot be read"),
        ("hooks", "hooks/contract", None, "is missing: there is no "),
        ("hooks", "hooks/contract", "echo gone wrong >&2; exit 1", "ends with exit status 1: gone wrong"),
        ("hooks", "hooks/contract", "echo allowed", "the client cannot read what the hook"),
    ],
)
def test_a_hook_that_is_missing_or_broken_is_a_problem(here, check, name, content, told):
    (here.plugin / name).unlink() if content is None else (here.plugin / name).write_text(content)
    code, row = here.found(check)
    assert (code, row["status"]) == (1, "problem")
    assert told in row["found"]


def test_a_hook_that_fails_in_itself_is_a_warning(here):
    (here.plugin / "orchestrator/contract/hook.py").write_text("raise RuntimeError")
    code, row = here.found("hooks")
    assert (code, row["status"]) == (0, "warning")
    assert "a hook failed" in row["found"]


def test_the_hooks_are_tried_on_a_project_of_their_own(here):
    context = here.project / "own"
    here.found("hooks", env={"ORCHESTRATE_CONTEXT": str(context)})
    assert not context.exists()
    assert list(here.project.iterdir()) == []


def test_the_mcp_server_is_started_and_its_tools_are_counted(here):
    code, row = here.found("mcp")
    assert (code, row["status"]) == (0, "ok")
    assert row["found"].startswith("pgwright: made-up 1 with 2 tools, listed after ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/bin/sh", "-c", "echo no room >&2"], "does not answer as an MCP server does: no room"),
        (["/bin/sh", "-c", "echo hello"], "does not answer as an MCP server does: "),
        (["/bin/sh", "-c", "echo []"], "does not answer as an MCP server does: "),
        (["/nowhere/orchestrate", "mcp"], "/nowhere/orchestrate cannot be started: "),
        ([sys.executable, "-c", MCP_SERVER.replace('[{"name": "a"}, {"name": "b"}]', "[]"), "x"], "it has no tools: x"),
    ],
)
def test_an_mcp_server_that_does_not_serve_is_a_problem(here, words, told):
    here.serve(words)
    code, row = here.found("mcp")
    assert (code, row["status"]) == (1, "problem")
    assert told in row["found"]


def test_the_launcher_of_the_plugin_that_finds_no_program_is_a_problem(here):
    here.wire_launcher()
    code, row = here.found("mcp", env={"PATH": "/usr/bin:/bin"})
    assert (code, row["status"]) == (1, "problem")
    assert "it has no tools: pgwright is not installed" in row["found"]
    assert "with pipx" in row["fixes"][0]


def test_the_launcher_of_the_plugin_serves_the_tools_of_the_program(here):
    pytest.importorskip("mcp", reason="needs the MCP package: pip install mcp")
    here.wire_launcher()
    program = here.bin / "orchestrate"
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m orchestrator "$@"\n')
    program.chmod(0o755)
    code, row = here.found("mcp")
    assert (code, row["status"]) == (0, "ok")
    assert f"pgwright: pgwright {orchestrator.__version__} with " in row["found"]


def test_a_plugin_without_an_mcp_server_is_a_problem(here):
    (here.plugin / ".mcp.json").unlink()
    assert here.found("mcp")[0] == 1
