"""The user's server: readable, in a session that can only read, by a role that may do no more than it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem, skipped, warning
from orchestrator.mcp_server.setup import VARIABLES, setup
from orchestrator.model.errors import OrchestrateError
from orchestrator.pg import binaries, connect, sql

if TYPE_CHECKING:
    from psycopg import Connection

# \password asks for one and sends it hashed.
READER = (
    "CREATE ROLE pgwright_reader LOGIN IN ROLE pg_read_all_data, pg_monitor;"
    " then in psql \\password pgwright_reader, and connect as that role"
)
STATEMENTS = "Set shared_preload_libraries = 'pg_stat_statements', restart, then CREATE EXTENSION pg_stat_statements;"
RIGHTS = {
    "may_create_roles": "CREATEROLE",
    "may_create_databases": "CREATEDB",
    "may_replicate": "REPLICATION",
    "bypasses_row_security": "BYPASSRLS",
}


@dataclass(frozen=True, kw_only=True)
class Target:
    where: str
    version: str
    major: int
    role: dict[str, Any]


def call(subject: Subject) -> Result:
    chosen = setup(subject.dsn, subject.project, timeout_s=10, max_rows=1)
    if chosen.dsn is None:
        return skipped("no server is named", f'Give --dsn "host=... dbname=...", or set {", ".join(VARIABLES)} or PG*.')
    try:
        with connect.reader(chosen.dsn, statement_timeout_ms=10_000) as connection:
            target = _read(connection)
    except OrchestrateError as error:
        said = chosen.redacted(" ".join(f"{error.message}. {error.detail}".split()).strip(" ."))
        return judged([f"named by {chosen.dsn_from}"], [problem(said, error.hint or "See the log of the server.")])
    facts = [
        f"{target.where}, named by {chosen.dsn_from}: PostgreSQL {target.version}, the session can only read",
        f"role {target.role['role']}{_rights(target.role)}",
    ]
    return judged(facts, [*_skew(target), *_role(target.role)])


def _read(connection: Connection[Any]) -> Target:
    from psycopg.rows import dict_row

    info = connection.info
    with connect.reading(connection, "the role of the session"), connection.cursor(row_factory=dict_row) as cursor:
        role = cursor.execute(sql.named("doctor", "role")).fetchone() or {}
    return Target(
        where=f'database "{info.dbname}" at {info.host}:{info.port}',
        version=info.parameter_status("server_version") or "",
        major=info.server_version // 10_000,
        role=role,
    )


def _rights(role: dict[str, Any]) -> str:
    rights = [word for key, word in RIGHTS.items() if role[key]]
    statements = role["statements_version"]
    known = f", pg_stat_statements {statements} is there" if statements else ""
    return f" with {', '.join(rights)}{known}" if rights else known


def _skew(target: Target) -> list[Trouble]:
    if target.major < binaries.OLDEST_MAJOR:
        text = f"PostgreSQL {target.version} is older than {binaries.OLDEST_MAJOR}, the oldest that is understood"
        return [problem(text, "Upgrade the server, or use a copy on a newer one.")]
    try:
        own = binaries.find()
    except OrchestrateError:
        return []  # the check of the disposable server says so
    if own.major == target.major:
        return []
    text = f"disposable servers are {own.version}: locks, plans and times can differ from those of {target.major}"
    mend = f"Install PostgreSQL {target.major} and give its programs: orchestrate run --pg-bin FOLDER"
    return [warning(text, mend)]


def _role(role: dict[str, Any]) -> list[Trouble]:
    found = []
    if role["is_superuser"]:
        found.append(warning(f"role {role['role']} is a superuser: give an agent one that may only read", READER))
    if not role["statements_version"]:
        found.append(warning("pg_stat_statements is not there: slow queries cannot be listed", STATEMENTS))
    return found


CHECK = Check(id="database", title="your database", order=90, deadline_s=30, call=call)
