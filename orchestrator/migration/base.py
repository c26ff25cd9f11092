"""The schema that a revision starts from, made on a disposable server: from a file, from the user's server, or by the
project's earlier revisions.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.migration import earlier
from orchestrator.migration.project import AlembicProject
from orchestrator.migration.scripts import RevisionFile
from orchestrator.model.errors import CouldNotFindOut, OrchestrateError, UsageError
from orchestrator.pg import connect, copy, scratch
from orchestrator.pg.catalog import rows

if TYPE_CHECKING:
    import psycopg

SAMPLE_ROWS = 2_000
MAX_ROLES = 50
MISSING_ROLE = re.compile(r'role "(.+)" does not exist')
ROWS_IN_DUMP = re.compile(r"^COPY .+ FROM stdin;$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Base:
    """`said` names the origin in words; `open_points` are what the copy does not have, for the list of not_checked."""

    said: str
    open_points: tuple[str, ...] = ()


def make(
    server: scratch.Server,
    dbname: str,
    home: AlembicProject,
    revision: RevisionFile,
    *,
    file: Path | None,
    dsn: str | None,
    timeout_s: float,
) -> Base:
    """Fills the empty database. Raises CouldNotFindOut or UsageError where no origin gives the schema."""
    if file is not None:
        return _from_file(server.dsn(dbname), file)
    down = revision.identifiers.get("down_revision")
    passed_over: tuple[str, ...] = ()
    if dsn is not None:
        try:
            return _from_server(server.dsn(dbname), dsn, revision, down, timeout_s)
        except OrchestrateError as error:
            passed_over = (f"the user's server as it is: {error.message}",)
            _empty_again(server, dbname)
    if down is None:
        return Base(said="an empty database: the revision is the first one", open_points=passed_over)
    earlier.run(server, dbname, home, down)
    count = len(earlier.before(home, down))
    said = f"{count} earlier revision{'s' if count > 1 else ''} of the project, run on an empty server"
    return Base(said=said, open_points=passed_over)


def _empty_again(server: scratch.Server, dbname: str) -> None:
    with connect.scratch(server.dsn()) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {dbname} WITH (FORCE)".encode())
    scratch.create_database(server, dbname)


def words(revision: RevisionFile) -> frozenset[str]:
    """Every word in the strings of the file: the names of the tables that it touches are among them."""
    texts = [
        node.value for node in ast.walk(revision.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return frozenset(re.findall(r"\w+", " ".join(texts)))


def touched(connection: psycopg.Connection[Any], revision: RevisionFile) -> list[str]:
    """The tables of the database that the file names, as SQL names them."""
    named = words(revision)
    return [row["qualified"] for row in rows(connection, "base", "tables") if row["name"] in named]


def _from_file(dsn: str, file: Path) -> Base:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file.name}: {error}") from error
    if ROWS_IN_DUMP.search(text):
        raise UsageError(
            f"{file.name} holds rows (COPY … FROM stdin), the schema alone is needed", hint="pg_dump --schema-only"
        )
    # Commands of psql, such as \restrict, which pg_dump writes.
    statements = "\n".join(line for line in text.splitlines() if not line.startswith("\\"))
    _refuse_programs(statements, file)
    _run_script(dsn, statements, file)
    return Base(
        said=f"the SQL file {file.name}", open_points=("how the revision does on rows: the schema file holds none",)
    )


def _refuse_programs(statements: str, file: Path) -> None:
    """Raises for SQL that would start programs or touch files of this machine through the disposable server."""
    from orchestrator.gate.sql.judge import effects

    held = (
        "copy-program",
        "copy-to-server-file",
        "create-foreign-program",
        "read-server-file",
        "alter-system",
        "load-file",
    )
    for effect in effects(statements):
        if effect.rule.id in held:
            raise UsageError(f"{file.name} is not run: {effect.rule.why}", detail=effect.detail)


def _run_script(dsn: str, statements: str, file: Path) -> None:
    """Runs all of it or nothing. Roles that it grants to, and that only the real server has, are made."""
    import psycopg
    from psycopg import sql

    with connect.scratch(dsn) as connection:
        for _ in range(MAX_ROLES):
            try:
                connection.execute(statements.encode())
            except psycopg.Error as error:
                reason = error.diag.message_primary or str(error)
                missing = MISSING_ROLE.search(reason)
                if missing is None:
                    raise CouldNotFindOut(f"{file.name} fails on the disposable server: {reason}") from error
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(missing[1])))
            else:
                return
    raise CouldNotFindOut(f"{file.name} names more than {MAX_ROLES} roles that are not there")


def _from_server(dsn: str, theirs: str, revision: RevisionFile, down: object, timeout_s: float) -> Base:
    with connect.reader(theirs, statement_timeout_ms=int(timeout_s * 1000)) as source, connect.scratch(dsn) as target:
        with connect.reading(source, "which revision it is at"):
            _refuse_other_version(source, down)
            names = touched(source, revision)
            keys = rows(source, "base", "foreign_keys", tables=names)
        names = list(dict.fromkeys([*names, *(key["target"] for key in keys)]))
        copied = copy.copy_tables(source, target, names, max_rows=SAMPLE_ROWS)
        made = _foreign_keys(target, keys)
    left_out = [
        each for each in copied.left_out if not each.startswith(tuple(f"foreign key {name} of" for name in made))
    ]
    open_points = [f"what the copy of the user's tables lacks: {each}" for each in left_out]
    open_points += [f"{table.name}: {table.rows} of its rows were copied" for table in copied.tables if table.sampled]
    return Base(
        said=f"a copy of {len(names)} table{'s' if len(names) != 1 else ''} of the user's server",
        open_points=tuple(open_points),
    )


def _refuse_other_version(source: psycopg.Connection[Any], down: object) -> None:
    """Raises unless the server is where the revision starts from."""
    if not rows(source, "base", "version_table")[0]["is_readable"]:
        if down is not None:
            raise CouldNotFindOut("it does not say at which revision it is")
        return
    found = [row["version_num"] for row in rows(source, "base", "version")]
    if found != ([] if down is None else [down]):
        raise CouldNotFindOut(f"it is at revision {', '.join(found) or 'none'}, the revision follows {down or 'none'}")


def _foreign_keys(target: psycopg.Connection[Any], keys: Sequence[dict[str, Any]]) -> list[str]:
    """Makes the foreign keys without checking rows, of which a sample need not be whole; returns the names."""
    import psycopg

    made = []
    for key in keys:
        valid = "" if key["definition"].endswith("NOT VALID") else " NOT VALID"
        try:
            target.execute(
                f"ALTER TABLE {key['qualified']} ADD CONSTRAINT {key['name']} {key['definition']}{valid}".encode()
            )
        except psycopg.Error:
            continue
        made.append(key["name"].strip('"'))
    return made
