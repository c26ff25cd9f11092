"""Disposable PostgreSQL servers: started for one process, stopped when it ends, whatever ends it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import account, binaries, connect, folders, launch, settings, sql, supervisor
from orchestrator.pg.account import Account
from orchestrator.pg.binaries import Binaries
from orchestrator.pg.folders import Instance, Swept, instances, sweep
from orchestrator.pg.launch import Launch, Plan

__all__ = ["Instance", "Server", "Swept", "create_database", "instances", "running", "start", "stop", "sweep"]

POLL_S: Final = 0.01

# The servers that this process started, by folder; a forked child inherits the pipes but is not the owner.
_launches: dict[Path, Launch] = {}


@dataclass(frozen=True, kw_only=True)
class Server:
    directory: Path
    socket_directory: Path
    version: str
    version_num: int
    system_identifier: str
    pid: int
    binaries: Path
    source: str

    def dsn(self, dbname: str = "postgres") -> str:
        """Connection string in libpq's keyword form: Unix socket, user postgres, no password."""
        return _dsn(self.socket_directory, dbname)


def _dsn(socket_directory: Path, dbname: str) -> str:
    words = {"host": str(socket_directory), "port": "5432", "user": "postgres", "dbname": dbname}
    return " ".join(f"{key}={_quoted(value)}" for key, value in words.items())


def _quoted(value: str) -> str:
    if value.isidentifier() or value.isdecimal():
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def start(
    directory: Path | None = None,
    *,
    keep: bool = False,
    pg_bin: Path | None = None,
    settings: Mapping[str, str] | None = None,
    deadline_s: float = 60.0,
    created: Callable[[Path], None] = lambda _: None,
) -> Server:
    """A running server, ready for connections. `created` is told the folder of a fresh one before it boots.

    Without `directory` it is a fresh one. With the folder of an earlier instance, that one is started again with its
    data. `keep` leaves the data on disk when this process ends; else the folder goes with it. Raises CouldNotFindOut
    when no server can be had, and leaves nothing behind then, except data that were there before.
    """
    end = time.monotonic() + deadline_s
    sweep()
    found = binaries.find(pg_bin)
    if directory is None:
        return _start_fresh(found, keep, settings or {}, end, created)
    return _start_again(directory.absolute(), found, keep, settings or {}, end)


def _start_fresh(
    found: Binaries, keep: bool, wanted: Mapping[str, str], end: float, created: Callable[[Path], None]
) -> Server:
    inside = folders.base()
    who, programs = _account_for(found, inside)
    directory = folders.create(inside)
    try:
        with _held(directory, end) as lock:
            plan = _plan(directory, who, programs, _fresh_record(keep), wanted, create=True)
            created(directory)
            return _boot(plan, lock, end)
    except OSError as error:
        raise folders.explain(error, directory) from error
    finally:
        if directory not in _launches:
            with suppress(OSError):
                folders.remove(directory)


def _start_again(directory: Path, found: Binaries, keep: bool, wanted: Mapping[str, str], end: float) -> Server:
    if directory in _launches and not _is_serving(directory):
        _launches.pop(directory).stop(remove=False)
    _known_record(directory)  # before a lock file is made in what may be any folder
    with _held(directory, end) as lock:
        record = _known_record(directory)
        folders.settle(directory)
        folders.clear_stale_lock(directory)
        create = not record.get("initialized", False)
        if create:
            supervisor.remove_tree(directory / "data")
        else:
            _check_version(directory, found)
        who, programs = _account_for(
            found, directory.parent, owner_uid=None if create else (directory / "data").stat().st_uid
        )
        plan = _plan(
            directory, who, programs, record | _fresh_record(keep) | {"initialized": not create}, wanted, create=create
        )
        return _boot(plan, lock, end)


def _is_serving(directory: Path) -> bool:
    record = supervisor.read_record(directory)
    return record is not None and supervisor.is_alive(record["postmaster"])


def _fresh_record(keep: bool) -> dict[str, Any]:
    return {
        "kept": keep,
        "started_at": folders.now(),
        "owner": supervisor.identity(os.getpid()),
        "supervisor": None,
        "postmaster": None,
        "initialized": False,
    }


def _known_record(directory: Path) -> dict[str, Any]:
    """The record of an instance to be started again. Raises CouldNotFindOut where its data cannot be trusted."""
    record = supervisor.read_record(directory)
    if record is None or directory.lstat().st_uid != os.geteuid():
        raise CouldNotFindOut(
            f"no disposable server of this user in {directory}",
            detail=f"It has no {supervisor.RECORD}, or is not ours.",
        )
    if record["owner"]["boot"] != supervisor.boot_id() and (directory / "data" / "postmaster.pid").exists():
        raise CouldNotFindOut(
            f"the server in {directory} was not stopped before the machine was",
            detail="It runs with fsync off, so its files may be damaged.",
            hint="Start again without it.",
        )
    return record


def _check_version(directory: Path, found: Binaries) -> None:
    try:
        has = (directory / "data" / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError as error:
        raise CouldNotFindOut(f"the data in {directory} cannot be read", detail=str(error)) from error
    if has != str(found.major):
        raise CouldNotFindOut(
            f"the data in {directory} are of PostgreSQL {has}, the programs are {found.version} ({found.source})"
        )


@contextmanager
def _held(directory: Path, end: float) -> Iterator[int]:
    """The instance's lock. Waits while a supervisor without an owner winds up. Raises CouldNotFindOut when in use."""
    while (lock := folders.try_lock(directory)) is None:
        record = supervisor.read_record(directory)
        if not directory.is_dir():
            raise CouldNotFindOut(f"no disposable server of this user in {directory}", detail="It is gone.")
        if (record is not None and supervisor.is_alive(record["owner"])) or time.monotonic() > end:
            pid = record["owner"]["pid"] if record else "unknown"
            raise CouldNotFindOut(f"the disposable server in {directory} is in use by process {pid}")
        time.sleep(POLL_S)
    try:
        yield lock
    finally:
        os.close(lock)  # the supervisor has its own copy


def _account_for(found: Binaries, inside: Path, *, owner_uid: int | None = None) -> tuple[Account, Binaries]:
    """Who can run the server in `inside`, and the programs where that account can reach them."""
    reasons = []
    for who in account.candidates():
        if owner_uid is not None and os.geteuid() == 0 and (who.uid or 0) != owner_uid:
            continue
        if not who.can_enter(inside):
            reasons.append(f"{who.name} cannot enter {inside}")
            continue
        try:
            programs = binaries.reachable(found, who, folders.base())
        except OSError as error:
            raise folders.explain(error, inside) from error
        if programs is not None:
            return who, programs
        reasons.append(f"{who.name} cannot run {found.path('postgres')}, nor a copy in {inside}")
    raise CouldNotFindOut(
        "no account can run the disposable server",
        detail="; ".join(reasons)
        or f"PostgreSQL refuses to run as root, and the account {account.UNPRIVILEGED} cannot be used.",
        hint="Run as an ordinary user, or point TMPDIR at a folder that other accounts can enter.",
    )


def _plan(
    directory: Path,
    who: Account,
    programs: Binaries,
    record: dict[str, Any],
    wanted: Mapping[str, str],
    *,
    create: bool,
) -> Plan:
    """Everything the supervisor needs, with the files it points at in place."""
    sockets = folders.socket_folder(directory)
    (directory / launch.CONFIGURATION).write_text(
        settings.configuration(major=programs.major, socket_directory=sockets, wanted=wanted), encoding="utf-8"
    )
    (directory / launch.CONFIGURATION).chmod(0o644)
    supervisor.remove_tree(sockets)  # with the lock file of a killed server
    for folder in (sockets, directory / "data") if create else (sockets,):
        folder.mkdir(mode=0o700)
        who.own(folder)
    record |= {"socket_directory": str(sockets), "binaries": str(programs.folder), "source": programs.source}
    supervisor.write_record(directory, record)
    return Plan(
        directory=directory, socket_directory=sockets, account=who, binaries=programs, record=record, create=create
    )


def _boot(plan: Plan, lock: int, end: float) -> Server:
    while True:
        started = Launch(plan, lock)
        try:
            server = _await_ready(started, plan, end)
        except launch.Busy:
            started.stop(remove=False)
            if time.monotonic() > end:
                raise
            folders.settle(plan.directory)
            folders.clear_stale_lock(plan.directory)
            plan = replace(plan, create=False)
        except BaseException:
            started.stop(remove=False)  # what was there before stays; a fresh folder is removed by the caller
            raise
        else:
            started.stop_listening()
            _launches[plan.directory] = started
            return server


def _await_ready(started: Launch, plan: Plan, end: float) -> Server:
    import psycopg  # noqa: F401  # 0.1 s, while initdb works

    while time.monotonic() < end:
        if started.postmaster_pid is None:
            started.listen(end - time.monotonic())
            continue
        started.listen(POLL_S)
        server = _answer(plan, started.postmaster_pid)
        if server is not None:
            return server
        if any(words in started.log_tail() for words in launch.NO_ROOM):
            break
    raise started.failure("it was not ready in time")


def _answer(plan: Plan, pid: int) -> Server | None:
    """The server, once it takes connections: not before it listens, nor while it recovers."""
    if not (plan.socket_directory / ".s.PGSQL.5432").exists():
        return None
    try:
        with connect.scratch(_dsn(plan.socket_directory, "postgres")) as connection:
            return _server(connection, plan, pid)
    except CouldNotFindOut:
        return None


def _server(connection: Any, plan: Plan, pid: int) -> Server:
    version, version_num, system_identifier = connection.execute(sql.named("server", "identity")).fetchone()
    return Server(
        directory=plan.directory,
        socket_directory=plan.socket_directory,
        version=version.split()[0],
        version_num=version_num,
        system_identifier=system_identifier,
        pid=pid,
        binaries=plan.binaries.folder,
        source=plan.binaries.source,
    )


def stop(server: Server, *, remove: bool = True) -> None:
    """Stops the server and, with `remove`, its folder goes too. Nothing happens when that is done already."""
    started = _launches.pop(server.directory, None)
    if started is not None:
        started.stop(remove=remove)
    record = supervisor.read_record(server.directory)
    if record is None or (record["postmaster"] or {}).get("pid", server.pid) != server.pid:
        return  # gone, or started again by somebody else
    keeper = record["supervisor"]
    if supervisor.is_alive(keeper):
        order = signal.SIGTERM if remove else signal.SIGUSR1
        supervisor.end_process(
            keeper["pid"], lambda: not supervisor.is_alive(keeper), ((order, launch.STOP_PATIENCE_S),)
        )
    folders.settle(server.directory)
    if remove:
        folders.remove(server.directory)


def discard(directory: Path, *, deadline_s: float = 30.0) -> None:
    """Removes an instance that was kept and whose owner is gone. Nothing happens when it is gone already."""
    if directory.is_dir() and supervisor.read_record(directory) is not None:
        with _held(directory, time.monotonic() + deadline_s):
            folders.settle(directory)
            folders.remove(directory)


@contextmanager
def running(
    directory: Path | None = None,
    *,
    keep: bool = False,
    pg_bin: Path | None = None,
    settings: Mapping[str, str] | None = None,
    deadline_s: float = 60.0,
) -> Iterator[Server]:
    """A server for the length of a block. `keep` leaves its data behind."""
    server = start(directory, keep=keep, pg_bin=pg_bin, settings=settings, deadline_s=deadline_s)
    try:
        yield server
    finally:
        stop(server, remove=not keep)


def create_database(server: Server, name: str, *, template: str | None = None) -> str:
    """Makes a database, empty or a file-by-file copy of `template`, and returns its connection string."""
    import psycopg
    from psycopg import sql as composed

    statement = composed.SQL("CREATE DATABASE {}").format(composed.Identifier(name))
    if template is not None:
        statement += composed.SQL(" TEMPLATE {}").format(composed.Identifier(template))
        if server.version_num >= 150000:  # before, file by file was the only way
            statement += composed.SQL(" STRATEGY FILE_COPY")
    with connect.scratch(server.dsn()) as connection:
        try:
            connection.execute(statement)
        except psycopg.Error as error:
            reason = error.diag.message_primary or str(error)
            raise CouldNotFindOut(
                f'cannot create database "{name}": {reason}', detail=error.diag.message_detail or ""
            ) from error
    return server.dsn(name)
