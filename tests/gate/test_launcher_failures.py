"""Whatever goes wrong between the client and the gate holds the call, with a reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from launcher_process import ROOT, SHELLS, Launcher, encoded, event

from orchestrator.gate import hook

NOBODY = 65534
REAL_PYTHON = os.path.realpath(sys.executable)


@pytest.fixture(params=sorted(SHELLS))
def shell(request):
    return request.param


@pytest.fixture
def launcher(tmp_path):
    return Launcher(folder=tmp_path)


def assert_held(done, word=""):
    """Exit code 2, the reason on stderr, and nothing on stdout that the client could take for an answer."""
    assert (done.returncode, done.stdout) == (2, b""), done
    text = done.stderr.decode()
    assert "gate: " in text
    assert "was not run" in text
    assert word in text


# What the client never sends


@pytest.mark.parametrize("mode", ["bash", "tool", "config-change"])
@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "not JSON"),
        (b"\n", "not JSON"),
        (b"psql", "not JSON"),
        (b"[]", "is not a"),
        (b"null", "is not a"),
        (b'"PreToolUse"', "is not a"),
        (b"{}", "is not a"),
        (b"\xff\xfe{}", "utf-8"),
        (b"\x00\x01\x02", "not JSON"),
        (encoded(event("ls \x00")), "NUL"),
        (encoded(event("psql \ud800")), "utf-8"),
        (b'{"a":"\\ud800"}', "surrogate"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "nested"),
        (b"[" * 100_000, "nested"),
        (b'{"a":1,"a":2}', "twice"),
        (b'{"a":NaN}', "JSON"),
        (b'{"a":1} {"b":2}', "follows"),
    ],
)
def test_what_is_no_event_is_held(launcher, mode, data, word):
    for shell in SHELLS if mode == "bash" else ("",):
        assert_held(launcher.run(data, mode, shell), word)


@pytest.mark.parametrize(
    "changes",
    [
        {"hook_event_name": "PostToolUse"},
        {"hook_event_name": None},
        {"tool_name": ""},
        {"tool_name": 7},
        {"tool_name": None},
        {"tool_input": None},
        {"tool_input": "psql"},
        {"tool_input": {}},
        {"tool_input": {"command": None}},
        {"tool_input": {"command": ["psql"]}},
    ],
)
def test_an_event_without_its_parts_is_held(launcher, changes):
    assert_held(launcher.run(encoded(event("psql", **changes))))


@pytest.mark.parametrize("shell", sorted(SHELLS.keys() - {"busybox"}))  # reads a megabyte in 0.5 s
@pytest.mark.parametrize(("size", "word"), [(2_000_000, "longer than"), (10_000_000, "larger than")])
def test_a_command_of_megabytes_is_held_with_the_reason(launcher, shell, size, word):
    assert_held(launcher.run(encoded(event("echo " + "x" * size)), shell=shell), word)


@pytest.mark.parametrize(
    ("mode", "tool", "given"),
    [
        ("bash", "bash", {"command": "dropdb shop"}),
        ("bash", "Bash ", {"command": "dropdb shop"}),
        ("bash", "Write", {"file_path": "/x", "content": ""}),
        ("bash", "mcp__pg__query", {"sql": "drop table a"}),
        ("tool", "Bash", {"command": "ls"}),
        ("tool", "MCP__pg__query", {"sql": "drop table a"}),
        ("tool", "Read", {"file_path": "/x"}),
        ("tool", "Write", {"content": ""}),
        ("tool", "Edit", {"file_path": ["/x"]}),
        ("tool", "NotebookEdit", {"file_path": "/x"}),
        ("tool", "PowerShell", {}),
    ],
)
def test_a_call_that_the_hook_is_not_for_or_that_lacks_its_input_is_held(launcher, mode, tool, given):
    data = encoded(event("ls", tool_name=tool, tool_input=given))
    assert_held(launcher.run(data, mode), "not for" if "tool" not in mode or tool in {"Bash", "Read"} else "")


def test_hooks_json_wires_the_tools_that_the_hook_knows():
    entries = json.loads((ROOT / "hooks" / "hooks.json").read_text())["hooks"]["PreToolUse"]
    (_, entry) = [each for each in entries if each["hooks"][0]["args"][0].endswith("/hooks/gate")]
    assert set(entry["matcher"].strip("^()$").split("|")) == {*hook.NEEDED, *hook.OTHERS, "mcp__.*"} - {"Bash"}


def test_a_closed_stdin_is_held(launcher, shell):
    line = " ".join([*SHELLS[shell], f"'{ROOT}/hooks/gate'", "bash", "<&-"])
    assert_held(subprocess.run(["bash", "-c", line], capture_output=True, env=launcher.environment, check=False))


def test_an_unknown_mode_is_held(launcher):
    assert_held(launcher.run(encoded(event("psql")), "other"))


# The interpreter


@pytest.fixture
def alone(tmp_path):
    """A launcher on a machine without Python: nothing on PATH, and no python3 in the system's folders."""
    (tmp_path / "path").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "plugin").mkdir()
    (tmp_path / "plugin" / "orchestrator").symlink_to(ROOT / "orchestrator")
    shutil.copytree(ROOT / "hooks", tmp_path / "plugin" / "hooks")
    gate = tmp_path / "plugin" / "hooks" / "gate"
    text = gate.read_text()
    for system in ("/usr/bin/python3", "/opt/homebrew/bin/python3", "/usr/local/bin/python3"):
        assert system in text
        text = text.replace(system, f"{tmp_path}/system/python3")
    gate.write_text(text)
    return Launcher(folder=tmp_path, plugin=tmp_path / "plugin", env={"PATH": f"{tmp_path}/path"})


def test_without_python_commands_are_held_and_the_reason_says_what_to_install(alone, shell):
    assert_held(alone.run(encoded(event("psql -c 'select 1'")), shell=shell), "no Python 3.9 or newer was found")
    assert_held(alone.run(encoded(event("psql -c 'select 1'")), shell=shell), "install")


def test_without_python_simple_commands_still_pass(alone, shell):
    assert alone.run(encoded(event("git status")), shell=shell).returncode == 0


@pytest.mark.parametrize(
    "text",
    ["", "\n", "python3\n", "../python3\n", "/nonexistent/python3\n", "/\n", "/usr/bin/../bin/python3\n", "\x00\xff\n"],
)
def test_a_broken_memory_of_the_interpreter_is_written_anew(launcher, shell, text):
    known = launcher.data / "gate" / "python"
    known.parent.mkdir(parents=True)
    known.write_text(text)
    assert_held(launcher.run(b"{}", "tool", shell=shell), "is not a PreToolUse")
    assert known.read_text() != text
    assert os.access(known.read_text().strip(), os.X_OK)


@pytest.mark.parametrize("name", ["project/python3", "project/.venv/bin/python3"])
def test_an_interpreter_inside_the_project_is_never_started(launcher, shell, name):
    launcher.remember(f"#!/bin/sh\n: >'{launcher.folder}/mark'\n", name)
    assert_held(launcher.run(b"{}", "tool", shell=shell), "is not a PreToolUse")
    assert not (launcher.folder / "mark").exists()


def test_where_the_project_holds_the_home_folder_an_interpreter_may_be_inside(tmp_path, shell):
    launcher = Launcher(folder=tmp_path, env={"CLAUDE_PROJECT_DIR": f"{tmp_path}/"})
    launcher.remember(f"#!/bin/sh\n: >'{tmp_path}/mark'\nexit 2\n", "home/python3")
    launcher.run(b"{}", "tool", shell=shell)
    assert (tmp_path / "mark").exists()


def test_an_interpreter_of_the_project_is_not_found_on_path(alone, shell):
    alone.remember(f"#!/bin/sh\n: >'{alone.folder}/mark'\n", "project/bin/python3")
    (alone.data / "gate" / "python").unlink()
    (alone.folder / "linked").symlink_to(alone.folder / "project" / "bin")
    path = f"{alone.folder}/project/bin:{alone.folder}/linked:bin:"
    tempted = Launcher(folder=alone.folder, plugin=alone.plugin, env={"PATH": path})
    assert_held(tempted.run(b"{}", "tool", shell=shell, cwd=alone.folder / "project"), "no Python 3.9")
    assert not (alone.folder / "mark").exists()


def test_an_interpreter_that_changed_since_it_was_found_is_looked_for_again(launcher, shell):
    program = launcher.remember("#!/bin/sh\nexit 0\n")
    os.utime(program)
    os.utime(launcher.data / "gate" / "python", (2, 2))
    assert_held(launcher.run(b"{}", "tool", shell=shell), "is not a PreToolUse")


def test_a_shim_is_replaced_by_the_program_behind_it(alone, shell):
    real = REAL_PYTHON
    shim = alone.folder / "path" / "python3"
    shim.write_text(f'#!/bin/sh\nexec {real} "$@"\n')
    shim.chmod(0o755)
    alone.run(b"{}", "tool", shell=shell)
    assert (alone.data / "gate" / "python").read_text() == f"{real}\n"
    assert (alone.data / "gate").stat().st_mode & 0o77 == 0


@pytest.mark.parametrize("text", ["exit 0", "echo", "echo /bin/true", "echo 42", "echo $0"])
def test_what_only_pretends_to_be_python_is_passed_over(alone, shell, text):
    fake = alone.folder / "path" / "python3"
    fake.write_text(f"#!/bin/sh\n{text}\n")
    fake.chmod(0o755)
    assert_held(alone.run(encoded(event("psql -c 'drop table a'")), shell=shell), "no Python 3.9")


def test_a_python_that_is_too_old_is_passed_over(alone, shell):
    old = alone.folder / "path" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    newer = alone.folder / "path" / "python3.11"
    newer.symlink_to(REAL_PYTHON)
    assert_held(alone.run(b"{}", "tool", shell=shell), "is not a PreToolUse")


@pytest.mark.parametrize(
    "text",
    [
        "#!/nonexistent\n",
        "#!/bin/sh\nkill -9 $$\n",
        "#!/bin/sh\nkill -15 $$\n",
        "#!/bin/sh\nkill -13 $$\n",
        "#!/bin/sh\nexit 1\n",
    ],
)
def test_an_interpreter_that_does_not_get_to_an_answer_never_lets_a_call_through(launcher, shell, text):
    launcher.remember(text)
    done = launcher.run(encoded(event("psql -c 'select 1'")), shell=shell)
    assert done.returncode != 0
    assert done.stdout == b""


def test_a_failed_start_is_held_with_the_reason(launcher, shell):
    launcher.remember("#!/nonexistent\n")
    assert_held(launcher.run(b"{}", "tool", shell=shell), "could not be started")


# The data folder


def test_without_a_data_folder_the_gate_works(tmp_path, shell):
    launcher = Launcher(folder=tmp_path, env={"CLAUDE_PLUGIN_DATA": ""})
    assert_held(launcher.run(b"{}", "tool", shell=shell), "is not a PreToolUse")
    assert launcher.run(encoded(event("git commit -m 'x'")), shell=shell).returncode == 0


@pytest.mark.parametrize("mode", [0o000, 0o555])
def test_a_data_folder_that_cannot_be_used_does_not_matter(shell, mode):
    with tempfile.TemporaryDirectory() as name:
        launcher = Launcher(folder=Path(name), plugin=Path(name, "plugin"))
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "hooks", launcher.plugin / "hooks", ignore=ignored)
        shutil.copytree(ROOT / "orchestrator" / "gate", launcher.plugin / "orchestrator" / "gate", ignore=ignored)
        shutil.copy(ROOT / "orchestrator" / "__init__.py", launcher.plugin / "orchestrator")
        launcher.folder.chmod(0o755)
        launcher.data.mkdir(mode=mode)
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        assert_held(launcher.run(b"{}", "tool", shell=shell, **user), "is not a PreToolUse")
        assert launcher.run(encoded(event("git commit -m 'x'")), shell=shell, **user).returncode == 0
        launcher.data.chmod(0o755)


# The gate itself


@pytest.fixture
def broken(tmp_path):
    """A launcher whose gate runs the code that it is given, in place of judging."""

    def launcher_with(code):
        hooks = tmp_path / "plugin" / "hooks"
        gate = tmp_path / "plugin" / "orchestrator" / "gate"
        hooks.mkdir(parents=True)
        gate.mkdir(parents=True)
        for name in ("gate", "gate.py"):
            shutil.copy(ROOT / "hooks" / name, hooks / name)
        (gate.parent / "__init__.py").touch()
        (gate / "__init__.py").touch()
        shutil.copy(ROOT / "orchestrator" / "gate" / "loader.py", gate)
        (gate / "hook.py").write_text(f"import posix, sys\ndef main(*_):\n    {code}\n")
        return Launcher(folder=tmp_path, plugin=tmp_path / "plugin")

    return launcher_with


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("main()", "RecursionError"),
        ("raise MemoryError", "MemoryError"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise SystemExit", "SystemExit"),
        ("sys.exit(0)", "SystemExit(0)"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("import orchestrator.gate.missing", "No module named"),
        ("raise ValueError('\\ud800')", "ValueError"),
        ("error = ValueError(); error.why = '\\ud800'; raise error", "?"),
        ("posix.kill(posix.getpid(), 2); posix.read(0, 9); posix.read(0, 9)", "KeyboardInterrupt"),
        ("return", ""),
    ],
)
def test_any_failure_of_the_gate_holds_the_call(broken, code, word):
    done = broken(code).run(encoded(event("psql")))
    assert (done.returncode, done.stdout) == (2, b"")
    assert word in done.stderr.decode()


def test_a_gate_that_cannot_be_imported_holds_the_call(broken):
    launcher = broken("pass")
    (launcher.plugin / "orchestrator" / "gate" / "hook.py").write_text("def main(:\n")
    assert_held(launcher.run(encoded(event("psql"))), "SyntaxError")


def test_a_missing_gate_holds_the_call(broken):
    launcher = broken("pass")
    (launcher.plugin / "hooks" / "gate.py").unlink()
    assert launcher.run(encoded(event("psql"))).returncode == 2


def test_an_answer_that_cannot_be_written_holds_the_call(launcher):
    line = f"'{ROOT}/hooks/gate' bash >/dev/full 2>/dev/full"
    for command in ("psql -c 'GRANT SELECT ON a TO b'", "psql -c 'DROP TABLE a'"):
        done = subprocess.run(
            ["bash", "-c", f"sh {line}"], input=encoded(event(command)), env=launcher.environment, check=False
        )
        assert done.returncode != 0
