"""The database libraries of the languages, and the dialect that each speaks. "" is a store without SQL."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.values import Chain, Value

POSTGRESQL = (
    "psycopg psycopg2 psycopg_pool asyncpg pg8000 aiopg pgdb pygresql psycopg2cffi sqlalchemy"
    " sqlmodel databases records"
    " peewee playhouse pony django tortoise alembic flask_sqlalchemy flask_migrate ormar gino edgedb piccolo encode"
    " dataset pgvector timescale yoyo sqlobject advanced_alchemy ibis dbos aiosql pugsql"
    " bun pg postgres pg-promise slonik knex sequelize typeorm drizzle-orm @mikro-orm kysely"
    " umzug node-pg-migrate objection"
    " bookshelf massive @prisma/client prisma @prisma postgres.js pg-native @neondatabase @vercel/postgres @supabase"
    " postgresjs sequelize-typescript db-migrate pgtyped zapatos pg-pool @databases waterline"
    " active_record activerecord sequel rom rails activerecord-import database_cleaner data_mapper"
    " DBI DBD DBIx PDO Illuminate Doctrine Cycle Eloquent"
    " database/sql gorm.io github.com/jackc github.com/lib/pq github.com/jmoiron entgo.io github.com/uptrace"
    " github.com/pressly"
    " Ecto Postgrex luasql RPostgres RPostgreSQL DBI::dbConnect odbc pool pgmoon"
)
OTHERS = {
    "sqlite": "sqlite3 aiosqlite apsw sqlite better-sqlite3 bun:sqlite sqlite3-ruby RSQLite"
    " sqlite_utils libsql sqlite-utils"
    " lsqlite3 SQLite3 node:sqlite expo-sqlite sql.js @libsql",
    "mysql": "pymysql MySQLdb mysql mysql2 mariadb aiomysql asyncmy mysqlclient trilogy mysqli RMySQL RMariaDB"
    " github.com/go-sql-driver serverless-mysql @planetscale",
    "duckdb": "duckdb @duckdb duckdb-async",
    "clickhouse": "clickhouse_driver clickhouse_connect clickhouse asynch @clickhouse",
    "cassandra": "cassandra cassandra-driver scylla",
    "oracle": "oracledb cx_Oracle ruby-oci8 oci8",
    "sqlserver": "pyodbc pymssql mssql tedious tiny_tds",
    "": "pymongo motor mongoengine beanie odmantic redis aioredis rediscluster valkey elasticsearch opensearchpy boto3"
    " aioboto3 botocore qdrant_client chromadb pinecone weaviate pymilvus neo4j influxdb_client arango couchdb"
    " elasticsearch_dsl tinydb langchain_postgres langchain_community"
    " mongodb mongoose ioredis @elastic @opensearch-project @aws-sdk aws-sdk neo4j-driver @qdrant @pinecone-database"
    " mongoid mongo elasticsearch-ruby redis-rb MongoDB Redis Predis node-redis @redis",
}
LIBRARIES = dict.fromkeys(POSTGRESQL.split(), "postgresql")
LIBRARIES.update({name: dialect for dialect, listed in OTHERS.items() for name in listed.split()})
REMOTE = ("https:", "http:", "npm:", "jsr:")
LOADERS = frozenset(
    ("require", "import", "__import__", "import_module", "library", "requireNamespace", "createRequire")
)
# Parts of connection URLs and drivers that tell the dialect.
URLS = (
    ("postgres", "postgresql"),
    ("mysql", "mysql"),
    ("mariadb", "mysql"),
    ("sqlite", "sqlite"),
    ("duckdb", "duckdb"),
    ("clickhouse", "clickhouse"),
    ("mssql", "sqlserver"),
    ("oracle", "oracle"),
)


def module_of(name: str) -> str:
    """The library that a module belongs to: psycopg2 of psycopg2.extras, @prisma/client, database/sql."""
    name = name[5:] if name.startswith("node:") and name != "node:sqlite" else name
    if name in LIBRARIES:
        return name
    if name.startswith(REMOTE):
        return _remote_module(name)
    for sign in (".", "/", "\\", "::"):
        parts = name.split(sign)
        for count in (2, 1):
            if sign.join(parts[:count]) in LIBRARIES:
                return sign.join(parts[:count])
    return ""


def _remote_module(name: str) -> str:
    """The library in https://deno.land/x/postgres@v0.17/mod.ts, npm:pg@8 and jsr:@db/postgres."""
    parts = [part.partition("@")[0] for part in name.partition(":")[2].split("/")]
    return next((part for part in parts if part in LIBRARIES), "")


def loaded(chain: Chain) -> str:
    """The module that require("m"), __import__("m") or library(m) loads; "" for other calls."""
    for link in chain.links:
        if link.name in LOADERS and link.args:
            first = link.args[0]
            return first if isinstance(first, str) else getattr(first, "bare", "")
    return ""


class Evidence:
    """`libraries` are the database libraries that the text uses, `dialects` those of them that speak SQL."""

    __slots__ = ("dialects", "libraries", "memory")

    def __init__(self, modules: list[str], calls: list[Chain], text: str) -> None:
        names = modules + [module for module in map(loaded, calls) if module]
        names += [link.name for chain in calls for link in chain.links[:1] if link.name[:1].isupper()]
        self.libraries = {found for found in map(module_of, names) if found}
        self.dialects = {LIBRARIES[name] for name in self.libraries} - {""}
        self.memory = bool(self.dialects) and self.dialects <= {"sqlite", "duckdb"} and in_memory(calls)
        if self.dialects == {"postgresql"}:
            by_url = {
                dialect
                for sign, dialect in URLS
                if sign + "://" in text or sign + "+" in text or sign + "ql://" in text
            }
            self.dialects = by_url or self.dialects
            self.memory = by_url == {"sqlite"} and ("sqlite://'" in text or 'sqlite://"' in text or ":memory:" in text)

    @property
    def dialect(self) -> str:
        return next(iter(self.dialects)) if len(self.dialects) == 1 else "postgresql"

    def any(self, *names: str) -> bool:
        return any(name in self.libraries for name in names)


OPENS = frozenset(("connect", "Database", "DatabaseSync", "new"))


def in_memory(calls: list[Chain]) -> bool:
    """True if every database that the text opens lives in memory."""
    opened = [
        link
        for chain in calls
        for at, link in enumerate(chain.links)
        if link.args is not None and (link.name in OPENS or (link.name == "()" and at and loaded(chain)))
    ]
    return bool(opened) and all(is_memory(link.args[0] if link.args else ":memory:") for link in opened)


def is_memory(value: Value) -> bool:
    return isinstance(value, str) and (value in {"", ":memory:"} or "mode=memory" in value)
