"""The tables that a query reads, copied from the user's server: read there in a read-only session, written only to
the disposable one.

Statements sent to the user's server: SELECT on catalogs and of counts, and COPY … TO STDOUT of the rows. Nothing else.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.pg import connect
from orchestrator.pg.catalog import Catalog, Column, Relation, quoted, read, rows

if TYPE_CHECKING:
    import psycopg

STORAGES = {"p": "PLAIN", "e": "EXTERNAL", "x": "EXTENDED", "m": "MAIN"}
Block = bytes | bytearray | memoryview
OTHER_PROGRAMS = "Name a server that has its types and extensions: --pg-bin /path/to/postgresql/bin"


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

    Raises CouldNotFindOut when the disposable server lacks an extension or type, or the rows cannot be read. Of each
    failure it says which of the two servers refused.
    """
    reading = _rows(source, "the settings of the session", "reading")
    _rows(source, "the settings of the session", "plain_text")
    rows(target, "catalog", "plain_text")
    catalog = read(source, names)
    relations = list({relation.oid: relation for relation in reversed(catalog.relations)}.values())[::-1]
    types = _types_of(source, relations)
    left_out = [*_read_alike(target, reading), *_sorting(source, target), *_prepare(source, target, catalog, types)]
    copied = []
    for relation in relations:
        left_out += _create(target, relation)
        copied.append(_copy_rows(source, target, relation, max_rows))
        left_out += _finish(source, target, relation)
    left_out += _domain_rules(target, types)
    for relation in relations:
        target.execute(f"VACUUM (ANALYZE) {_full(relation)}".encode())
    return Copied(tables=tuple(copied), left_out=tuple(dict.fromkeys(left_out)))


def _rows(source: psycopg.Connection[Any], what: str, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """Rows of a named query on the server that is read; its refusals name it."""
    with connect.reading(source, what):
        return rows(source, "catalog", name, **parameters)


def _of(source: psycopg.Connection[Any], relation: Relation, name: str) -> list[dict[str, Any]]:
    return _rows(source, f"what belongs to table {relation.asked}", name, oid=relation.oid)


def _types_of(source: psycopg.Connection[Any], relations: Sequence[Relation]) -> list[dict[str, Any]]:
    found = [kind for relation in relations for kind in _of(source, relation, "types")]
    return list({(kind["schema"], kind["name"]): kind for kind in found}.values())


def _read_alike(target: psycopg.Connection[Any], settings: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Lets the sessions to come read literals as the original's do: its days and months, its language."""
    for setting in settings:
        name, value = setting["name"], setting["value"].replace("'", "''")
        statement = f"ALTER DATABASE {quoted(target.info.dbname)} SET {name} TO '{value}'"
        if failure := _failure(target, statement):
            yield f"setting {name} = {value} ({failure})"


def _sorting(source: psycopg.Connection[Any], target: psycopg.Connection[Any]) -> Iterator[str]:
    theirs = _rows(source, "the locale of the database", "sorting")[0]["locale"]
    ours = rows(target, "catalog", "sorting")[0]["locale"]
    if theirs != ours:
        yield f"locale {theirs} of the database: text is sorted and compared as in {ours} here"


def _full(relation: Relation) -> str:
    return f"{quoted(relation.schema)}.{quoted(relation.name)}"


def _prepare(
    source: psycopg.Connection[Any],
    target: psycopg.Connection[Any],
    catalog: Catalog,
    types: Sequence[dict[str, Any]],
) -> list[str]:
    """Schemas, extensions, types and functions that the tables need, and the same way to read names."""
    session = _rows(source, "the settings of the session", "session")[0]
    extensions = _rows(source, "the extensions", "extensions")
    schemas = {relation.schema for relation in catalog.relations} | {kind["schema"] for kind in types}
    schemas |= {extension["schema"] for extension in extensions}
    for schema in sorted(schemas - {"pg_catalog", "public"}):
        target.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}".encode())
    path = ", ".join(map(quoted, session["search_path"])) or "''"
    target.execute(f"ALTER DATABASE {quoted(target.info.dbname)} SET search_path TO {path}".encode())
    target.execute("SELECT pg_catalog.set_config('search_path', %s, false)", (path,))
    target.execute("SET check_function_bodies = off")  # a body may name tables that are not copied
    needed = {kind["extension"]: kind for kind in types if kind["extension"]}
    left_out: list[str] = []
    for extension in extensions:
        left_out += _extension(target, extension["name"], extension["schema"], needed.get(extension["name"]))
    left_out += _types(target, types)
    return left_out + [name for relation in catalog.relations for name in _functions(source, target, relation)]


def _extension(target: psycopg.Connection[Any], name: str, schema: str, needed: dict[str, Any] | None) -> Iterator[str]:
    """Creates the extension where the server has it, else yields it. Only tables with its types cannot do without."""
    import psycopg

    try:
        target.execute(f"CREATE EXTENSION IF NOT EXISTS {quoted(name)} SCHEMA {quoted(schema)} CASCADE".encode())
    except psycopg.Error as error:
        if needed:
            raise CouldNotFindOut(
                f'the disposable server has no extension "{name}"',
                detail=f'A column of the query\'s tables has its type "{needed["name"]}".',
                hint=OTHER_PROGRAMS,
            ) from error
        yield f"extension {name} ({error.diag.message_primary})"


def _types(target: psycopg.Connection[Any], types: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Creates enumerations and domains, these without their rules: rows that predate a rule have to be taken."""
    import psycopg

    known = {row["name"] for row in rows(target, "catalog", "collations")}
    for kind in types:
        if kind["collation"] and kind["collation"] not in known:
            yield f"collation {kind['collation']} of domain {kind['name']}"
        if kind["definition"] and not kind["extension"]:
            word = "TYPE" if kind["kind"] == "e" else "DOMAIN"
            name = f"{quoted(kind['schema'])}.{quoted(kind['name'])}"
            try:
                collate = f" COLLATE {kind['collation']}" if kind["collation"] in known else ""
                target.execute(f"CREATE {word} {name} {kind['definition']}{collate}".encode())
            except psycopg.errors.DuplicateObject:
                continue


def _domain_rules(target: psycopg.Connection[Any], types: Sequence[dict[str, Any]]) -> Iterator[str]:
    for kind in types:
        for rule in kind["rules"] if not kind["extension"] else ():
            statement = f"ALTER DOMAIN {quoted(kind['schema'])}.{quoted(kind['name'])} {rule}"
            if failure := _failure(target, statement):
                yield f"{statement} ({failure})"


def _functions(source: psycopg.Connection[Any], target: psycopg.Connection[Any], relation: Relation) -> Iterator[str]:
    """Creates the functions of defaults and generated columns; yields those that cannot be."""
    import psycopg

    for function in _of(source, relation, "functions"):
        try:
            target.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(function['schema'])}".encode())
            target.execute(function["definition"].encode())
        except psycopg.Error as error:
            yield f"function {function['name']} ({error.diag.message_primary})"


def _create(target: psycopg.Connection[Any], relation: Relation) -> list[str]:
    import psycopg

    known = {row["name"] for row in rows(target, "catalog", "collations")}
    columns = ", ".join(_column(column, known) for column in relation.columns)
    try:
        target.execute(f"CREATE TABLE {_full(relation)} ({columns})".encode())
    except psycopg.Error as error:
        raise CouldNotFindOut(
            f"cannot recreate table {relation.asked} on the disposable server: {error.diag.message_primary}",
            hint=OTHER_PROGRAMS,
        ) from error
    for column in relation.columns:
        if column.storage and column.generated != "v":
            storage = STORAGES[column.storage]
            target.execute(f"ALTER TABLE {_full(relation)} ALTER {quoted(column.name)} SET STORAGE {storage}".encode())
    return [
        f"collation {column.collation} of {relation.asked}.{column.name}"
        for column in relation.columns
        if column.collation and column.collation not in known
    ]


def _column(column: Column, collations: set[str]) -> str:
    parts = [quoted(column.name), column.type]
    if column.collation in collations:
        parts.append(f"COLLATE {column.collation}")
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
    taken = f"SELECT {names} FROM {_full(relation)}{sample} LIMIT {max_rows}"
    # Both ends in UTF-8, whatever the encodings of the sessions are.
    blocks = _blocks(source, relation, f"COPY ({taken}) TO STDOUT (ENCODING 'UTF8')")
    with closing(blocks), _writable(relation):
        _write(target, f"COPY {_full(relation)} ({names}) FROM STDIN (ENCODING 'UTF8')", blocks)
    count = target.execute(f"SELECT count(*) FROM {_full(relation)}".encode()).fetchone()
    copied = count[0] if count else 0
    cut = sampled or copied == max_rows
    return CopiedTable(
        name=relation.asked,
        rows=copied,
        estimated_rows=max(copied, relation.estimated_rows) if cut else copied,
        sampled=cut,
    )


def _blocks(source: psycopg.Connection[Any], relation: Relation, statement: str) -> Generator[Block, None, None]:
    """What the server that is read sends; its refusals name it, those of whoever takes the blocks do not pass here."""
    with (
        connect.reading(source, f"the rows of {relation.asked}", grant_on=(relation.schema, _full(relation))),
        source.cursor().copy(statement.encode()) as taken,
    ):
        yield from taken


def _write(target: psycopg.Connection[Any], statement: str, blocks: Iterable[Block]) -> None:
    with target.cursor() as cursor, cursor.copy(statement.encode()) as given:
        for block in blocks:
            given.write(block)


@contextmanager
def _writable(relation: Relation) -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        reason = error.diag.message_primary or str(error).strip().partition("\n")[0]
        raise CouldNotFindOut(
            f"the disposable server cannot take the rows of {relation.asked}: {reason}",
            detail=error.diag.message_detail or "",
        ) from error


def _finish(source: psycopg.Connection[Any], target: psycopg.Connection[Any], relation: Relation) -> list[str]:
    """Constraints, indexes and defaults, after the rows; returns what could not be recreated."""
    own = {constraint.index for constraint in relation.constraints}
    wanted = [
        f"ALTER TABLE {_full(relation)} ADD CONSTRAINT {quoted(constraint.name)} {constraint.definition}"
        for constraint in relation.constraints
    ]
    wanted += [
        index.definition
        for index in relation.indexes
        if index.name not in own and index.is_valid and not index.is_candidate
    ]
    left_out = [f"foreign key {key['name']} of {relation.asked}" for key in _of(source, relation, "foreign_keys")]
    left_out += [f"{loss['what']} of {relation.asked}" for loss in _of(source, relation, "losses")]
    wanted += [statistics["definition"] for statistics in _of(source, relation, "statistics")]
    left_out += [f"{statement} ({failure})" for statement in wanted if (failure := _failure(target, statement))]
    for column in relation.columns:
        if column.default_sql and not column.generated and not column.identity:
            name = f"{relation.asked}.{column.name}"
            statement = f"ALTER TABLE {_full(relation)} ALTER {quoted(column.name)} SET DEFAULT {column.default_sql}"
            left_out += [f"default of {name}"] if _failure(target, statement) else []
        if column.identity:
            _continue(target, relation, column)
    return left_out


def _failure(target: psycopg.Connection[Any], statement: str) -> str:
    """Runs the statement; the reason if it fails, else ""."""
    import psycopg

    try:
        target.execute(statement.encode())
    except psycopg.Error as error:
        return error.diag.message_primary or str(error).strip()
    return ""


def _continue(target: psycopg.Connection[Any], relation: Relation, column: Column) -> None:
    """Lets the identity sequence go on after the copied rows."""
    target.execute(
        f"SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%s, %s), max({quoted(column.name)}))"
        f" FROM {_full(relation)} HAVING max({quoted(column.name)}) >= 1".encode(),
        (_full(relation), column.name),
    )
