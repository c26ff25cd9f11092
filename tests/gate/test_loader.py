"""The hook process loads the gate's modules by itself, and keeps them compiled in one file."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys

import pytest
from launcher_process import ROOT, Launcher, encoded, event

PROBE = """
import posix, sys
from orchestrator.gate import other
import orchestrator.gate.deep.inner as inner
from orchestrator.gate.deep import inner as again, VALUE
from orchestrator.gate.deep.inner import NAME as name

def main(plugin, arguments, finish):
    import orchestrator.gate.other
    assert orchestrator.gate.other is other and inner is again
    try:
        import orchestrator.gate.missing
    except ModuleNotFoundError as error:
        assert error.name == "orchestrator.gate.missing"
    try:
        import orchestrator.gate.other.below
    except ModuleNotFoundError:
        pass
    finish()
    posix.write(1, repr((other.VALUE, VALUE, name, inner.__package__, arguments)).encode())
    posix._exit(0)
"""


@pytest.fixture
def small(tmp_path):
    """A launcher whose gate is a few modules that say what they are."""
    hooks, gate = tmp_path / "plugin" / "hooks", tmp_path / "plugin" / "orchestrator" / "gate"
    shutil.copytree(ROOT / "hooks", hooks)
    (gate / "deep").mkdir(parents=True)
    shutil.copy(ROOT / "orchestrator" / "gate" / "loader.py", gate)
    files = {
        gate.parent / "__init__.py": "",
        gate / "__init__.py": "",
        gate / "hook.py": PROBE,
        gate / "other.py": "VALUE = 'first'\n",
        gate / "deep" / "__init__.py": "VALUE = __package__\n",
        gate / "deep" / "inner.py": "from __future__ import annotations\nNAME: str = __name__\n",
    }
    for path, text in files.items():
        path.write_text(text)
    return Launcher(folder=tmp_path, plugin=tmp_path / "plugin")


def said(launcher):
    done = launcher.run(b"{}", "tool")
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def stores(launcher):
    return list((launcher.data / "gate").glob("code-*"))


def test_modules_and_packages_are_found_as_python_finds_them(small):
    package = "orchestrator.gate.deep"
    assert said(small) == repr(("first", package, package + ".inner", package, ["tool"]))


def test_what_was_compiled_is_kept_and_used(small):
    said(small)
    (store,) = stores(small)
    before = store.stat()
    assert before.st_mode & 0o77 == 0
    store.write_bytes(store.read_bytes().replace(b"first", b"kept!"))
    assert "kept!" in said(small)
    assert store.stat().st_ino == before.st_ino


def test_a_changed_module_is_compiled_anew(small):
    said(small)
    other = small.plugin / "orchestrator" / "gate" / "other.py"
    other.write_text("VALUE = 'another'\n")
    assert "another" in said(small)
    time = other.stat().st_mtime_ns
    other.write_text("VALUE = 'changed'\n")
    os.utime(other, ns=(time + 1, time + 1))
    assert "changed" in said(small)
    (store,) = stores(small)
    assert said(small) == said(small)
    assert b"another" not in store.read_bytes()


def test_modules_that_are_gone_leave_the_store(small):
    said(small)
    (store,) = stores(small)
    moved = small.folder / "moved"
    small.plugin.rename(moved)
    said(Launcher(folder=small.folder, plugin=moved))
    content = store.read_bytes()
    assert str(moved).encode() in content
    assert str(small.plugin / "orchestrator").encode() not in content


INDEX_OF_OTHERS = [marshal.dumps(value) for value in ([1, 2], {"a": 1}, None, {1: (2, 3)}, 7)]
DAMAGED = [b"", b"x", b"{", b"-1", b" " * 20, b"9" * 20, b"%10d%10d" % (5, 10**9), b"%10d%10d" % (10**9, 5)]


@pytest.mark.parametrize("content", DAMAGED + [b"%10d%10d" % (20, len(index)) + index for index in INDEX_OF_OTHERS])
def test_a_damaged_store_is_written_anew(small, content):
    said(small)
    (store,) = stores(small)
    whole = store.read_bytes()
    store.write_bytes(content)
    assert "first" in said(small)
    assert len(store.read_bytes()) >= len(whole)


def test_damaged_modules_in_the_store_are_compiled_anew(small):
    said(small)
    (store,) = stores(small)
    whole = store.read_bytes()
    end = int(whole[:10])
    for damage in (b"\0", b"x", b"\xff"):
        store.write_bytes(whole[:20] + damage * (end - 20) + whole[end:])
        assert "first" in said(small)
    store.write_bytes(whole[:-3])
    assert "first" in said(small)


def test_a_store_that_is_a_pipe_is_not_waited_for(small):
    said(small)
    (store,) = stores(small)
    store.unlink()
    os.mkfifo(store)
    assert "first" in said(small)


def test_a_store_that_cannot_be_written_whole_leaves_nothing_behind(small):
    (small.data / "gate").mkdir(parents=True)
    code = "import os, resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\nos.execv('/bin/sh', ['sh', *sys.argv[1:]])"
    argv = [sys.executable, "-c", code, str(small.plugin / "hooks" / "gate"), "tool"]
    done = subprocess.run(argv, input=b"{}", capture_output=True, check=False, env=small.environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path.name for path in (small.data / "gate").iterdir()] == ["python"]


def test_nothing_of_the_project_is_loaded(tmp_path):
    launcher = Launcher(folder=tmp_path, env={"PYTHONPATH": str(tmp_path / "project"), "PYTHONSTARTUP": "x.py"})
    project = tmp_path / "project"
    (project / "orchestrator" / "gate").mkdir(parents=True)
    for name in (
        "orchestrator/__init__",
        "orchestrator/gate/__init__",
        "json",
        "posix",
        "re",
        "encodings",
        "sitecustomize",
    ):
        (project / f"{name}.py").write_text(f"open({str(tmp_path / 'mark')!r}, 'w')\n")
    done = launcher.run(encoded(event("psql -c 'drop table a'", cwd=str(project))), cwd=project)
    assert done.returncode == 2
    assert b"could not judge" not in done.stderr
    assert not (tmp_path / "mark").exists()
