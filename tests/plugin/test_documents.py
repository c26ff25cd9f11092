"""What our checks say of a plugin's documents, beside what the real Claude Code client says of the same ones."""

from __future__ import annotations

import json
import subprocess

import pytest

from orchestrator.plugin import check, paths
from orchestrator.plugin.sample import manifested, market, program, serving, wired

MARK = "\ufeff"
PLUGIN = ".claude-plugin/plugin.json"
MARKET = ".claude-plugin/marketplace.json"
# The client refuses each of these, and we say the same by this code.
REFUSED = [
    (manifested(agents="./agents/"), "agents-as-folder"),
    (manifested(commands="../more"), "path-out-of-plugin"),
    (manifested(commands="./absent"), "manifest-path-missing"),
    (manifested(name="a b"), "reserved-plugin-name"),
    (manifested(name="claude-helper"), "reserved-plugin-name"),
    (manifested(author="x"), "wrong-type"),
    (manifested(keywords="x"), "wrong-type"),
    (manifested(userConfig={"a-b": {"type": "string", "title": "t", "description": "d"}}), "bad-key"),
    (manifested(userConfig={"a": {"type": "enum", "title": "t", "description": "d"}}), "unknown-value"),
    (manifested(userConfig={"a": {"type": "string", "title": "t", "description": "d", "x": 1}}), "unknown-key"),
    (
        manifested(userConfig={"a": {"type": "string", "title": "t", "description": "d", "options": ["b"]}}),
        "option-default",
    ),
    (manifested(engines={"claude-code": "banana"}), "bad-value"),
    (manifested(hooks={"hooks": {"PreToolUse": [{"hooks": [program()]}]}}), "hooks-wrapper"),
    (manifested() | {PLUGIN: '{"name": "demo",}'}, "trailing-comma"),
    (manifested() | {"hooks/hooks.json": MARK + '{"hooks": {}}'}, "byte-order-mark"),
    (manifested() | {"hooks/hooks.json": '// why\n{"hooks": {}}'}, "json-comment"),
    (manifested() | {"hooks/hooks.json": '{"Stop": []}'}, "hooks-wrapper"),
    (manifested() | {"hooks/hooks.json": ""}, "empty-file"),
    (manifested(hooks={"PreToolUse": [{"matcher": "Bash", "command": "x"}]}), "flat-hook"),
    (wired(program(timeout=0)), "bad-value"),
    (wired({"type": "shell", "command": "x"}), "unknown-value"),
    (wired(program(onFailure="allow")), "unknown-value"),
    (wired({"type": "mcp_tool", "server": "plugin:demo:x"}), "missing-key"),
    (manifested() | {".mcp.json": MARK + '{"mcpServers": {}}'}, "byte-order-mark"),
    (serving(a={"url": "https://example.org"}), "missing-key"),
    (serving(a={"args": []}), "missing-key"),
    (serving(a={"command": "x", "args": "y"}), "wrong-type"),
    (serving(a={"type": "pipe", "url": "https://example.org"}), "unknown-value"),
    (market({"name": "demo", "source": "plugin"}), "bare-plugin-source"),
    (market({"name": "demo", "source": "./../x"}), "path-out-of-plugin"),
    (market({"name": "demo", "source": "./"}, {"name": "demo", "source": "./"}), "plugin-listed-twice"),
    (market({"name": "demo", "source": {"source": "pip", "package": "x"}}), "unknown-value"),
    (market({"name": "demo", "source": {"source": "git-subdir", "url": "https://x/y.git"}}), "missing-key"),
    (market({"name": "demo", "source": "./"}, renames={"a": "b"}), "rename-without-target"),
]
# The client accepts each of these, and it does not do what its author wrote.
ACCEPTED = [
    (manifested(version="v1"), "version-not-semver"),
    (manifested(settings={"permissions": {"deny": ["Bash"]}}), "permissions-without-effect"),
    (manifested() | {PLUGIN: '{"name": "demo", "name": "other"}'}, "duplicate-key"),
    (wired(program(), matcher="Bash(x)"), "matcher-never-fires"),
    (wired(program(), matcher="Bash|("), "matcher-never-fires"),
    (wired(program("sh", "${CLAUDE_PLUGIN_ROOT}/absent.sh")), "hook-file-missing"),
    (wired(program(failClosed=True)), "ignored-guard-key"),
    (wired({"type": "command", "command": "look"}), "fails-open"),
    (wired(program() | {"async": True}), "async-guard"),
    (market({"name": "demo", "source": "./absent"}), "listed-path-missing"),
    (market({"name": "other", "source": "./"}), "listed-name-differs"),
]


@pytest.fixture
def accepted(client, tmp_path):
    """Whether the client accepts the files, which it finds in the folder `plugin`."""

    def ask(files):
        for name, text in files.items():
            path = tmp_path / "plugin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        home = str(tmp_path / "home")
        clean = {"PATH": "/usr/bin:/bin", "HOME": home, "CLAUDE_CONFIG_DIR": home, "LANG": "C.UTF-8"}
        target = tmp_path / "plugin" / (MARKET if MARKET in files else "")
        done = subprocess.run(
            [client, "plugin", "validate", str(target), "--json"],
            env=clean,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return json.loads(done.stdout)["success"]

    return ask


def findings(folder):
    return {problem.code: problem for problem in check.check(paths.root(), [folder]).problems}


@pytest.mark.parametrize(("files", "code"), REFUSED, ids=[f"{code}-{n}" for n, (_, code) in enumerate(REFUSED)])
def test_what_the_client_refuses_is_an_error_here(accepted, tmp_path, files, code):
    assert not accepted(files)
    assert code in findings(tmp_path / "plugin")
    assert "error" in {problem.severity for problem in findings(tmp_path / "plugin").values()}


@pytest.mark.parametrize(("files", "code"), ACCEPTED, ids=[f"{code}-{n}" for n, (_, code) in enumerate(ACCEPTED)])
def test_what_the_client_lets_pass_in_silence_is_a_finding_here(accepted, tmp_path, files, code):
    assert accepted(files)
    assert findings(tmp_path / "plugin")[code].severity in ("error", "warning")


def test_what_is_sound_is_sound_to_both(accepted, tmp_path):
    files = (
        wired(program("true", timeout=5)) | serving(a={"command": "true"}) | market({"name": "demo", "source": "./"})
    )
    assert accepted(files)
    assert [str(each) for each in findings(tmp_path / "plugin").values() if each.severity != "note"] == []
