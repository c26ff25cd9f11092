"""The launcher hooks/gate: what it answers by itself, and that Python gets every byte of the rest."""

from __future__ import annotations

import json
import shutil
import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from launcher_process import ROOT, SHELLS, Launcher, encoded, event

from orchestrator.gate.judge import judge
from orchestrator.gate.place import Place

ANSWERED = [
    "ls", "ls -la", " ls   -la  src ", "cat README.md", "head -n 20 a.py", "tail -f log.txt", "wc -l a b", "pwd",
    "cd src", "date", "date +%Y-%m-%d", "echo hello", "which psql", "du -sh .", "diff -u a b", "sed -n 1,20p a.py",
    "grep -rn DROP db", "grep -rn --include=a.sql DROP db", "rg -n TRUNCATE src", "find . -type f -name a.sql",
    "tree -L 2", "file a.bin", "git status", "git status -sb", "git diff --stat", "git log --oneline -5",
    "git --no-pager log -3", "git show HEAD:a.sql", "git branch", "git branch -vv", "git branch --show-current",
    "git rev-parse --abbrev-ref HEAD", "git remote -v", "git stash list", "git diff main..topic -- db/a.sql",
    "python3 --version", "stat -c %s a", "sleep 1",
]  # fmt: skip
HANDED_ON = [
    "arch -x86_64 psql", "test a -eq b", "git log -1--output=a", "sort a",
    "psql", "dropdb shop", "X=1 ls", "PAGER=psql git log", "/bin/ls", "./ls", "command ls", "env ls", "sudo ls",
    "xargs ls", ". a.sh", "ls; dropdb shop", "ls && dropdb shop", "ls | psql", "ls > a", "ls `dropdb shop`",
    "ls $(dropdb shop)", "ls $X", "ls\ndropdb shop", "ls 'a'", "ls \"a\"", "ls \\\n", "ls #", "ls *", "ls ~",
    "ls {a,b}", "ls !x", "ls [a]", "ls é", "ls\ta", "ls \x01", "(ls)", "", " ", "date -s 2020-01-01",
    "date --set=2020-01-01", "date 010203042026", "date +%F -s 2020-01-01", "date -us 2020", "hostname x",
    "sort -o a b", "uniq a b", "tee a", "less a", "man psql", "awk x", "xxd a b", "sed -i s/a/b/ a", "sed -n 1p -i a",
    "sed -n 1w a", "sed -n 1,2e a", "sed -n", "sed -e 1p", "grep --filter=psql:psql x", "grep -z x", "grep -Q",
    "grep --pager=psql x", "rg --pre psql x", "rg --pre=psql x", "rg --hostname-bin=psql x", "rg -z x",
    "find . -delete", "find . -exec dropdb shop", "find . -fprint a", "find . -ok psql", "tree -o a", "tree -ao a",
    "file -C -m a", "diff -l a b", "diff --paginate a b", "diff --diff-program=psql a b", "git", "git push",
    "git -c core.pager=psql log", "git -C x status", "git log --output=a", "git log --outp=a", "git diff --ext-diff",
    "git diff --ext", "git log --textconv", "git log --format=%GK", "git log --show-signature", "git branch x",
    "git branch -D x", "git branch -m x", "git branch --list -D x", "git stash", "git stash drop", "git tag x",
    "git remote add a b", "git config a b", "git --exec-path=. status", "git checkout a", "git clean -fd",
    "git grep -Opsql x", "git diff --no-index a b", "git reset", "python3 -V x", "python3 a.py",
    "node --version --eval x", "npm test", "printf x", "exec ls", "eval ls", "time ls", "nohup ls",
]  # fmt: skip


PROGRAMS = sorted({command.split()[0] for command in ANSWERED})
WORDS = sorted({word for command in ANSWERED + HANDED_ON for word in command.split()[1:] if word.isascii()})
CHARACTERS = string.ascii_letters + string.digits + " ._/=:,@%+-"
COMMANDS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=4).flatmap(
        lambda words: st.sampled_from(PROGRAMS).map(lambda program: " ".join([program, *words]))
    ),
    st.tuples(st.sampled_from(PROGRAMS), st.text(CHARACTERS, max_size=12)).map(" ".join),
    st.text(CHARACTERS, max_size=12),
)


@pytest.fixture(params=sorted(SHELLS))
def shell(request):
    return request.param


@pytest.fixture
def launcher(tmp_path):
    """A launcher whose interpreter leaves a mark and refuses."""
    launcher = Launcher(folder=tmp_path)
    launcher.remember(f"#!/bin/sh\n: >'{tmp_path}/mark'\ncat >/dev/null\nexit 2\n")
    return launcher


def python_started(launcher):
    """Whether Python was started since the last question."""
    mark = launcher.folder / "mark"
    started = mark.exists()
    mark.unlink(missing_ok=True)
    return started


@pytest.mark.parametrize("command", ANSWERED)
def test_a_simple_command_passes_without_python(launcher, shell, command):
    for data in (encoded(event(command)), encoded(event(command), end="", separators=(", ", ": "))):
        done = launcher.run(data, shell=shell)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert not python_started(launcher)


@pytest.mark.parametrize("command", HANDED_ON)
def test_any_other_command_reaches_python(launcher, shell, command):
    assert launcher.run(encoded(event(command)), shell=shell).returncode == 2
    assert python_started(launcher)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"command":', b'"command":"psql","command":'),
        (b'"description":', b'"command" : "psql","description":'),
        (b'"description":', b'"c\\u006fmmand":"psql","description":'),
        (b'"List files"', b'"\\"command\\":\\"psql\\""'),
        (b'"command":', b'"x\\"command":'),
        (b'"command":', b'"Command":'),
        (b'"tool_use_id":', b'"tool_input":{"command":"psql"},"tool_use_id":'),
        (b'"tool_use_id":', b'"tool_name":"Write","tool_use_id":'),
        (b'"Bash"', b'"Write"'),
        (b'"PreToolUse"', b'"PostToolUse"'),
        (b'"Bash"', b'"Write","x":"Bash"'),
        (b'{"command":"ls",', b'{},"other":{"command":"ls",'),
        (b'{"command":"ls",', b'{"x":{"command":"ls"},'),
        (b'{"command":"ls",', b'{"x":["y"],"command":"ls",'),
        (b'"tool_input":{"command":"ls","description":"List files"}', b'"tool_input":[{"command":"ls"}]'),
        (b'"ls"', b'["ls"]'),
        (b'"ls"', b'"ls'),
        (b'"ls"', b"null"),
        (b"}\n", b"\n"),
        (b"}\n", b"}\n" + encoded(event("psql"))),
        (b"}\n", b"}\n\n"),
        (b"}\n", b"}\n{"),
        (b"List files", b"x" * 8192),
    ],
)
def test_an_event_in_another_shape_reaches_python(launcher, shell, old, new):
    usual = encoded(event("ls"))
    assert old in usual
    launcher.run(usual.replace(old, new), shell=shell)
    assert python_started(launcher)


def test_an_event_on_many_lines_reaches_python(launcher, shell):
    launcher.run(json.dumps(event("ls"), indent=2).encode(), shell=shell)
    assert python_started(launcher)


@given(command=COMMANDS)
@settings(max_examples=400, deadline=None)
@example(command="sed -n 1p -i x")
def test_what_passes_without_python_is_nothing_to_the_gate(command):
    with tempfile.TemporaryDirectory() as folder:
        launcher = Launcher(folder=Path(folder))
        launcher.remember("#!/bin/sh\nexit 2\n")
        passed = launcher.run(encoded(event(command))).returncode == 0
    if passed:
        assert judge(event(command), Place(cwd="/", project="/project")).decision == ""


LONG = 65_536  # what the launcher reads at once under bash
INPUTS = [
    b"",
    b"\n",
    b"\n\n",
    b"x",
    b"x\n",
    b"x\n\n",
    b"a\nb",
    b"a\nb\n",
    b" \t a \r\n",
    b"\\n \\\\ $x `y` $(z) \"q\" 'r' EOF\nEOF\n",
    b"EOF",
    b"EOF\n",
    bytes(range(1, 256)),
    bytes(range(255, 0, -1)) * 3 + b"\n" + bytes(range(1, 256)),
    b"y" * 4095,
    b"y" * 4096 + b"\n",
    *(b"y" * (LONG + more) + rest for more in (-1, 0, 1) for rest in (b"", b"\n", b"\nz\n")),
    b"y" * 200_000 + b"\n" + b"z" * 200_000,
    encoded(event("ls")) + b"more\nand more",
    encoded(event("ls")) + b"\nmore",
    encoded(event("ls")) + b"more",
]


@pytest.fixture
def echo(tmp_path):
    """A launcher whose gate prints its mode and what it received."""
    hooks = tmp_path / "plugin" / "hooks"
    hooks.mkdir(parents=True)
    shutil.copy(ROOT / "hooks" / "gate", hooks / "gate")
    (hooks / "gate.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nsys.dont_write_bytecode = True\n"
        "from orchestrator.gate.hook import received\n"
        "sys.stdout.buffer.write(sys.argv[1].encode() + b'|' + received(sys.argv[2:]))\n"
    )
    return Launcher(folder=tmp_path, plugin=tmp_path / "plugin")


@pytest.mark.parametrize("mode", ["bash", "tool", "config-change"])
def test_python_receives_every_byte(echo, shell, mode):
    for data in INPUTS:
        done = echo.run(data, mode, shell=shell)
        assert done.stderr == b""
        assert done.stdout == mode.encode() + b"|" + data
