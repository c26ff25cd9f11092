"""Processes that own disposable servers, so that a test can end them in any way; and temp folders of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from orchestrator.pg import account, folders, scratch, supervisor

ROOT = os.geteuid() == 0
PROJECT = Path(__file__).parents[2]

OWNER = """
import json, os, resource, signal, sys, tempfile
from pathlib import Path
wanted = json.loads(sys.argv[1])
if limit := wanted.pop("file_limit", None):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
if temp := wanted.pop("temp", None):
    tempfile.tempdir = temp
before, after = wanted.pop("before", ""), wanted.pop("after", "")
from orchestrator.model.errors import OrchestrateError
from orchestrator.pg import connect, scratch, supervisor
exec(before)
paths = {name: Path(wanted.pop(name)) for name in ("directory", "pg_bin") if wanted.get(name)}
try:
    server = scratch.start(**paths, **wanted)
except OrchestrateError as error:
    base = Path(tempfile.gettempdir()) / f"pgwright-{os.geteuid()}"
    left = sorted(path.name for path in base.iterdir()) if base.is_dir() else []
    print(json.dumps(error.as_json() | {"left": left}), flush=True)
    sys.exit(error.exit_code)
record = supervisor.read_record(server.directory)
said = {"directory": str(server.directory), "dsn": server.dsn(), "pid": server.pid, "uid": os.geteuid()}
print(json.dumps(said | {"supervisor": record["supervisor"], "binaries": str(server.binaries)}), flush=True)
exec(after)
sys.stdin.read()
"""


@dataclass(kw_only=True)
class Interpreter:
    """A Python with our code in it that `uid` can run."""

    argv: list[str]
    env: dict[str, str]
    uid: int | None  # None: as we are

    def who(self) -> dict[str, Any]:
        return {} if self.uid is None else {"user": self.uid, "group": self.uid, "extra_groups": []}


@dataclass(kw_only=True)
class Owner:
    """A process that has started a server, or said why not, and now waits until its standard input ends."""

    process: subprocess.Popen[bytes]
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def directory(self) -> Path:
        return Path(self.said["directory"])

    @property
    def dsn(self) -> str:
        return str(self.said["dsn"])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()

    def kill_supervisor(self) -> None:
        os.kill(self.said["supervisor"]["pid"], signal.SIGKILL)
        assert supervisor.wait_until(self.is_wound_up, 10.0)

    def kill_postmaster(self) -> None:
        os.kill(self.said["pid"], signal.SIGKILL)

    def is_wound_up(self) -> bool:
        """The supervisor, which a dead owner's server ends with, has ended too."""
        return not supervisor.is_alive(self.said.get("supervisor"))

    def server_runs(self) -> bool:
        return bool(supervisor.processes_in(self.directory / "data"))


def own_python(uid: int | None) -> Interpreter:
    path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH", ""))))
    return Interpreter(argv=[sys.executable], env={"PYTHONPATH": path}, uid=uid)


def copied_python(into: Path, uid: int) -> Interpreter:
    """The interpreter and the few packages needed, where everybody can read them."""
    stdlib = Path(sysconfig.get_path("stdlib"))
    unneeded = shutil.ignore_patterns(
        "site-packages", "dist-packages", "test", "idlelib", "tkinter", "ensurepip", "config-*"
    )
    shutil.copytree(stdlib, into / "lib" / stdlib.name, ignore=unneeded, symlinks=True)
    (into / "bin").mkdir()
    shutil.copy(Path(sys.executable).resolve(), into / "bin" / "python3")
    if sysconfig.get_config_var("Py_ENABLE_SHARED"):
        for library in Path(sysconfig.get_config_var("LIBDIR")).glob("libpython*"):
            shutil.copy(library, into / "lib")
    packages = into / "packages"
    shutil.copytree(PROJECT / "orchestrator", packages / "orchestrator", ignore=shutil.ignore_patterns("data"))
    installed = Path(sysconfig.get_path("purelib"))
    for name in ("psycopg", "psycopg_binary", "psycopg_binary.libs"):
        shutil.copytree(installed / name, packages / name)
    shutil.copy(installed / "typing_extensions.py", packages)
    env = {"PYTHONPATH": str(packages), "LD_LIBRARY_PATH": str(into / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
    return Interpreter(argv=[str(into / "bin" / "python3")], env=env, uid=uid)


@pytest.fixture(scope="session")
def ordinary_python() -> Iterator[Interpreter]:
    """For a process that is not root's. Started by root, it is the unprivileged account's."""
    who = account.unprivileged()
    if not ROOT or who is None:
        yield own_python(None)
        return
    direct = own_python(who.uid)
    if who.can_run(
        sys.executable, "-c", f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import orchestrator, psycopg"
    ):
        yield direct
        return
    into = Path(tempfile.mkdtemp(prefix="pgwright-python-"))
    into.chmod(0o755)
    yield copied_python(into, who.uid or 0)
    shutil.rmtree(into)


@pytest.fixture(params=["root", "ordinary"] if ROOT else ["ordinary"])
def python(request: pytest.FixtureRequest) -> Interpreter:
    """Every test that uses this runs as root, if we are root, and as an ordinary user."""
    if request.param == "root":
        return own_python(None)
    found: Interpreter = request.getfixturevalue("ordinary_python")
    return found


@pytest.fixture
def temp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temp folder for this test alone, which every account can use. No server may be left in it."""
    folder = Path(tempfile.mkdtemp(prefix="pgw", dir=folders.SHORT_FOLDER))
    folder.chmod(0o1777)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    left = [data for data in folder.rglob("data") if supervisor.processes_in(data)]
    for data in left:
        supervisor.end_leftovers(data)
    supervisor.remove_tree(folder)
    assert not left


@pytest.fixture
def launch_owner(server: scratch.Server, temp: Path) -> Iterator[Callable[..., Owner]]:
    """Starts an owner: launch_owner(python, keep=True, ...) as for scratch.start, and env, wrap, before, after."""
    owners: list[Owner] = []

    def launch(
        python: Interpreter, *, env: dict[str, str] | None = None, wrap: tuple[str, ...] = (), **wanted: Any
    ) -> Owner:
        owner = _spawn(python, env or {}, wrap, {"pg_bin": str(server.binaries)} | wanted)
        owners.append(owner)
        owner.said = json.loads(owner.process.stdout.readline())
        assert owner.said.get("uid", python.uid) == (python.uid if python.uid is not None else owner.said.get("uid"))
        return owner

    yield launch
    for owner in owners:
        owner.kill()
        assert supervisor.wait_until(owner.is_wound_up, 10.0)


def _spawn(python: Interpreter, env: dict[str, str], wrap: tuple[str, ...], wanted: dict[str, Any]) -> Owner:
    process = subprocess.Popen(
        [*wrap, *python.argv, "-c", OWNER, json.dumps(wanted)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
        env={"PATH": os.environ["PATH"], "TMPDIR": tempfile.gettempdir()} | python.env | env,
        start_new_session=True,
        **python.who(),
    )
    return Owner(process=process)
