"""Disposable servers when something is killed: what ends, what stays, and what a later start or sweep finds."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from conftest import PROJECT, own_python

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import connect, folders, scratch, supervisor

pytestmark = pytest.mark.pg
PATIENCE_S = 20.0


def within_deadline(happened):
    return supervisor.wait_until(happened, PATIENCE_S)


def write_row(dsn):
    with connect.scratch(dsn) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (42)")


def rows(dsn):
    with connect.scratch(dsn) as connection:
        return connection.execute("SELECT id FROM kept").fetchall()


def test_a_killed_owner_leaves_no_server_and_no_folder(python, launch_owner):
    owner = launch_owner(python)
    owner.kill()
    assert within_deadline(lambda: not owner.directory.exists())
    assert not owner.server_runs()
    assert within_deadline(owner.is_wound_up)


def test_an_owner_that_just_ends_leaves_nothing(python, launch_owner):
    owner = launch_owner(python)
    owner.process.stdin.close()
    assert owner.process.wait(PATIENCE_S) == 0
    assert within_deadline(lambda: not owner.directory.exists())


def test_a_killed_owner_of_a_kept_server_leaves_its_data(python, launch_owner):
    owner = launch_owner(python, keep=True)
    write_row(owner.dsn)
    owner.kill()
    assert within_deadline(lambda: not owner.server_runs())
    again = launch_owner(python, directory=str(owner.directory), keep=True)
    assert again.directory == owner.directory
    assert rows(again.dsn) == [(42,)]


def test_a_restart_does_not_wait_to_be_told_that_the_old_server_is_down(python, launch_owner):
    owner = launch_owner(python, keep=True)
    write_row(owner.dsn)
    owner.kill()
    again = launch_owner(python, directory=str(owner.directory))
    assert rows(again.dsn) == [(42,)]


@pytest.mark.parametrize("victims", ["supervisor owner", "owner supervisor postmaster", "postmaster supervisor owner"])
def test_committed_rows_survive_whatever_is_killed(python, launch_owner, victims):
    owner = launch_owner(python, keep=True)
    write_row(owner.dsn)
    for victim in victims.split():
        {"owner": owner.kill, "supervisor": owner.kill_supervisor, "postmaster": owner.kill_postmaster}[victim]()
    again = launch_owner(python, directory=str(owner.directory), keep=True)
    assert again.said["pid"] != owner.said["pid"]
    assert rows(again.dsn) == [(42,)]


def test_a_busy_session_of_a_killed_server_does_not_block_the_next_start(python, launch_owner):
    owner = launch_owner(python, keep=True)
    write_row(owner.dsn)
    connection = connect.scratch(owner.dsn)
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000000)")
    connection.pgconn.flush()
    owner.kill_postmaster()
    owner.kill_supervisor()
    owner.kill()
    again = launch_owner(python, directory=str(owner.directory))
    connection.close()
    assert rows(again.dsn) == [(42,)]


@pytest.mark.parametrize("victim", ["postmaster", "supervisor"])
def test_the_owner_itself_can_start_again_after_a_crash(temp, victim):
    server = scratch.start(keep=True)
    write_row(server.dsn())
    record = supervisor.read_record(server.directory)
    os.kill(record[victim]["pid"], signal.SIGKILL)
    assert within_deadline(lambda: not supervisor.is_alive(record[victim]))
    with scratch.running(server.directory) as again:
        assert again.system_identifier == server.system_identifier
        assert rows(again.dsn()) == [(42,)]
    assert not server.directory.exists()


def test_a_crashed_server_can_be_stopped(temp):
    server = scratch.start()
    for part in ("postmaster", "supervisor"):
        os.kill(supervisor.read_record(server.directory)[part]["pid"], signal.SIGKILL)
    scratch.stop(server)
    assert not server.directory.exists()
    assert not supervisor.processes_in(server.directory / "data")


def test_a_server_can_be_stopped_from_another_process(temp):
    server = scratch.start(keep=True)
    code = """
import pickle, sys
from orchestrator.pg import scratch
scratch.stop(pickle.load(sys.stdin.buffer), remove={})
"""
    for remove in (False, True):
        subprocess.run(
            [sys.executable, "-c", code.format(remove)], input=pickle.dumps(server), check=True, timeout=60, cwd=PROJECT
        )
        assert not supervisor.processes_in(server.directory / "data")
        assert server.directory.exists() is not remove
    scratch.stop(server)


@pytest.mark.parametrize("owner_ends_first", [True, False])
def test_a_sweep_ends_a_server_that_nobody_owns(launch_owner, temp, owner_ends_first):
    owner = launch_owner(own_python(None))
    os.kill(owner.said["supervisor"]["pid"], signal.SIGSTOP)  # or it would do the work
    if owner_ends_first:
        owner.kill()
        owner.kill_supervisor()
    else:
        owner.kill_supervisor()
        owner.kill()
    assert within_deadline(owner.is_wound_up)
    assert owner.server_runs()
    (swept,) = scratch.sweep()
    assert (swept.directory, swept.pid) == (owner.directory, owner.said["pid"])
    assert not owner.server_runs()
    assert not owner.directory.exists()
    assert scratch.sweep() == []


def test_a_sweep_leaves_kept_data_until_they_are_old(launch_owner, temp):
    owner = launch_owner(own_python(None), keep=True)
    owner.kill_supervisor()
    owner.kill()
    (swept,) = scratch.sweep()
    assert swept.reason.endswith("data kept")
    assert owner.directory.exists()
    assert scratch.sweep() == []
    (swept,) = scratch.sweep(max_age_s=0)
    assert (swept.directory, swept.pid) == (owner.directory, None)
    assert not owner.directory.exists()


def test_a_start_sweeps_what_others_left(launch_owner, temp):
    owner = launch_owner(own_python(None))
    owner.kill_supervisor()
    owner.kill()
    with scratch.running():
        assert not owner.directory.exists()
        assert not owner.server_runs()


def test_a_sweep_does_not_touch_what_has_a_living_owner(launch_owner, temp):
    owner = launch_owner(own_python(None))
    owner.kill_supervisor()
    assert scratch.sweep(max_age_s=0) == []
    write_row(owner.dsn)
    owner.kill()
    assert len(scratch.sweep()) == 1


def test_a_process_number_that_was_given_again_is_nobodys_owner(temp):
    me = supervisor.identity(os.getpid())
    record = {"kept": False, "started_at": folders.now(), "owner": me, "supervisor": None, "postmaster": None}
    directory = folders.create(folders.base())
    supervisor.write_record(directory, record)
    assert scratch.sweep() == []
    supervisor.write_record(directory, record | {"owner": me | {"started": me["started"] - 1}})
    assert [swept.directory for swept in scratch.sweep()] == [directory]
    assert me == supervisor.identity(os.getpid())


def test_a_folder_whose_start_was_killed_early_is_swept_after_a_while(temp):
    directory = folders.create(folders.base())
    assert scratch.sweep() == []
    os.utime(directory, (0, 0))
    assert [swept.directory for swept in scratch.sweep()] == [directory]


def test_a_child_that_the_owner_forked_does_not_keep_the_server(launch_owner):
    after = "child = os.fork()\nif not child:\n    signal.pause()\nprint(child, flush=True)"
    owner = launch_owner(own_python(None), after=after)
    child = int(owner.process.stdout.readline())
    try:
        owner.kill()
        assert within_deadline(lambda: not owner.directory.exists())
    finally:
        os.kill(child, signal.SIGKILL)


def test_an_interrupt_in_the_terminal_does_not_reach_the_server(launch_owner):
    owner = launch_owner(own_python(None), before="signal.signal(signal.SIGINT, signal.SIG_IGN)")
    os.killpg(owner.process.pid, signal.SIGINT)
    write_row(owner.dsn)
    assert rows(owner.dsn) == [(42,)]


def test_the_server_does_not_hold_the_callers_pipes(python, launch_owner):
    joined = ("sh", "-c", 'exec "$@" 2>&1', "sh")
    owner = launch_owner(python, wrap=joined, after="os.close(1); os.close(2)")
    reader = threading.Thread(target=owner.process.stdout.read, daemon=True)
    reader.start()
    reader.join(PATIENCE_S)
    assert not reader.is_alive()
    assert owner.server_runs()


def test_one_owners_end_does_not_wait_for_anothers(launch_owner):
    first, second = launch_owner(own_python(None)), launch_owner(own_python(None))
    first.kill()
    assert within_deadline(lambda: not first.directory.exists())
    write_row(second.dsn)


def test_a_second_process_cannot_start_a_running_instance(launch_owner):
    python = own_python(None)
    owner = launch_owner(python, keep=True)
    second = launch_owner(python, directory=str(owner.directory))
    assert second.process.wait(PATIENCE_S) == 3
    assert f"in use by process {owner.process.pid}" in second.said["message"]
    write_row(owner.dsn)


def test_of_two_processes_that_start_one_folder_one_gets_it(launch_owner, temp):
    with scratch.running(keep=True) as server:
        write_row(server.dsn())
    python, said = own_python(None), []
    threads = [
        threading.Thread(
            target=lambda: said.append(launch_owner(python, directory=str(server.directory), keep=True).said)
        )
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    loser, winner = sorted(said, key=lambda words: "dsn" in words)
    assert "in use by process" in loser["message"]
    assert rows(winner["dsn"]) == [(42,)]


def test_this_process_cannot_start_its_own_running_instance_twice(temp):
    with scratch.running() as server:
        with pytest.raises(CouldNotFindOut, match=f"in use by process {os.getpid()}"):
            scratch.start(server.directory)
        write_row(server.dsn())


def test_a_stale_lock_file_whose_process_number_is_in_use_again_is_no_obstacle(server, temp):
    with scratch.running(keep=True) as stopped:
        pass
    lock = (server.directory / "data" / "postmaster.pid").read_text()
    (stopped.directory / "data" / "postmaster.pid").write_text(lock)
    with scratch.running(stopped.directory) as again:
        assert again.system_identifier == stopped.system_identifier
    assert supervisor.processes_in(server.directory / "data")


def changed(directory, **words):
    supervisor.write_record(directory, supervisor.read_record(directory) | words)


def test_data_of_before_a_power_cut_are_refused(temp):
    with scratch.running(keep=True) as server:
        pass
    changed(server.directory, owner={"pid": 1, "started": 1, "boot": "an earlier one"})
    (server.directory / "data" / "postmaster.pid").touch()
    with pytest.raises(CouldNotFindOut, match="not stopped before the machine was"):
        scratch.start(server.directory)
    assert (server.directory / "data" / "PG_VERSION").exists()
    (server.directory / "data" / "postmaster.pid").unlink()  # stopped cleanly after all
    with scratch.running(server.directory) as again:
        assert again.system_identifier == server.system_identifier


def test_data_of_another_version_are_refused_and_stay(temp):
    with scratch.running(keep=True) as server:
        pass
    version = server.directory / "data" / "PG_VERSION"
    right = version.read_text()
    version.write_text("13\n")
    with pytest.raises(CouldNotFindOut, match=r"are of PostgreSQL 13, the programs are"):
        scratch.start(server.directory)
    version.write_text(right)
    with scratch.running(server.directory):
        pass


def test_a_cluster_that_was_not_finished_is_made_again(temp):
    with scratch.running(keep=True) as server:
        pass
    changed(server.directory, initialized=False)
    with scratch.running(server.directory) as again:
        assert again.system_identifier != server.system_identifier


def test_a_failed_restart_leaves_the_data(temp):
    with scratch.running(keep=True) as server:
        write_row(server.dsn())
    with pytest.raises(CouldNotFindOut):
        scratch.start(server.directory, settings={"work_mem": "seven"})
    with scratch.running(server.directory) as again:
        assert rows(again.dsn()) == [(42,)]


@pytest.mark.parametrize("name", ["gone", "."])
def test_a_folder_without_an_instance_is_named(temp, name):
    with pytest.raises(CouldNotFindOut, match="no disposable server of this user in"):
        scratch.start(temp / name)
    assert not (temp / "lock").exists()


def test_an_owner_killed_while_it_starts_leaves_nothing_for_long(python, launch_owner, temp):
    slow = "scratch._await_ready = lambda *_: (print(json.dumps({}), flush=True), signal.pause())"
    owner = launch_owner(python, before=slow)
    owner.kill()
    base = Path(tempfile.gettempdir()) / f"pgwright-{python.uid or os.geteuid()}"
    assert within_deadline(lambda: list(base.iterdir()) == [])


def test_records_are_written_whole(temp):
    (temp / supervisor.RECORD).write_text('{"kept": tr')
    assert supervisor.read_record(temp) is None
    supervisor.write_record(temp, {"kept": True, "owner": {}, "postmaster": None, "started_at": "now"})
    assert json.loads((temp / supervisor.RECORD).read_text())["kept"] is True
    assert [path.name for path in temp.iterdir()] == [supervisor.RECORD]
