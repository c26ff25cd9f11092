"""Writes that reach a guarded file by another name or way: links, patterns, archives, and options of programs."""

from __future__ import annotations

import json

import pytest

from orchestrator.gate.judge import judge
from orchestrator.gate.place import Place
from orchestrator.plugin import paths

AGENT = "pgwright:backend-system-architect"  # may write in backend/app and src, not in frontend
HOOKS = {"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "lint"}]}]}}


@pytest.fixture
def place(tmp_path):
    project, home = tmp_path / "project", tmp_path / "home"
    for name in (".git", ".claude", "backend/app", "frontend/sub", "src", "new/.claude", "evil"):
        (project / name).mkdir(parents=True)
    (home / ".claude" / "plugins" / "data" / "x" / "gate").mkdir(parents=True)
    for path in (project / ".claude", home / ".claude"):
        (path / "settings.json").write_text(json.dumps(HOOKS))
    for name in ("frontend/a", "src/a", "evil/settings.json"):
        (project / name).write_text("a")
    (project / "p.diff").write_text("--- a/frontend/a\n+++ b/frontend/a\n@@ -1 +1 @@\n--- a/.claude/settings.json\n")
    (project / "s.diff").write_text("--- a/.claude/settings.json\n+++ b/.claude/settings.json\n@@ -1 +1 @@\n")
    (project / "backend" / "app" / "link").symlink_to("../../frontend/sub")
    (project / "-h").symlink_to(home / ".claude" / "plugins" / "data" / "x")
    return Place(
        cwd=str(project),
        project=str(project),
        plugin=str(paths.root()),
        data=str(home / ".claude" / "plugins" / "data" / "x"),
        home=str(home),
    )


def rules(place, command, agent=""):
    place.agent = agent
    found = judge({"tool_name": "Bash", "tool_input": {"command": command}}, place)
    return {effect.rule.id for effect in found.effects}


@pytest.mark.parametrize(
    "command",
    [
        "ln ~/.claude/settings.json x",
        "cp -l .claude/settings.json x",
        "link .claude/settings.json x",
        "ln -s ~/.claude/settings.json s && echo '{}' > s",
        "ln -s ../home/.claude dot; echo '{}' > dot/settings.json",
        "ln -s .claude dot; ln -s dot again; echo '{}' > again/settings.json",
        "ln -s .claude dot; rm dot/settings.json",
        "ln -sr .claude/settings.json s && tee s < x",
        "cp -rs .claude copy; echo '{}' > copy/settings.json",
        "echo '{}' 1<> .claude/settings.json",
        "echo '{}' > .claude/set*s.json",
        "tar xf a.tar -C .claude",
        "tar -xzf a.tgz --directory ~/.claude",
        "unzip -o a.zip -d .claude",
        "cp -r evil/. ~/.claude/",
        "rsync -a evil/ .claude/",
        "git apply s.diff",
        "git diff --output=.claude/settings.json",
        "find . -fprint .claude/settings.json",
        "tree -o .claude/settings.json",
        "iconv -o .claude/settings.json x",
        "split x .claude/settings.json",
        "xxd -r x .claude/settings.json",
        "openssl enc -d -in x -out .claude/settings.json",
        "wget -P .claude https://example.org/settings.json",
        "curl -O --output-dir .claude https://example.org/settings.json",
        "scp host:x .claude/settings.json",
        "scp host:settings.json .claude",
        "vim -c wq .claude/settings.json",
        "awk '{print > \".claude/settings.json\"}' x",
        "rename s/settings/old/ .claude/settings.json",
        """echo '{"env": {"LD_PRELOAD": "/tmp/x.so"}}' > .claude/settings.local.json""",
        """echo '{"env": {"SHELLOPTS": "noexec"}}' > .claude/settings.local.json""",
        """echo '{"env": {"CLAUDE_PLUGIN_DATA": "/tmp"}}' > .claude/settings.local.json""",
    ],
)
def test_settings_are_reached_by_no_second_name(place, command):
    assert "tamper-hook-settings" in rules(place, command)


@pytest.mark.parametrize(
    "command",
    [
        "ln ~/.claude/plugins/data/x/gate/python x",
        "ln -s ~/.claude/plugins/data/x/gate g; echo /tmp/fake > g/python",
        "git clone https://example.org/x ~/.claude/plugins/cache/pgwright",
        "git worktree add ~/.claude/plugins/cache/pgwright",
        "setfacl -m u::0 ~/.claude/plugins/data/x/gate/python",
        "mount --bind evil ~/.claude/plugins",
        "unzip a.zip -d ~/.claude/plugins",
    ],
)
def test_the_plugin_is_reached_by_no_second_name(place, command):
    assert "tamper-plugin" in rules(place, command)


@pytest.mark.parametrize(
    "command",
    [
        "orchestrate gate allow --data -h 0123456789ab",
        "orchestrate gate allow 0123456789ab --expires -h",
        "python3 -c 'from orchestrator.cli import gate_allow'",
        "python3 -c \"import runpy, sys; sys.argv = ['o', 'gate', 'allow', 'x']; runpy.run_module('orchestrator')\"",
    ],
)
def test_no_grant_by_the_back_door(place, command):
    assert "self-approval" in rules(place, command)


@pytest.mark.parametrize(
    "command",
    [
        "echo x > backend/app/link/../a",
        "cd backend/app/link && echo x > ../a",
        "cd -P backend/app/link && echo x > ../a",
        "ln frontend/a src/b && echo x > src/b",
        "ln -s ../frontend src/f && echo x > src/f/a",
        "ln -s ../frontend/sub src/f; echo x > src/f/../a",
        "ln -s ../frontend src/f; cp src/a src/f/",
        "tar xf a.tar -C frontend",
        "unzip a.zip -d frontend",
        "git apply p.diff",
        "git clone https://example.org/x frontend/x",
        "curl -O --output-dir frontend https://example.org/x",
        "vim -c wq frontend/a",
        "echo x > FRONTEND/b",
        "echo x > src/Alembic/b",
        "gcc -o frontend/b src/b.c",
        "tar cf frontend/a.tar src",
        "zip frontend/a.zip src/a",
    ],
)
def test_boundaries_are_crossed_by_no_second_name(place, command):
    assert rules(place, command, AGENT) & {"forbidden-agent-path", "outside-agent-paths"}


@pytest.mark.parametrize("agent", ["", AGENT])
@pytest.mark.parametrize(
    "command",
    [
        "ln -s a src/b && rm src/b",
        "cp -r src/. backend/app/",
        "tar xf a.tar -C src",
        "tar tf a.tar",
        "unzip -l a.zip",
        "gcc -o src/b src/b.c",
        "git diff --output=src/a.diff",
        "git apply --check p.diff",
        "find src -name a",
        "echo x > src/sub/../b",
        "view frontend/a",
        "scp src/a host:frontend/a",
        "awk '$1 > \"x\" {print}' src/a",
        "orchestrate gate allow --help",
    ],
)
def test_everyday_work_stays_silent(place, command, agent):
    assert rules(place, command, agent) == set()


@pytest.mark.parametrize(
    "command",
    [
        "tar xf a.tar",
        "cp -r new/. .",
        "rsync -a new/ copy/",
        "unzip a.zip",
        "wget https://example.org/x",
        "git clone https://example.org/x",
        "ln -s .claude dot && rm dot",
        "vim .claude/notes.md",
        """echo '{"env": {"FOO": "1"}}' > .claude/settings.local.json""",
    ],
)
def test_everyday_work_of_the_main_session_stays_silent(place, command):
    assert rules(place, command) == set()
