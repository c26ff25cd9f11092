"""How the server is started, what it reads, how it ends, and what stands in for it where it is not installed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mcp_client import command, environment

from orchestrator.plugin import paths

ROOT = paths.PACKAGE.parent
SECRET = "hunter2-secret"
NOWHERE = f"postgresql://me:{SECRET}@127.0.0.1:1/shop"


def test_a_tool_that_needs_a_server_says_what_to_set(client):
    session = client()
    for tool, given in (("inspect", {}), ("execute_sql", {"sql": "SELECT 1"}), ("tune", {"sql": "SELECT 1"})):
        found = session.call(tool, **given)
        assert found.failed
        assert "no database server is named" in found.text
        assert "DATABASE_URI" in found.text
    assert not session.call("recall", query="anything").failed


@pytest.mark.pg
@pytest.mark.parametrize(
    ("variables", "words", "wanted"),
    [
        ({"ORCHESTRATE_DSN": "{}", "DATABASE_URI": NOWHERE, "DATABASE_URL": NOWHERE}, [], True),
        ({"DATABASE_URI": "{}", "DATABASE_URL": NOWHERE, "PGHOST": "nowhere"}, [], True),
        ({"ORCHESTRATE_DSN": NOWHERE}, ["--dsn", "{}"], True),
        ({"DATABASE_URL": NOWHERE}, [], False),
    ],
)
def test_the_first_name_of_a_server_wins(client, database, variables, words, wanted):
    env = {name: value.replace("{}", database) for name, value in variables.items()}
    found = client(*[word.replace("{}", database) for word in words], env=env).call("execute_sql", sql="SELECT 1")
    assert found.failed is not wanted


@pytest.mark.pg
def test_libpq_finds_the_server_by_its_own_variables(client, server, database):
    from psycopg.conninfo import conninfo_to_dict

    words = conninfo_to_dict(database)
    env = {"PGHOST": words["host"], "PGDATABASE": words["dbname"], "PGUSER": words["user"], "PGPORT": words["port"]}
    found = client(env=env).call("execute_sql", sql="SELECT current_database() AS name")
    assert json.loads(found.text) == [{"name": words["dbname"]}]


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"DATABASE_URL": NOWHERE}, []),
        ({"DATABASE_URL": NOWHERE.replace("postgresql", "postgresql+asyncpg")}, []),
        ({}, ["--dsn", f"host=127.0.0.1 port=1 password={SECRET} dbname=x"]),
        ({"PGHOST": "127.0.0.1", "PGPORT": "1", "PGPASSWORD": SECRET}, []),
        ({"DATABASE_URL": f"postgresql://me:{SECRET}/x@host/db"}, []),
        ({"DATABASE_URL": f"postgresql://me:{SECRET}@[bad:99x/db"}, []),
    ],
)
def test_a_password_is_never_shown(client, env, words):
    session = client(*words, env=env)
    for tool, given in (("inspect", {}), ("execute_sql", {"sql": "SELECT 1"}), ("explain", {"sql": "SELECT 1"})):
        found = session.call(tool, **given)
        assert found.failed
        assert SECRET not in found.text
    assert SECRET not in session.errors.read_text()


def test_a_mistake_of_ours_is_no_traceback_for_the_client(client, project):
    (project / "context").mkdir()
    (project / "context" / "session").mkdir()
    (project / "context" / "session" / "state.json").write_text("[" * 100_000)
    found = client().call("show_context")
    assert found.failed
    assert found.text.startswith("error: ")
    assert "Traceback" not in found.text


def test_arguments_that_do_not_fit_are_told_in_one_line(client):
    found = client().call("recall", query="x", limit=0)
    assert found.failed
    assert found.text.splitlines()[0] == "error: the arguments do not fit the tool recall"
    assert "pydantic" not in found.text


def started(folder: Path, **options) -> subprocess.Popen:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command(), env=environment(folder), cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe, **options
    )


def initialize(process: subprocess.Popen) -> dict:
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@pytest.fixture
def _mcp():
    pytest.importorskip("mcp.server", reason="needs the package mcp: pip install mcp")


@pytest.mark.usefixtures("_mcp")
def test_the_server_answers_long_before_the_client_gives_up(tmp_path):
    began = time.monotonic()
    process = started(tmp_path)
    assert initialize(process)["result"]["serverInfo"]["name"] == "pgwright"
    assert time.monotonic() - began < 10
    process.stdin.close()
    assert process.wait(10) == 0
    assert process.stderr.read() == b""


@pytest.mark.usefixtures("_mcp")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_at_once_and_quietly(tmp_path, number):
    process = started(tmp_path)
    initialize(process)
    process.send_signal(number)
    assert process.wait(5) == 130
    assert process.stderr.read() == b""


@pytest.mark.usefixtures("_mcp")
def test_only_the_protocol_is_on_standard_output(tmp_path):
    process = started(tmp_path)
    initialize(process)
    process.stdin.write(b"this is no JSON\n")
    call = {"name": "route", "arguments": {"task": "optimize hybrid search"}}
    process.stdin.write(
        json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}).encode() + b"\n"
    )
    process.stdin.close()
    for line in process.stdout.read().splitlines():
        assert json.loads(line)["jsonrpc"] == "2.0"
    process.wait(10)


# The launcher


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """The plugin without an installed program beside it."""
    for part in ("bin/orchestrate", "orchestrator/mcp_server/absent.py"):
        target = tmp_path / "plugin" / part
        target.parent.mkdir(parents=True)
        shutil.copy(ROOT / part, target)
    return tmp_path / "plugin"


def fake(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {says} $*\n")
    path.chmod(0o755)
    return path


def launch(plugin: Path, *words: str, shell: str = "sh", cwd: Path | None = None, given: bytes = b"", **env: str):
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(plugin.parent / "home")} | env
    return subprocess.run(
        [shell, plugin / "bin/orchestrate", *words],
        env=variables,
        cwd=cwd or plugin.parent,
        input=given,
        capture_output=True,
        timeout=30,
        check=False,
    )


SHELLS = [shell for shell in ("sh", "bash", "dash", "busybox") if shutil.which(shell)]


@pytest.mark.parametrize("shell", [shell for shell in SHELLS if shell != "busybox"])
def test_without_a_program_a_command_says_how_to_install_it(plugin, shell):
    done = launch(plugin, "run", "x", shell=shell)
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.startswith(b"error: the program of pgwright is not installed")
    assert f"hint: pipx install '{plugin}'".encode() in done.stderr


def test_the_program_is_found_where_it_may_be_in_this_order(plugin, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    home = fake(tmp_path / "home/.local/bin/orchestrate", "home")
    assert launch(plugin, "a", cwd=folder).stdout == b"home a\n"
    place = fake(tmp_path / "place/orchestrate", "path").parent
    env = {"PATH": f"{plugin / 'bin'}:{place}:/usr/bin:/bin"}
    assert launch(plugin, "a", cwd=folder, **env).stdout == b"path a\n"
    fake(plugin / ".venv/bin/orchestrate", "clone")
    assert launch(plugin, "a", cwd=folder, **env).stdout == b"clone a\n"
    named = fake(tmp_path / "named/any-name", "named")
    assert launch(plugin, "a", cwd=folder, ORCHESTRATE_PROGRAM=str(named), **env).stdout == b"named a\n"
    assert home.exists()


def test_a_program_of_the_users_project_is_never_run(plugin, tmp_path):
    project = tmp_path / "project"
    evil = fake(project / ".venv/bin/orchestrate", "evil")
    link = tmp_path / "links" / "orchestrate"
    link.parent.mkdir()
    link.symlink_to(evil)
    for env in (
        {"PATH": f"{evil.parent}:/usr/bin:/bin"},
        {"PATH": ".venv/bin:.:/usr/bin:/bin"},
        {"PATH": f"{link.parent}:/usr/bin:/bin"},
        {"ORCHESTRATE_PROGRAM": str(evil)},
        {"ORCHESTRATE_PROGRAM": str(project / "x/../.venv/bin/orchestrate")},
        {"CLAUDE_PROJECT_DIR": str(project), "ORCHESTRATE_PROGRAM": str(link)},
    ):
        done = launch(plugin, "a", cwd=project, **env)
        assert (done.returncode, done.stdout) == (3, b"")


def test_two_launchers_do_not_call_each_other(plugin, tmp_path):
    other = tmp_path / "other/bin"
    shutil.copytree(plugin / "bin", other)
    done = launch(plugin, "a", PATH=f"{other}:{plugin / 'bin'}:/usr/bin:/bin")
    assert done.returncode == 3


def test_a_program_in_the_home_folder_runs_where_home_is_the_project(plugin, tmp_path):
    fake(tmp_path / "home/.local/bin/orchestrate", "home")
    assert launch(plugin, "a", cwd=tmp_path / "home").stdout == b"home a\n"


def test_the_clone_of_the_plugin_may_be_the_project(plugin):
    fake(plugin / ".venv/bin/orchestrate", "clone")
    assert launch(plugin, "a", cwd=plugin).stdout == b"clone a\n"


def test_without_a_program_the_client_is_told_by_a_server_without_tools(plugin, client):
    argv = ["/bin/sh", str(plugin / "bin/orchestrate"), "mcp"]
    session = client(argv=argv, env={"PATH": "/usr/bin:/bin"})
    assert session.tools() == {}
    assert f"pipx install '{plugin}'" in session.instructions()


REQUESTS = b"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
{"jsonrpc":"2.0","id":2,"method":"tools/list"}
nonsense
{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"recall"}}
{"jsonrpc":"2.0","id":4,"method":"resources/list"}
{"jsonrpc":"2.0","id":5,"method":"initialize","params":null}
"""


def test_the_server_without_tools_answers_every_request(plugin):
    done = launch(plugin, "mcp", given=REQUESTS)
    assert done.returncode == 0
    assert done.stderr == b""
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in answers] == [1, 2, None, 3, 4, 5]
    assert answers[0]["result"]["protocolVersion"] == "2025-11-25"
    assert answers[1]["result"] == {"tools": []}
    assert answers[3]["result"]["isError"] is True
    assert answers[4]["error"]["code"] == -32601


NO_MCP = """
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "mcp" else find(name, *rest)
"""


def without_mcp(tmp_path: Path) -> dict[str, str]:
    """An environment in which the package mcp cannot be found."""
    (tmp_path / "sitecustomize.py").write_text(NO_MCP)
    return environment(tmp_path) | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}


def test_a_missing_package_is_named_with_the_way_to_install_it(tmp_path):
    done = subprocess.run(command(), env=without_mcp(tmp_path), input=b"", capture_output=True, timeout=30, check=False)
    assert done.returncode == 3
    assert done.stdout == b""
    assert b"hint: pip install mcp" in done.stderr


def test_a_client_is_told_of_a_missing_package_instead_of_a_failed_start(tmp_path):
    env = without_mcp(tmp_path) | {"ORCHESTRATE_EXPLAIN": "1"}
    done = subprocess.run(command(), env=env, input=REQUESTS, capture_output=True, timeout=30, check=False)
    assert done.returncode == 0
    assert "pip install mcp" in json.loads(done.stdout.splitlines()[0])["result"]["instructions"]


def test_the_client_starts_the_launcher():
    server = json.loads((ROOT / ".mcp.json").read_text())["mcpServers"]["pgwright"]
    assert [server["command"], *server["args"]] == ["/bin/sh", "${CLAUDE_PLUGIN_ROOT}/bin/orchestrate", "mcp"]
    assert os.access(ROOT / "bin/orchestrate", os.X_OK)


def test_the_launcher_passes_shellcheck():
    shellcheck = Path(sys.executable).parent / "shellcheck"
    if not shellcheck.exists():
        pytest.skip("needs shellcheck: pip install 'pgwright[dev]'")
    done = subprocess.run([shellcheck, ROOT / "bin/orchestrate"], capture_output=True, text=True, check=False)
    assert done.stdout == ""
