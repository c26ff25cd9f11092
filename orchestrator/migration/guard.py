"""Shuts a proof's process in: it reaches one PostgreSQL server, through its socket, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import sql

if TYPE_CHECKING:
    import psycopg

OTHER_DRIVERS = frozenset({"psycopg2", "asyncpg", "pg8000", "pymysql", "MySQLdb", "aiopg", "pymongo", "redis"})
PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn"})


class ForeignServer(CouldNotFindOut):
    """The revision, or the specification of the proof, points at a server that is not the disposable one."""


def shut_in(*, system_identifier: str, socket_directory: Path) -> None:
    """From here on only the server with this identifier, behind this socket, can be reached from this process."""
    _guard_connections(system_identifier, socket_directory)
    sys.addaudithook(lambda event, args: _audit(event, args, socket_directory))


def _guard_connections(system_identifier: str, socket_directory: Path) -> None:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    original = psycopg.Connection.connect.__func__  # type: ignore[attr-defined]

    def connect(cls: Any, conninfo: str = "", *args: Any, **kwargs: Any) -> Any:
        options = {"autocommit", "prepare_threshold", "context", "row_factory", "cursor_factory"}
        words = {key: value for key, value in kwargs.items() if key not in options}
        host = conninfo_to_dict(make_conninfo(conninfo, **words)).get("host")
        if host != str(socket_directory):
            raise ForeignServer(f"a proof reaches only its disposable server, the revision asked for host {host}")
        connection = original(cls, conninfo, *args, **kwargs)
        _check(connection, system_identifier)
        return connection

    def refuse(*_: Any, **__: Any) -> Any:
        raise ForeignServer("a proof reaches only its disposable server, the revision opened a connection of its own")

    psycopg.Connection.connect = classmethod(connect)  # type: ignore[assignment]
    psycopg.AsyncConnection.connect = refuse  # type: ignore[method-assign]
    psycopg.connect = psycopg.Connection.connect


def _check(connection: psycopg.Connection[Any], system_identifier: str) -> None:
    row = connection.execute(sql.named("trace", "system_identifier")).fetchone()
    found = str(row[0]) if row else "none"
    if found != system_identifier:
        connection.close()
        raise ForeignServer(f"a proof reaches only server {system_identifier}, this one is {found}")
    if not connection.autocommit:
        connection.rollback()


def _audit(event: str, args: tuple[Any, ...], socket_directory: Path) -> None:
    if event == "import" and args[0].partition(".")[0] in OTHER_DRIVERS:
        raise ImportError(f"a proof reaches its server through psycopg only, {args[0]} is not available")
    if event in PROGRAMS:
        raise PermissionError(f"a proof starts no other program ({event})")
    if event == "socket.getaddrinfo" or (event == "socket.connect" and not _is_ours(args[1], socket_directory)):
        raise PermissionError(f"a proof reaches no network ({event})")


def _is_ours(address: object, socket_directory: Path) -> bool:
    return isinstance(address, str | bytes) and str(address).startswith(str(socket_directory))
