"""The gate is in the installed package, too, and works from there."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest
from launcher_process import ROOT, Launcher, encoded, event


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages" / "orchestrator" / "_plugin"


@pytest.mark.parametrize(("command", "code"), [("psql -c 'SELECT 1'", 0), ("psql -c 'DROP TABLE orders'", 2)])
def test_the_gate_of_the_installed_package_decides(installed, tmp_path, command, code):
    done = Launcher(folder=tmp_path, plugin=installed).run(encoded(event(command)))
    assert done.returncode == code
    assert b"could not judge" not in done.stderr


def test_the_wiring_is_installed_as_well(installed):
    assert (installed / "hooks" / "hooks.json").read_bytes() == (ROOT / "hooks" / "hooks.json").read_bytes()
