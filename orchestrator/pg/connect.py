"""The only module that opens connections."""

from __future__ import annotations

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
MALFORMED_HINT: Final = (
    "Write host=… dbname=… user=…, or postgresql://user:password@host:5432/dbname with special characters as %40; "
    "leave the password to ~/.pgpass or PGPASSWORD."
)


def scratch(dsn: str, *, autocommit: bool = True) -> Connection[Any]:
    """A connection to a disposable server, whatever PG* variables say. Raises CouldNotFindOut when it cannot be had."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    words: dict[str, Any] = (
        UNDISTURBED | conninfo_to_dict(dsn) | {"application_name": APPLICATION_NAME, "connect_timeout": "10"}
    )
    try:
        # No statement is prepared behind our back: a sixth run would be planned differently from the first.
        return psycopg.connect(make_conninfo(**words), autocommit=autocommit, prepare_threshold=None)
    except psycopg.OperationalError as error:
        raise CouldNotFindOut("cannot connect to the disposable server", detail=str(error).strip()) from error


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
    }
    try:
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


def shown(dsn: str) -> str:
    """What may be printed and stored of a connection string: where it leads, never its password."""
    words = _parsed(dsn)
    return (
        " ".join(f"{key}={words[key]}" for key in ("service", "host", "port", "dbname", "user") if key in words)
        or "libpq's defaults"
    )
