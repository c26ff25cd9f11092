"""What the catalog says of the relations that a query reads, as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UsageError
from orchestrator.pg import connect, sql

if TYPE_CHECKING:
    import psycopg

ORDINARY = ("r", "m")
COUNTED_BYTES = 8 << 20  # of a table without statistics, to know about how many rows it has
# The comment on an index that was made to be measured.
CANDIDATE = "candidate of pgwright"


@dataclass(frozen=True, kw_only=True)
class Column:
    name: str
    type: str  # as format_type prints it: "vector(384)", "timestamp with time zone"
    base_type: str
    type_schema: str
    dimensions: int  # of vector types; -1 when not declared, meaningless for others
    not_null: bool
    generated: str
    identity: str
    default_sql: str | None
    storage: str  # as pg_attribute has it; "" where it is the type's own
    collation: str  # quoted, with its schema; "" where it is the type's own


@dataclass(frozen=True, kw_only=True)
class Index:
    name: str  # quoted where SQL needs it, without the schema
    method: str
    definition: str
    is_valid: bool
    is_unique: bool
    is_primary: bool
    predicate: str | None
    size_bytes: int
    keys: tuple[str, ...]
    opclasses: tuple[str, ...]
    is_candidate: bool = False  # made by us on the disposable server, to be measured


@dataclass(frozen=True, kw_only=True)
class Constraint:
    name: str
    type: str
    definition: str
    index: str


@dataclass(frozen=True, kw_only=True)
class Relation:
    asked: str  # the name as the query wrote it
    oid: int
    schema: str
    name: str
    kind: str
    estimated_rows: int
    size_bytes: int
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...]
    constraints: tuple[Constraint, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def primary_key(self) -> str | None:
        """The column of a single-column primary key, quoted where SQL needs it, else None."""
        keys = next((index.keys for index in self.indexes if index.is_primary), ())
        return keys[0] if len(keys) == 1 else None

    @property
    def schema_qualifier(self) -> str:
        """What goes before the name of the relation and of its indexes: nothing for the schema public."""
        return "" if self.schema == "public" else f"{quoted(self.schema)}."

    @property
    def qualified(self) -> str:
        """Quoted where SQL needs it, with the schema unless that is public."""
        return self.schema_qualifier + quoted(self.name)


@dataclass(frozen=True, kw_only=True)
class OperatorClass:
    method: str
    operator: str
    type: str
    opclass: str
    is_default: bool


@dataclass(frozen=True, kw_only=True)
class Catalog:
    relations: tuple[Relation, ...]
    extensions: Mapping[str, str]  # name to version
    operator_classes: tuple[OperatorClass, ...]

    def opclass(self, method: str, operator: str, base_type: str) -> OperatorClass | None:
        """The operator class with which an index of `method` on a column of `base_type` serves `operator`."""
        wanted = (method, operator, base_type)
        return next(
            (found for found in self.operator_classes if (found.method, found.operator, found.type) == wanted), None
        )

    def relation(self, asked: str) -> Relation | None:
        """The relation that a query names so. A name without schema never means a relation asked for with one."""
        return next((relation for relation in self.relations if asked == relation.asked), None)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


# The key words of PostgreSQL 18 that quote_ident quotes: all but the unreserved ones of pg_get_keywords().
KEY_WORDS = """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
    char character check coalesce collate collation column concurrently constraint create cross current_catalog
    current_date current_role current_schema current_time current_timestamp current_user dec decimal default
    deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full grant
    greatest group grouping having ilike in initially inner inout int integer intersect interval into is isnull join
    json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize
    json_table json_value lateral leading least left like limit localtime localtimestamp merge_action national natural
    nchar none normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing
    position precision primary real references returning right row select session_user setof similar smallint some
    substring symmetric system_user table tablesample then time timestamp to trailing treat trim true union unique
    user using values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
    xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
"""
RESERVED = frozenset(KEY_WORDS.split())


def quoted(name: str) -> str:
    """The identifier as SQL needs it: quotes only where leaving them out would change the name."""
    plain = (
        name
        and (name[0].isalpha() or name[0] == "_")
        and name == name.lower()
        and name.replace("_", "a").isalnum()
        and name.isascii()
    )
    return name if plain and name not in RESERVED else '"' + name.replace('"', '""') + '"'


def unquoted(name: str) -> str:
    """The name that a quoted or plain identifier stands for."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def rows(connection: psycopg.Connection[Any], topic: str, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of a named query as dicts."""
    from psycopg.rows import dict_row

    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.named(topic, name), parameters or None).fetchall()


def read(connection: psycopg.Connection[Any], names: Sequence[str]) -> Catalog:
    """The catalog of the named relations. Raises UsageError when one does not exist or is not an ordinary table.

    Raises CouldNotFindOut, which names the server, when it cannot be read.
    """
    with connect.reading(connection, f"the catalog entries of {', '.join(names)}"):
        asked = rows(connection, "catalog", "relations", names=list(names))
        extensions = {row["name"]: row["version"] for row in rows(connection, "catalog", "extensions")}
        classes = tuple(OperatorClass(**row) for row in rows(connection, "catalog", "operator_classes"))
    found = []
    for row in asked:
        _refuse(row)
        table = f"{quoted(row['schema'])}.{quoted(row['name'])}"
        with connect.reading(connection, f"table {row['asked']}", grant_on=(row["schema"], table)):
            known = row["estimated_rows"] >= 0
            found.append(_relation(connection, row if known else row | {"estimated_rows": _counted(connection, table)}))
    return Catalog(relations=tuple(found), extensions=extensions, operator_classes=classes)


def _counted(connection: psycopg.Connection[Any], table: str) -> int:
    """About how many rows a table without statistics has: counted in some of its pages, in all if they are few."""
    size = connection.execute("SELECT pg_catalog.pg_relation_size(pg_catalog.to_regclass(%s))", (table,)).fetchone()
    share = min(1.0, COUNTED_BYTES / max(1, size[0] if size and size[0] else 1))
    sample = f" TABLESAMPLE SYSTEM ({100 * share:.6f}) REPEATABLE (1)" if share < 1 else ""
    counted = connection.execute(f"SELECT pg_catalog.count(*) FROM {table}{sample}".encode()).fetchone()
    return round((counted[0] if counted else 0) / share)


def _refuse(row: dict[str, Any]) -> None:
    if row["oid"] is None:
        raise UsageError(
            f'relation "{row["asked"]}" does not exist in this database',
            hint="Name its schema in the query, or check the DSN.",
        )
    if row["schema"] in ("pg_catalog", "information_schema"):
        raise UsageError(
            f'relation "{row["asked"]}" is a system catalog',
            detail="Its rows describe the server they are on and cannot be copied.",
        )
    if row["kind"] == "p":
        raise UsageError(
            f'relation "{row["asked"]}" is a partitioned table',
            detail="Its indexes are built on each partition on its own, which a migration of one statement cannot do.",
            hint="Name one of its partitions in the query.",
        )
    if row["kind"] not in ORDINARY:
        raise UsageError(
            f'relation "{row["asked"]}" is not a table',
            detail="Views and foreign tables cannot be copied.",
            hint="Put the view's own query into the file.",
        )


def _relation(connection: psycopg.Connection[Any], row: dict[str, Any]) -> Relation:
    oid = row["oid"]
    return Relation(
        **row,
        columns=tuple(Column(**column) for column in rows(connection, "catalog", "columns", oid=oid)),
        indexes=tuple(
            Index(**{**index, "keys": tuple(index["keys"]), "opclasses": tuple(index["opclasses"])})
            for index in rows(connection, "catalog", "indexes", oid=oid, mark=CANDIDATE)
        ),
        constraints=tuple(
            Constraint(**constraint) for constraint in rows(connection, "catalog", "constraints", oid=oid)
        ),
    )
