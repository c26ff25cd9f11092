"""The modules that a hook process loads: what costs milliseconds is not among them, on any Python that is here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from launcher_process import ROOT, encoded, event

SLOW = {
    *("argparse", "base64", "collections", "contextlib", "dataclasses", "enum", "functools", "importlib", "inspect"),
    *("io", "json", "logging", "operator", "os", "pathlib", "re", "shlex", "site", "string", "subprocess", "tempfile"),
    *("traceback", "types", "typing", "warnings"),
}
COMMANDS = {
    "harmless": ("psql shop -c 'select * from orders'", 0),
    "risky": ("psql shop -c 'drop table orders'", 2),
    "everyday": ("npm test && git commit -m 'drop the old name'", 0),
    "wrapped": ("sudo -u postgres env PGHOST=db psql shop <<'END'\ndelete from orders;\nEND", 2),
}
NAMES = ["python3", *(f"python3.{minor}" for minor in range(9, 16))]


def interpreters():
    """Every Python from 3.9 on PATH and among the versions of pyenv, without wrappers."""
    found = {os.path.realpath(sys.executable)}
    folders = [None, "/usr/bin", *map(str, sorted(Path.home().glob(".pyenv/versions/3.*/bin")))]
    for name in NAMES:
        found |= {os.path.realpath(path) for folder in folders if (path := shutil.which(name, path=folder))}
    return sorted(
        path for path in found if "/shims/" not in path and output(path, "sys.version_info >= (3, 9)") == "True"
    )


def output(python, expression):
    argv = [python, "-I", "-S", "-c", f"import sys; print({expression})"]
    return subprocess.run(argv, capture_output=True, check=False, text=True).stdout.strip()


@pytest.mark.parametrize("python", interpreters())
@pytest.mark.parametrize("name", COMMANDS)
def test_a_judgement_loads_nothing_slow(tmp_path, python, name):
    command, code = COMMANDS[name]
    clean = {"HOME": str(tmp_path), "CLAUDE_PROJECT_DIR": str(tmp_path), "CLAUDE_PLUGIN_DATA": str(tmp_path / "data")}
    argv = [python, "-I", "-S", "-X", "importtime", ROOT / "hooks" / "gate.py", "bash"]
    done = subprocess.run(argv, input=encoded(event(command)), env=clean, capture_output=True, check=False)
    text = done.stderr.decode()
    assert done.returncode == code, text
    assert "could not judge" not in text
    loaded = {line.rpartition("|")[2].strip() for line in text.splitlines() if line.startswith("import time:")}
    assert "posix" in loaded
    bare = set(output(python, "*sys.modules").split())
    assert (loaded - bare) & SLOW == set()
