"""Names that tell what a thing is: a database, a volume that can be filled again, a backup."""

from __future__ import annotations

_PARTS = (
    "postgres", "pgdata", "pgsql", "pgvector", "timescale", "patroni", "cloudnativepg", "mysql", "mariadb", "percona",
    "mongo", "redis", "valkey", "cassandra", "scylla", "clickhouse", "elasticsearch", "opensearch", "cockroach",
    "influx",
    "neo4j", "mssql", "sqlserver", "couchdb", "couchbase", "supabase", "database", "dynamodb", "sqlite",
)  # fmt: skip
_WORDS = frozenset(("db", "dbs", "pg", "sql", "rds", "aurora", "oracle", "etcd", "cnpg", "qdrant"))
_REFILLED = frozenset(
    "cache caches cached npm yarn pnpm pip uv cargo gomod maven gradle m2 gems bundle bundler composer build builds "
    "buildx buildkit node modules nodemodules venv tmp temp logs log target ccache sccache playwright".split()
)
_BACKUP = frozenset("backup backups bak dump dumps pgdump pgbackup basebackup snapshot snapshots".split())


def words(text: str) -> list[str]:
    """The words of a name: pg-data_1 has pg, data and 1."""
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()


def database(text: str) -> bool:
    """True if a name hints at a database: orders-postgres-0, app_db, pgdata."""
    lower = text.lower()
    if any(part in lower for part in _PARTS):
        return True
    return any(word in _WORDS or (word.endswith("db") and len(word) > 2) for word in map(_letters, words(text)))


def _letters(word: str) -> str:
    return word.rstrip("0123456789")


def refilled(text: str) -> bool:
    """True if a volume's name says that its content can be fetched or built again."""
    return not database(text) and any(word in _REFILLED for word in words(text))


def backup(text: str) -> bool:
    """True if a file's name says that it is a backup of a database."""
    name = text.rstrip("/").rpartition("/")[2]
    found = words(name)
    if name.endswith(".sql.gz"):
        return True
    return any(word in _BACKUP for word in found) and (database(name) or _ends_like_backup(name.lower()))


def _ends_like_backup(name: str) -> bool:
    return name.endswith((".dump", ".sql", ".sql.gz", ".sql.zst", ".sql.xz", ".backup", ".pgdump", ".dump.gz"))
