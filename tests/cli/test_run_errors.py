"""Bad input and bad luck: one clear error each, the right exit code, and nothing left behind."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestrator.pg import binaries, connect, scratch
from tests.cli.conftest import SMALL, TASK, TINY, Finished, orchestrate

QUERY = "SELECT id FROM notes WHERE owner = :owner"


@pytest.fixture
def notes(database: str) -> str:
    """A server with a table, standing in for the user's."""
    with connect.scratch(database) as connection:
        connection.execute("CREATE TABLE notes (id bigint PRIMARY KEY, owner int NOT NULL, body text)")
        connection.execute("INSERT INTO notes SELECT g, g % 50, 'note ' || g FROM generate_series(1, 3000) g")
        connection.execute("ANALYZE notes")
    return database


def one_error(finished: Finished, code: int) -> str:
    """The message, after checking that there is exactly one, that it is short, and that no result was printed."""
    assert finished.code == code, finished.stderr
    assert finished.stdout == ""
    assert finished.stderr.count("error: ") == 1
    assert "Traceback" not in finished.stderr
    message = next(line for line in finished.stderr.splitlines() if line.startswith("error: "))
    assert len(message) < 200
    return message


def write(folder: Path, text: str, name: str = "query.sql") -> str:
    path = folder / name
    path.write_text(text)
    return str(path)


def test_a_task_for_nobody_names_the_nearest_and_asks_one_question(tmp_path: Path) -> None:
    finished = orchestrate("plant a tree", "--project", str(tmp_path))
    assert "no agent fits" in one_error(finished, 3)
    assert "hint: " in finished.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_task_without_a_playbook_is_refused_before_anything_starts(tmp_path: Path) -> None:
    finished = orchestrate("create a schema for an invoicing app", "--project", str(tmp_path))
    assert "no playbook yet" in one_error(finished, 3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("dsn", "code", "says"),
    [
        ("host=127.0.0.1 port=1 dbname=nowhere connect_timeout=2", 3, "cannot connect"),
        ("host=/nonexistent-socket-folder dbname=nowhere", 3, "cannot connect"),
        ("postgres://user:pa ss@host:port/db", 2, "malformed"),
    ],
)
def test_a_broken_dsn_is_said_at_once(tmp_path: Path, dsn: str, code: int, says: str) -> None:
    query = write(tmp_path, QUERY)
    finished = orchestrate("make this query fast", "--dsn", dsn, "--query", query, "--project", str(tmp_path))
    assert says in one_error(finished, code)
    assert "pa ss" not in finished.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["query.sql"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DELETE FROM notes", "a DELETE statement"),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("SELEC id FROM notes", "syntax error"),
        ("", "0 statements"),
        ("WITH gone AS (DELETE FROM notes RETURNING id) SELECT * FROM gone", "changes rows"),
    ],
)
def test_a_query_that_is_not_one_select_is_refused(notes: str, tmp_path: Path, text: str, says: str) -> None:
    query = write(tmp_path, text)
    finished = orchestrate("make this query fast", "--dsn", notes, "--query", query, "--project", str(tmp_path))
    assert says in one_error(finished, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["query.sql"]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("SELECT id FROM absent WHERE owner = 1", 2, 'relation "absent" does not exist'),
        ("SELECT id FROM notes WHERE length(body) > :size", 2, "no value is known for parameter size"),
        ("SELECT nothing FROM notes", 3, "the query failed"),
    ],
)
def test_a_query_that_cannot_be_measured_says_why(notes: str, tmp_path: Path, text: str, code: int, says: str) -> None:
    query = write(tmp_path, text)
    finished = orchestrate("make this query fast", "--dsn", notes, "--query", query, "--project", str(tmp_path))
    assert says in one_error(finished, code)
    assert_no_server_of(tmp_path)


def test_a_query_that_takes_half_an_hour_is_given_up_after_the_timeout(notes: str, tmp_path: Path) -> None:
    query = write(tmp_path, "SELECT count(*) FROM notes a, notes b, notes c WHERE a.owner + b.owner + c.owner = 7")
    words = ("make this query fast", "--dsn", notes, "--query", query, "--project", str(tmp_path), "--timeout", "1")
    finished = orchestrate(*words)
    assert "did not finish within 1 s" in one_error(finished, 3)
    assert "--timeout" in finished.stderr
    assert "orchestrate resume" in finished.stderr
    assert_no_server_of(tmp_path)


def test_a_server_without_pgvector_is_named(tmp_path: Path) -> None:
    package = binaries.find().folder.parent.parent
    shutil.copytree(package, tmp_path / package.name, symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    shutil.copytree(libraries, tmp_path / libraries.name)
    for file in tmp_path.rglob("vector.control"):
        file.unlink()
    copy = tmp_path / package.name / "pginstall"
    project = tmp_path / "project"
    project.mkdir()
    finished = orchestrate(TASK, "--documents", SMALL, "--project", str(project), "--pg-bin", str(copy / "bin"))
    assert 'has no extension "vector"' in one_error(finished, 3)
    assert_no_server_of(project)


@pytest.fixture
def readonly_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder nobody can write to; as root that takes a mount."""
    folder = tmp_path / "readonly"
    folder.mkdir()
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_project_is_said_before_any_work(readonly_folder: Path) -> None:
    finished = orchestrate(TASK, "--documents", SMALL, "--project", str(readonly_folder))
    assert str(readonly_folder) in one_error(finished, 3)
    assert list(readonly_folder.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for an empty server but not for the demo."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0:
        yield folder
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m,mode=1777", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def limit_files() -> None:
    """As an ordinary user nothing can be mounted: no file may grow beyond 20 MB instead."""
    if os.geteuid() != 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20 << 20, 20 << 20))


def test_a_full_disk_ends_the_run_and_gives_the_room_back(small_disk: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    words = (TASK, "--documents", "30000", "--project", str(project))
    finished = orchestrate(*words, env={"TMPDIR": str(small_disk)}, preexec_fn=limit_files)
    message = one_error(finished, 3)
    assert "space" in message or "limit" in message
    assert_no_server_of(project)
    assert not [path for path in small_disk.glob("pgwright-*/*") if path.is_dir() and "bin" not in path.name]


@pytest.fixture(params=["100k", "400k"])
def tiny_context(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[], None]]:
    """A project whose context cannot take the steps of a run, at once or after some; calling it gives the room back."""
    if os.geteuid() == 0:
        options = f"size={request.param}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(tmp_path)], check=True)
        yield lambda: subprocess.run(["mount", "-o", "remount,size=20m", str(tmp_path)], check=True) and None
        subprocess.run(["umount", str(tmp_path)], check=True)
        return
    # An ordinary user can mount nothing: the file of the steps may not be written instead.
    engine = tmp_path / "context" / "runs" / "engine.sqlite"
    engine.parent.mkdir(parents=True)
    engine.touch(mode=0o444)
    yield lambda: engine.chmod(0o644)


def test_a_run_that_cannot_be_saved_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, tiny_context: Callable[[], None]
) -> None:
    finished = orchestrate(TASK, "--documents", TINY, "--project", str(tmp_path))
    assert "cannot save" in one_error(finished, 3)
    run_id = next(tmp_path.glob("context/runs/*/spec.json")).parent.name
    assert f"orchestrate resume {run_id}" in finished.stderr
    assert_no_server_of(tmp_path)
    tiny_context()
    resumed = orchestrate("resume", run_id, "--project", str(tmp_path), "--json")
    assert resumed.code == 0, resumed.stderr


def assert_no_server_of(project: Path) -> None:
    """No running server and no data folder of any run of this project."""
    noted = list(project.glob("context/runs/*/server.json"))
    folders = {line.split('"')[3] for path in noted for line in [path.read_text()]}
    assert not [each for each in scratch.instances() if str(each.directory) in folders]
    assert not [folder for folder in folders if Path(folder).exists()]
