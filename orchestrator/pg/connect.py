"""The only module that opens connections."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from orchestrator.model.errors import CouldNotFindOut, UsageError

if TYPE_CHECKING:
    from psycopg import Connection

APPLICATION_NAME: Final = "pgwright"

# What PG* variables and service files could change on the way to a disposable server.
UNDISTURBED: Final = {
    "hostaddr": "",
    "options": "",
    "sslmode": "disable",
    "gssencmode": "disable",
    "channel_binding": "disable",
    "require_auth": "",
    "target_session_attrs": "any",
    "client_encoding": "utf8",
}
ENVIRONMENT: Final = Lock()
MALFORMED_HINT: Final = (
    "Write host=… dbname=… user=…, or postgresql://user:password@host:5432/dbname with special characters as %40; "
    "leave the password to ~/.pgpass or PGPASSWORD."
)


def scratch(dsn: str, *, autocommit: bool = True) -> Connection[Any]:
    """A connection to a disposable server, whatever PG* variables say. Raises CouldNotFindOut when it cannot be had."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    own = {"application_name": APPLICATION_NAME, "connect_timeout": "10"}
    words: dict[str, Any] = UNDISTURBED | conninfo_to_dict(dsn) | own
    try:
        # No statement is prepared behind our back: a sixth run would be planned differently from the first.
        with _without_variables():
            return psycopg.connect(make_conninfo(**words), autocommit=autocommit, prepare_threshold=None)
    except psycopg.OperationalError as error:
        raise CouldNotFindOut("cannot connect to the disposable server", detail=str(error).strip()) from error


@contextmanager
def _without_variables() -> Iterator[None]:
    """No PG* variable for libpq, which would look up a PGSERVICE whatever the string says; os.environ stays as it is.

    No other connection starts meanwhile.
    """
    taken_away = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    with ENVIRONMENT:
        for name in taken_away:
            os.unsetenv(name)
        try:
            yield
        finally:
            for name, value in taken_away.items():
                os.putenv(name, value)


def reader(
    dsn: str,
    *,
    statement_timeout_ms: int = 30_000,
    lock_timeout_ms: int = 2_000,
    idle_timeout_ms: int = 60_000,
    connect_timeout_s: int = 5,
) -> Connection[Any]:
    """A read-only session on the user's server; an empty `dsn` leaves everything to libpq's own conventions.

    The limits hold from the first statement on and win over those of the connection string, the service file,
    PGOPTIONS, the role and the database. Each statement is its own transaction. Raises UsageError for a malformed
    string, else CouldNotFindOut.
    """
    import psycopg
    from psycopg.conninfo import make_conninfo

    limits = {
        "default_transaction_read_only": "on",
        "statement_timeout": statement_timeout_ms,
        "lock_timeout": lock_timeout_ms,
        "idle_in_transaction_session_timeout": idle_timeout_ms,
    }
    words = _parsed(dsn)
    given = _given_options(dsn)
    words |= {
        "options": " ".join([given, *(f"-c {name}={value}" for name, value in limits.items())]).strip(),
        "application_name": APPLICATION_NAME,
        "connect_timeout": str(connect_timeout_s),
        "client_encoding": "utf8",
    }
    try:
        with ENVIRONMENT:
            connection = psycopg.connect(make_conninfo(**words), autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        raise _unreachable(error, words.get("password")) from None
    return _verified(connection)


def _parsed(dsn: str) -> dict[str, Any]:
    """The string's keywords. What libpq says about a malformed one may quote a password: none of it is repeated."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        words = {key: value for key, value in conninfo_to_dict(dsn).items() if value is not None}
    except psycopg.Error:
        raise UsageError("the connection string is malformed", hint=MALFORMED_HINT) from None
    ports = str(words.get("port", "")).split(",")
    spilled = any("@" in str(words.get(key, "")) for key in ("host", "port")) or (
        "://" in dsn and "@" in str(words.get("dbname", ""))
    )
    if spilled or any(port and not port.isdecimal() for port in ports):
        raise UsageError(
            "the connection string is malformed",
            detail="Read as it stands, part of the password would be taken for a host, a port or a database.",
            hint=MALFORMED_HINT,
        )
    return words


def _given_options(dsn: str) -> str:
    """The `options` that libpq would use for `dsn`, from the string, its service or PGOPTIONS."""
    from psycopg import pq
    from psycopg.conninfo import make_conninfo

    # A connection to a socket that cannot be there ends at once, having resolved everything else.
    resolved_only = {"host": "/dev/null", "hostaddr": "", "port": "1", "password": "-"}
    with ENVIRONMENT:
        nowhere = pq.PGconn.connect_start(make_conninfo(dsn, **resolved_only).encode())
    try:
        return next(((option.val or b"").decode() for option in nowhere.info if option.keyword == b"options"), "")
    finally:
        nowhere.finish()


def _unreachable(error: Exception, password: str | None) -> CouldNotFindOut:
    text = str(error).strip()
    if password:
        text = text.replace(password, "***")
    lines = [line.strip() for line in text.splitlines() if line.strip()] or [type(error).__name__]
    return CouldNotFindOut(f"cannot connect: {_reason(lines[0])}", detail="\n".join(lines[1:]), hint=_hint(text))


def _reason(line: str) -> str:
    for prefix in ("connection failed: ", "connection is bad: "):
        line = line.removeprefix(prefix)
    return line


def _hint(text: str) -> str:
    if "startup parameter" in text:
        return "Connect to the server itself, not through a pooler: the session's limits are set at its start."
    if "password" in text:
        return "Put the password into ~/.pgpass or PGPASSWORD."
    if "does not exist" in text:
        return "psql --list shows the databases of a server."
    return "Check the host and the port, and that the server accepts connections from here."


def _verified(connection: Connection[Any]) -> Connection[Any]:
    import psycopg

    try:
        row = connection.execute("SHOW transaction_read_only").fetchone()
    except psycopg.Error as error:
        connection.close()
        raise CouldNotFindOut(f"cannot read from the server: {str(error).strip()}") from error
    if row is None or row[0] != "on":
        connection.close()
        raise CouldNotFindOut(
            "the session is not read only",
            detail="default_transaction_read_only=on was asked for at its start and did not arrive.",
            hint="Connect to the server itself, not through a pooler.",
        )
    return connection


@contextmanager
def reading(connection: Connection[Any], what: str, *, grant_on: tuple[str, str] | None = None) -> Iterator[None]:
    """Turns what the server refuses into CouldNotFindOut that names the server, and `what` was to be read there.

    `grant_on`: the schema and the full name, as SQL, of the table that the role has to be allowed to read.
    """
    import psycopg

    info = connection.info
    where, role = f'database "{info.dbname}" at {info.host}:{info.port}', info.user
    try:
        yield
    except psycopg.Error as error:
        reason = error.diag.message_primary or str(error).strip().partition("\n")[0]
        raise CouldNotFindOut(
            f"cannot read {what} in {where}: {reason}",
            detail=error.diag.message_detail or "",
            hint=_way_out(error, role, grant_on),
        ) from error


def _way_out(error: Exception, role: str, grant_on: tuple[str, str] | None) -> str:
    from psycopg import errors
    from psycopg.sql import Identifier

    if isinstance(error, errors.QueryCanceled):
        return "Copy fewer rows with --rows, or allow more time with --timeout."
    if isinstance(error, errors.LockNotAvailable):
        return "Another session holds a lock on it, as ALTER TABLE and VACUUM FULL do: try again when it has ended."
    if isinstance(error, errors.InsufficientPrivilege):
        who = Identifier(role).as_string(None)
        if grant_on is None or "schema" in str(error):
            return f"Let {who} USAGE the schemas and SELECT from the tables that the query reads."
        return f"GRANT SELECT ON {grant_on[1]} TO {who};"
    if isinstance(error, errors.OperationalError):
        return "The connection was lost or the server could not go on: see its log, then run again."
    return ""


def shown(dsn: str) -> str:
    """What may be printed and stored of a connection string: where it leads, never its password."""
    words = _parsed(dsn)
    return (
        " ".join(f"{key}={words[key]}" for key in ("service", "host", "port", "dbname", "user") if key in words)
        or "libpq's defaults"
    )
