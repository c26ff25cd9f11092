"""What tests/conftest.py promises of every test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKIPS = "import pytest\ndef test_passes(): pass\ndef test_skips(): pytest.skip('install x')\n"
GOLDEN = "def test_golden(golden): golden('greeting.txt', 'hello\\n')\n"


@pytest.fixture
def run(tmp_path):
    """Runs a test file under our conftest, with and without CI."""

    def run_pytest(text, *options, ci=""):
        shutil.copy(HERE / "conftest.py", tmp_path)
        (tmp_path / "test_it.py").write_text(text)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(tmp_path)]
        env = {name: value for name, value in os.environ.items() if name != "CI"} | ({"CI": ci} if ci else {})
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env | {"PYTHONPATH": str(HERE.parent)},
            check=False,
        )

    return run_pytest


def test_a_skip_fails_the_run_on_ci_only(run):
    assert run(SKIPS).returncode == 0
    on_ci = run(SKIPS, ci="true")
    assert on_ci.returncode == 1
    assert "1 skipped: on CI every test has to run" in on_ci.stdout


def test_a_golden_file_is_compared_and_rewritten_when_asked(run, tmp_path):
    assert "run pytest --update-golden" in run(GOLDEN).stdout
    assert run(GOLDEN, "--update-golden").returncode == 0
    assert (tmp_path / "golden" / "greeting.txt").read_text() == "hello\n"
    assert "1 failed, 1 passed" in run(GOLDEN + GOLDEN.replace("hello", "bye").replace("test_", "test_other_")).stdout
