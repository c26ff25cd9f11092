"""The tables that a query reads, copied from the user's server: read there in a read-only session, written only to
the disposable one.

Statements sent to the user's server: SELECT on catalogs, and COPY … TO STDOUT of the rows. Nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg.catalog import Catalog, Column, Relation, quoted, read, rows

if TYPE_CHECKING:
    import psycopg


@dataclass(frozen=True, kw_only=True)
class CopiedTable:
    name: str
    rows: int
    estimated_rows: int
    sampled: bool


@dataclass(frozen=True, kw_only=True)
class Copied:
    """`left_out` says, in words, what of the original the copy does not have."""

    tables: tuple[CopiedTable, ...]
    left_out: tuple[str, ...] = field(default=())


def copy_tables(
    source: psycopg.Connection[Any], target: psycopg.Connection[Any], names: Sequence[str], *, max_rows: int
) -> Copied:
    """Copies schema and at most `max_rows` rows of each named table.

    Raises CouldNotFindOut when the disposable server lacks an extension or type.
    """
    catalog = read(source, names)
    left_out: list[str] = []
    _prepare(source, target, catalog)
    copied = []
    for relation in catalog.relations:
        _create(target, relation)
        copied.append(_copy_rows(source, target, relation, max_rows))
        left_out += _finish(source, target, relation)
    for relation in catalog.relations:
        target.execute(f"VACUUM (ANALYZE) {_full(relation)}".encode())
    return Copied(tables=tuple(copied), left_out=tuple(left_out))


def _full(relation: Relation) -> str:
    return f"{quoted(relation.schema)}.{quoted(relation.name)}"


def _prepare(source: psycopg.Connection[Any], target: psycopg.Connection[Any], catalog: Catalog) -> None:
    """Schemas, extensions, types and functions that the tables need, and the same search path."""
    path = source.execute("SELECT pg_catalog.current_setting('search_path')").fetchone()
    schemas = {relation.schema for relation in catalog.relations}
    extensions = rows(source, "catalog", "extensions")
    needed = {column.type_schema for relation in catalog.relations for column in relation.columns} | schemas
    for schema in sorted((needed | {extension["schema"] for extension in extensions}) - {"pg_catalog", "public"}):
        target.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}".encode())
    if path:
        target.execute("SELECT pg_catalog.set_config('search_path', %s, false)", path)
        target.execute(f"ALTER DATABASE {quoted(target.info.dbname)} SET search_path TO {path[0]}".encode())
    for extension in extensions:
        _extension(target, extension["name"], extension["schema"], required=_uses(catalog, extension["name"]))
    for relation in catalog.relations:
        _types_and_functions(source, target, relation)


def _uses(catalog: Catalog, extension: str) -> bool:
    """True when a column's type is one of pgvector's and so cannot be left out.

    Other extensions are found missing when a table needs them.
    """
    types = {column.base_type for relation in catalog.relations for column in relation.columns}
    return extension == "vector" and bool(types & {"vector", "halfvec", "sparsevec"})


def _extension(target: psycopg.Connection[Any], name: str, schema: str, *, required: bool) -> None:
    import psycopg

    try:
        target.execute(f"CREATE EXTENSION IF NOT EXISTS {quoted(name)} SCHEMA {quoted(schema)}".encode())
    except psycopg.Error as error:
        if required:
            raise CouldNotFindOut(
                f'the disposable server has no extension "{name}"',
                detail="The query's tables have columns of its types.",
                hint="Name a server that has it: --pg-bin /path/to/postgresql/bin",
            ) from error


def _types_and_functions(source: psycopg.Connection[Any], target: psycopg.Connection[Any], relation: Relation) -> None:
    import psycopg

    for kind in rows(source, "catalog", "types", oid=relation.oid):
        word = "TYPE" if kind["kind"] == "e" else "DOMAIN"
        name = f"{quoted(kind['schema'])}.{quoted(kind['name'])}"
        try:
            target.execute(f"CREATE {word} {name} {kind['definition']}".encode())
        except psycopg.errors.DuplicateObject:
            continue
    for function in rows(source, "catalog", "functions", oid=relation.oid):
        target.execute(function["definition"].encode())


def _create(target: psycopg.Connection[Any], relation: Relation) -> None:
    import psycopg

    columns = ", ".join(_column(column) for column in relation.columns)
    try:
        target.execute(f"CREATE TABLE {_full(relation)} ({columns})".encode())
    except psycopg.Error as error:
        raise CouldNotFindOut(
            f'cannot recreate table "{relation.asked}" on the disposable server: {error.diag.message_primary}',
            hint="Name a server that has its types and extensions: --pg-bin /path/to/postgresql/bin",
        ) from error


def _column(column: Column) -> str:
    parts = [quoted(column.name), column.type]
    if column.generated:
        parts.append(f"GENERATED ALWAYS AS ({column.default_sql}) {'VIRTUAL' if column.generated == 'v' else 'STORED'}")
    elif column.identity:
        parts.append("GENERATED BY DEFAULT AS IDENTITY")
    return " ".join([*parts, *(["NOT NULL"] if column.not_null else [])])


def _copy_rows(
    source: psycopg.Connection[Any], target: psycopg.Connection[Any], relation: Relation, max_rows: int
) -> CopiedTable:
    names = ", ".join(quoted(column.name) for column in relation.columns if not column.generated)
    sampled = relation.estimated_rows > max_rows
    # A few per cent more than wanted, cut by LIMIT: a Bernoulli sample does not have an exact size.
    share = min(100.0, 110.0 * max_rows / max(relation.estimated_rows, 1))
    sample = f" TABLESAMPLE BERNOULLI ({share:.6f}) REPEATABLE (1)" if sampled else ""
    limit = f" LIMIT {max_rows}"
    with (
        source.cursor().copy(
            f"COPY (SELECT {names} FROM {_full(relation)}{sample}{limit}) TO STDOUT".encode()
        ) as taken,
        target.cursor() as cursor,
        cursor.copy(f"COPY {_full(relation)} ({names}) FROM STDIN".encode()) as given,
    ):
        for block in taken:
            given.write(block)
    count = target.execute(f"SELECT count(*) FROM {_full(relation)}".encode()).fetchone()
    copied = count[0] if count else 0
    return CopiedTable(
        name=relation.asked, rows=copied, estimated_rows=relation.estimated_rows, sampled=sampled or copied == max_rows
    )


def _finish(source: psycopg.Connection[Any], target: psycopg.Connection[Any], relation: Relation) -> list[str]:
    """Constraints and indexes, after the rows; returns what could not be recreated."""
    import psycopg

    own = {constraint.index for constraint in relation.constraints}
    statements = [
        f"ALTER TABLE {_full(relation)} ADD CONSTRAINT {quoted(constraint.name)} {constraint.definition}"
        for constraint in relation.constraints
    ] + [index.definition for index in relation.indexes if index.name not in own and index.is_valid]
    left_out = [
        f"foreign key {key['name']} of {relation.asked}"
        for key in rows(source, "catalog", "foreign_keys", oid=relation.oid)
    ]
    for statement in statements:
        try:
            target.execute(statement.encode())
        except psycopg.Error as error:
            left_out.append(f"{statement} ({error.diag.message_primary})")
    for column in relation.columns:
        if column.default_sql and not column.generated and not column.identity:
            left_out += _default(target, relation, column)
    return left_out


def _default(target: psycopg.Connection[Any], relation: Relation, column: Column) -> list[str]:
    import psycopg

    try:
        target.execute(
            f"ALTER TABLE {_full(relation)} ALTER {quoted(column.name)} SET DEFAULT {column.default_sql}".encode()
        )
    except psycopg.Error:
        return [f"default of {relation.asked}.{column.name}"]
    return []
