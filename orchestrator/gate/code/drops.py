"""Calls that drop tables, collections, indexes and databases, or empty a store, without a statement of SQL."""

from __future__ import annotations

from orchestrator.gate.code.bystanders import SHOWS
from orchestrator.gate.code.records import DROP, has_library
from orchestrator.gate.code.site import table
from orchestrator.gate.code.values import Chain, as_text, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Site
    from orchestrator.gate.code.values import Value

DATABASE = "destroy-database"
COLLECTION = "drop-collection"
VECTORS = (
    "qdrant_client", "chromadb", "pymilvus", "weaviate", "langchain_postgres", "langchain_community", "@qdrant",
    "pymongo", "mongodb", "mongoose", "pinecone", "@pinecone-database",
)  # fmt: skip


def judge(site: Site) -> None:
    known = TABLES.get(site.name)
    rule = known(site) if known is not None and site.link.args is not None else ""
    if rule and not site.program.evidence.memory and not site.after(*SHOWS):
        site.effect(rule)


def _drop(site: Site) -> str:
    """collection.drop(), Model.drop(), sequelize.drop(), table.drop(engine)."""
    if site.program.language == "python":
        if has_library(site, "pymongo", "motor", "mongoengine", "beanie"):
            return COLLECTION if not site.link.args and site.receiver else ""
        if site.before("__table__"):
            return DROP
        table = site.before("Table") or _is_engine(site.arg())
        return DROP if table and has_library(site, "sqlalchemy", "sqlmodel", "flask_sqlalchemy") else ""
    if site.program.language == "javascript" and site.receiver:
        if has_library(site, "mongoose", "mongodb"):
            return COLLECTION
        return DROP if has_library(site, "sequelize", "sequelize-typescript") or "sequelize" in site.path() else ""
    return ""


def _is_engine(value: Value) -> bool:
    return isinstance(value, Chain) and (
        value.bare in {"engine", "conn", "bind", "connection"} or value.has("create_engine")
    )


def _with_receiver(rule: str, *libraries: str) -> Callable[[Site], str]:
    def check(site: Site) -> str:
        if not site.receiver or (libraries and not has_library(site, *libraries)):
            return ""
        return rule

    return check


def _drop_table(site: Site) -> str:
    """drop_table :users of Rails, dropTable("users") of Knex and Sequelize, op.drop_table() is a migration's."""
    if site.program.language == "ruby":
        return DROP if site.link.args else ""
    return DROP if site.receiver and site.path()[0] not in {"op", "table"} else ""


def _laravel_drop(site: Site) -> str:
    return DROP if "Schema" in site.path() else ""


def _gorm_drop(site: Site) -> str:
    return DROP if site.before("Migrator") else ""


def _sync(site: Site) -> str:
    """sequelize.sync({ force: true }) drops the tables first."""
    if site.named("force") is True:
        return "reset-database"
    return "push-schema" if site.named("alter") is True and not site.program.script else ""


def _synchronize(site: Site) -> str:
    if site.arg() is True:
        return "reset-database"
    return "push-schema" if has_library(site, "typeorm") and site.receiver and not site.program.script else ""


def _data_source(site: Site) -> str:
    return "reset-database" if site.named("dropSchema") is True else ""


def _flush(site: Site) -> str:
    return "flush-store" if site.receiver else ""


def _command(site: Site) -> str:
    """execute_command("FLUSHALL"), sendCommand(["FLUSHALL"]), runCommand({ dropDatabase: 1 })."""
    first = site.arg()
    names = [text.upper() for text in (list(first) if isinstance(first, dict) else texts(first))]
    if not names:
        return ""
    if names[0].split()[:1] and names[0].split()[0] in {"FLUSHALL", "FLUSHDB"}:
        return "flush-store"
    if "DROPDATABASE" in names:
        return DATABASE
    return COLLECTION if "DROP" in names[:1] and site.receiver else ""


def _database(site: Site) -> str:
    return DATABASE if site.receiver else ""


def _cloud(_: Site) -> str:
    return "destroy-cloud-database"


def _removes_table(_: Site) -> str:
    return DROP


def _collection(site: Site) -> str:
    known = has_library(site, *VECTORS)
    return COLLECTION if known and site.receiver else ""


def _dynamo(site: Site) -> str:
    return COLLECTION if as_text(site.named("TableName")) else ""


TABLES: dict[str, Callable[[Site], str]] = table({
    _drop: "drop",
    _with_receiver(DROP): "drop_all drop_all_tables drop_tables dropAllTables dropAllSchemas dropSchema drop_schema"
    " dropAllEnums dropDatabaseTables",
    _drop_table: "drop_table dropTable dropTableIfExists drop_table! drop_join_table drop_table?",
    _laravel_drop: "dropIfExists",
    _gorm_drop: "DropTable",
    _sync: "sync",
    _synchronize: "synchronize",
    _data_source: "DataSource createConnection",
    _flush: "flushall flushdb flushAll flushDb FlushAll FlushDB",
    _command: "execute_command sendCommand call runCommand command",
    _database: "drop_database dropDatabase drop_databases _drop_databases purge! refreshDatabase drop_database!",
    _cloud: "delete_db_instance delete_db_cluster DeleteDBInstanceCommand DeleteDBClusterCommand deleteDBInstance"
    " deleteDBCluster",
    _removes_table: "dbRemoveTable",
    _collection: "drop_collection dropCollection delete_collection deleteCollection delete_index deleteIndex",
    _dynamo: "delete_table DeleteTableCommand deleteTable",
})  # fmt: skip
