"""Calls of object mappers and document stores that delete or change records without a statement of SQL."""

from __future__ import annotations

from orchestrator.gate.code.bystanders import is_bystander
from orchestrator.gate.code.fold import options
from orchestrator.gate.code.site import table
from orchestrator.gate.code.values import Chain, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Site
    from orchestrator.gate.code.values import Value

# Steps of a chain that choose records.
FILTERS = frozenset(
    "filter filter_by where exclude first last andWhere orWhere whereIn whereNotIn whereNull whereNotNull having"
    " whereRaw whereDate whereBetween whereHas limit find find_by findOne eq neq lt gt lte gte in_ firstOrFail"
    " findOrFail [] rewhere whereExists whereKey take get_or_404 wherePivot".split()
)
RELATIONAL = ("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "django", "peewee", "pony", "tortoise", "ormar", "piccolo")
BUILDERS = (
    "knex", "objection", "bookshelf", "kysely", "drizzle-orm", "typeorm", "@mikro-orm", "sequelize",
    "sequelize-typescript", "mongoose", "mongodb", "@supabase", "@prisma/client",
)  # fmt: skip
CONNECTIONS = frozenset("tx trx t transaction database conn connection client orm pg sql".split())
DELETE_ALL = "delete-all-records"
UPDATE_ALL = "update-all-records"
SOME = "change-records"
DROP = "drop-tables"


def judge(site: Site) -> None:
    known = TABLES.get(site.name)
    rule = known(site) if known is not None and site.link.args is not None else ""
    if not rule or site.program.evidence.memory or is_bystander(site):
        return
    if rule != SOME or not site.program.script:
        site.effect(rule)


def is_filtered(site: Site) -> bool:
    if site.program.language == "python" and site.before("get"):
        return True
    return site.before(*FILTERS) or site.after(*FILTERS)


def is_empty(value: Value) -> bool:
    """True for a condition that fits every record: {}, None, an empty list."""
    return value is None or (isinstance(value, (dict, list)) and not value)


def has_library(site: Site, *names: str) -> bool:
    evidence = site.program.evidence
    return evidence.any(*names)


def is_drizzle(site: Site) -> bool:
    """True for drizzle, and for the db of a module of the project beside its schema."""
    if has_library(site, "drizzle-orm"):
        return True
    local = {name.rpartition("/")[2] for name in site.program.outside.modules if "/" in name}
    return bool({"db", "tx"} & set(site.path()[:2])) and bool(local & {"schema", "schemas", "tables"})


def _scope(site: Site) -> str:
    return SOME if is_filtered(site) else DELETE_ALL


def _delete(site: Site) -> str:
    return {
        "python": _python_delete,
        "javascript": _script_delete,
        "ruby": _ruby_delete,
        "php": _php_delete,
        "perl": _perl_delete,
        "go": _go_delete,
    }.get(site.program.language, _nothing)(site)


def _nothing(_: Site) -> str:
    return ""


def _python_delete(site: Site) -> str:
    path = site.path()
    if site.before("objects", "_default_manager", "_base_manager", "all_objects", "query"):
        return _scope(site)
    if "indices" in path or _is_table_of_dynamo(site):
        return "drop-collection"
    if not site.receiver or path[0].startswith("sqlalchemy"):
        # delete(X) of SQLAlchemy is run by execute, which is judged where it is called.
        return ""
    return _python_member_delete(site)


def _is_table_of_dynamo(site: Site) -> bool:
    return has_library(site, "boto3", "aioboto3") and not site.link.args and site.before("Table")


def _python_member_delete(site: Site) -> str:
    args = site.args()
    if has_library(site, "redis", "valkey", "rediscluster"):
        return "flush-store" if any(_is_every_key(each) for each in args) else ""
    if site.after("execute"):
        return _executed_delete(site)
    if site.before("all") and has_library(site, "tortoise", "ormar", "piccolo"):
        return _scope(site)
    if site.named("delete_all") is True:
        return DELETE_ALL
    if not args and has_library(site, *RELATIONAL) and (is_filtered(site) or site.before("session")):
        return SOME
    return SOME if len(args) == 1 and site.before("session", "Session", "SessionLocal") else ""


def _executed_delete(site: Site) -> str:
    """delete().execute() of Peewee and Supabase; delete(name=…).execute() of a web service takes one thing."""
    if site.link.args or set(site.link.named) - {"count", "returning"}:
        return SOME if has_library(site, *RELATIONAL) else ""
    return _scope(site)


def _is_every_key(value: Value) -> bool:
    """r.keys("*") or r.scan_iter()"""
    if not isinstance(value, Chain) or value.name not in {"keys", "scan_iter"}:
        return False
    args = value.links[-1].args or []
    return not args or args[0] == "*"


def _script_delete(site: Site) -> str:
    path = site.path()
    if "indices" in path:
        return "drop-collection"
    if site.after("from") and not is_filtered(site):
        return DELETE_ALL
    return _script_builder_delete(site, path)


def _script_builder_delete(site: Site, path: list[str]) -> str:
    condition = site.arg()
    if has_library(site, "knex", "objection", "bookshelf") or path[0] == "knex":
        return _scope(site) if not site.link.args else ""
    if is_drizzle(site) and len(site.link.args or []) == 1 and _is_connection(path[:-1]):
        return _scope(site)
    if has_library(site, "typeorm", "@mikro-orm") and site.receiver and site.link.args:
        return DELETE_ALL if isinstance(condition, dict) and not condition else SOME
    if path[-2:-1] and path[0] in {"prisma", "db"} and site.named("where") is not None:
        return SOME
    return SOME if has_library(site, "@supabase") and site.before("from") else ""


def _is_connection(path: list[str]) -> bool:
    """Sets and caches have delete(key), too; tables are deleted from what is named after a database."""
    return any("drizzle" in name or name in CONNECTIONS or name.lower().endswith("db") for name in path)


def _ruby_delete(site: Site) -> str:
    connected = site.before("connect") and has_library(site, "sequel")
    if (connected or site.chain.links[0].name in {"DB", "db"}) and site.at > 0 and not site.link.args:
        return _scope(site)
    if site.before("from", "dataset") and has_library(site, "sequel"):
        return _scope(site)
    return SOME if is_filtered(site) and has_library(site, "sequel", "activerecord", "active_record") else ""


def _php_delete(site: Site) -> str:
    if site.before("table", "query", "newQuery") and not site.link.args:
        return _scope(site)
    return SOME if site.before("where", "find", "whereIn") else ""


def _go_delete(site: Site) -> str:
    """db.Where("1 = 1").Delete(&User{}) of GORM, which asks for some condition."""
    conditions = [link.args[0] for link in site.chain.links[: site.at] if link.name == "Where" and link.args]
    if not has_library(site, "gorm.io"):
        return ""
    return DELETE_ALL if conditions and all(is_constant(each) for each in conditions) else SOME


def is_constant(condition: Value) -> bool:
    """True for a condition in SQL that holds for every record."""
    return isinstance(condition, str) and condition.replace(" ", "").lower() in {"1=1", "true", "1"}


def _perl_delete(site: Site) -> str:
    if site.before("resultset", "search", "rs"):
        return SOME if site.before("search", "find") and _searches(site) else DELETE_ALL
    return ""


def _searches(site: Site) -> bool:
    return any(link.name in {"search", "find"} and link.args for link in site.chain.links)


def _delete_all(site: Site) -> str:
    """delete_all, destroy_all of Ruby and others; a condition may be an argument."""
    language = site.program.language
    if language == "elixir":
        return DELETE_ALL if not _is_query(site.arg()) else SOME
    if language not in {"ruby", "perl"} or not site.receiver:
        return DELETE_ALL if site.before("collections", "query") else ""
    if not is_empty(site.arg()):
        return SOME
    if language == "perl":
        return SOME if _searches(site) else DELETE_ALL
    return _ruby_scope(site, DELETE_ALL)


def _ruby_scope(site: Site, everything: str) -> str:
    """User.inactive.delete_all has a scope of the application's own; User.all.delete_all has none."""
    chosen = [link.name for link in site.chain.links[: site.at] if not link.name[:1].isupper()]
    return SOME if set(chosen) - {"all", "unscoped", "with_deleted", "constantize"} else everything


def _is_query(value: Value) -> bool:
    return isinstance(value, Chain) and value.has("from", "where")


def _update_all(site: Site) -> str:
    if site.program.language == "elixir":
        return SOME if _is_query(site.arg()) else UPDATE_ALL
    return _ruby_scope(site, UPDATE_ALL) if site.receiver else ""


def _delete_many(site: Site) -> str:
    """deleteMany and delete_many of Prisma, Mongoose, MongoDB and others: a condition, or { where: condition }."""
    if not site.receiver:
        return ""
    condition = site.arg()
    if condition is None and "where" in site.link.named:
        condition = {"where": site.named("where")}
    if isinstance(condition, dict) and "where" in condition:
        condition = site.program.resolved(condition["where"])
    if is_empty(condition) and len(site.link.args or []) <= 1:
        return SOME if site.before("where", "filter") or site.after("where") else DELETE_ALL
    return SOME


def _update_many(site: Site) -> str:
    if not site.receiver:
        return ""
    condition = site.arg()
    if isinstance(condition, dict) and ("where" in condition or "data" in condition):
        return UPDATE_ALL if is_empty(site.program.resolved(condition.get("where"))) else SOME
    return UPDATE_ALL if isinstance(condition, dict) and not condition else SOME


def _update(site: Site) -> str:
    language = site.program.language
    if language == "python":
        if site.before("objects", "_default_manager") or (site.before("query") and site.before("session", "Session")):
            return SOME if is_filtered(site) else UPDATE_ALL
        runs = site.after("execute") and site.receiver and "body" not in site.link.named
        return (SOME if is_filtered(site) else UPDATE_ALL) if runs else ""
    if language == "javascript" and has_library(site, "knex", "drizzle-orm", "objection") and site.receiver:
        return SOME if is_filtered(site) else UPDATE_ALL
    if language == "php" and site.before("table"):
        return SOME if is_filtered(site) else UPDATE_ALL
    return ""


def _execute(site: Site) -> str:
    """session.execute(delete(X)), connection.execute(table.update())"""
    for value in site.args()[:1]:
        for each in options(value):
            if not isinstance(each, Chain):
                continue
            if each.has("delete"):
                return SOME if each.has(*FILTERS) else DELETE_ALL
            if each.has("update") and each.has("values", "update"):
                return SOME if each.has(*FILTERS) else UPDATE_ALL
            if each.has("DropTable", "DropSchema", "DropAllTables"):
                return DROP
    return ""


def _remove(site: Site) -> str:
    """collection.remove({}) of MongoDB."""
    if not has_library(site, "pymongo", "mongodb", "mongoose", "motor", "mongo", "mongoid", "tinydb"):
        return ""
    condition = site.arg()
    if isinstance(condition, dict):
        return SOME if condition else DELETE_ALL
    return ""


def _destroy(site: Site) -> str:
    """Model.destroy({ where: {}, truncate: true }) of Sequelize."""
    if site.program.language == "ruby":
        return SOME if is_filtered(site) else ""
    if site.program.language != "javascript" or not site.receiver:
        return ""
    if site.named("truncate") is True:
        return DELETE_ALL
    where = site.named("where")
    if isinstance(where, dict):
        return SOME if where else DELETE_ALL
    return SOME if where is not None else ""


def _truncate(site: Site) -> str:
    """truncate() of query builders and models; files have the word, too."""
    language = site.program.language
    if language == "javascript":
        known = has_library(site, *BUILDERS) or "knex" in site.path()
        return DELETE_ALL if known and site.receiver and "fs" not in site.path() else ""
    if language == "ruby":
        connected = site.before("connection") or (site.before("connect") and has_library(site, "sequel"))
        return DELETE_ALL if site.receiver and (connected or site.chain.links[0].name == "DB") else ""
    if language == "php":
        return DELETE_ALL if site.receiver and not site.link.args else ""
    return DELETE_ALL if has_library(site, "piccolo", "pony") and site.receiver else ""


def _del(site: Site) -> str:
    if site.receiver and (has_library(site, "knex", "objection") or site.path()[0] == "knex") and not site.link.args:
        return _scope(site)
    return ""


def _delete_from(site: Site) -> str:
    """deleteFrom("t") of Kysely."""
    return _scope(site) if site.receiver and site.after("execute", "executeTakeFirst") else ""


def _native_delete(site: Site) -> str:
    return DELETE_ALL if is_empty(site.arg(1)) else SOME


def _clear(site: Site) -> str:
    """repository.clear() of TypeORM truncates the table."""
    if site.before("getRepository") or (site.before("manager") and site.link.args):
        return DELETE_ALL
    repository = site.path()[0].lower().endswith("repository")
    return DELETE_ALL if has_library(site, "typeorm") and repository else ""


def _delete_by_query(site: Site) -> str:
    found = site.args() + list(site.link.named.values())
    return DELETE_ALL if any(_matches_all(each) for each in found) or not found else SOME


def _matches_all(value: Value, depth: int = 0) -> bool:
    if not isinstance(value, dict) or depth > 5:
        return False
    return "match_all" in value or any(_matches_all(each, depth + 1) for each in value.values())


def _to_sql(site: Site) -> str:
    """DataFrame.to_sql(…, if_exists="replace") drops the table first."""
    return SOME if site.named("if_exists") == "replace" else ""


def _clean(site: Site) -> str:
    return DELETE_ALL if "DatabaseCleaner" in site.path() else ""


def _each(site: Site) -> str:
    """[User, Order].each(&:delete_all)"""
    names = texts(site.link.args or []) if site.program.language == "ruby" and isinstance(site.chain.root, list) else []
    return DELETE_ALL if set(names) & {"delete_all", "destroy_all"} else ""


TABLES: dict[str, Callable[[Site], str]] = table({
    _delete: "delete Delete _raw_delete",
    _delete_all: "delete_all destroy_all delete_all! deleteAll destroyAll",
    _update_all: "update_all",
    _delete_many: "deleteMany delete_many",
    _update_many: "updateMany update_many",
    _update: "update",
    _execute: "execute exec scalars",
    _remove: "remove",
    _destroy: "destroy",
    _truncate: "truncate truncate_table truncateTable truncate_tables",
    _del: "del",
    _delete_from: "deleteFrom",
    _native_delete: "nativeDelete",
    _clear: "clear",
    _delete_by_query: "delete_by_query deleteByQuery",
    _clean: "clean_with clean",
    _to_sql: "to_sql",
    _each: "each map find_each",
})  # fmt: skip
