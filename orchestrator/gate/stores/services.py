"""Database servers as services, processes and packages of a system."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from orchestrator.gate.call import Call

_SERVERS = (
    "postgres", "postgresql", "postmaster", "pgsql", "mysql", "mysqld", "mariadb", "mariadbd", "percona", "mongod",
    "mongodb",
    "mongo", "redis", "redis-server", "valkey", "keydb", "clickhouse", "clickhouse-server", "cassandra",
    "elasticsearch",
    "opensearch", "neo4j", "influxdb", "couchdb", "cockroach", "cockroachdb", "patroni", "pgbouncer", "etcd",
    "mssql-server",
    "timescaledb",
)  # fmt: skip
_STOPS = frozenset(
    "stop restart try-restart condrestart reload-or-restart try-reload-or-restart force-reload kill mask disable "
    "isolate "
    "zap unload bootout remove".split()
)
# Packages that are no servers, though their names begin like one's.
_NO_SERVERS = (
    "client",
    "common-dev",
    "-doc",
    "-dev",
    "libs",
    "driver",
    "exporter",
    "connector",
    "-lib",
    "tools",
    "contrib-doc",
)


def server(name: str) -> bool:
    """True if a service, process or package of this name is a database server: postgresql@16-main.service."""
    plain = (
        name.lower()
        .rpartition("/")[2]
        .partition("@")[0]
        .partition(".service")[0]
        .partition("*")[0]
        .lstrip("^")
        .rstrip("$")
    )
    parts = plain.strip(":").rsplit(".", 1) if plain.startswith(("homebrew.", "com.", "org.")) else ["", plain]
    plain = parts[-1].rstrip("0123456789.-_")
    return plain in _SERVERS


def package(name: str) -> bool:
    """True if a package holds a server: postgresql-16, mysql-server, postgresql@16, mariadb-server-10.6."""
    plain = name.lower().partition("=")[0].partition(":")[0]
    if any(part in plain for part in _NO_SERVERS) or plain.startswith(
        ("lib", "python", "php", "ruby", "node", "golang")
    ):
        return False
    first = plain.partition("@")[0].replace("*", "").rstrip("0123456789.-_")
    return (
        first in _SERVERS or first.removesuffix("-server") in _SERVERS or first.removesuffix("-community") in _SERVERS
    )


def removed(call: Call, *verbs: str) -> None:
    """Reports that a package manager removes a server, by its words for removing."""
    words = parse(call.args, "c:x:").operands
    if words and words[0] in verbs and any(map(package, words[1:])):
        call.effect("remove-server")


def judge(call: Call, action: str, names: Iterable[str]) -> None:
    """Reports that a service is stopped or restarted, if it is a database."""
    if action in _STOPS and any(server(name) or _hinted(name) for name in names):
        call.effect("stop-server")


def _hinted(name: str) -> bool:
    return any(
        "postgres" in hint.lower() or "postmaster" in hint.lower() or "PG" in hint.split("_") for hint in hints(name)
    )


def kills(call: Call, names: Iterable[str]) -> None:
    """Reports that processes are ended, if a database server is among them."""
    if any(server(name.split(" ")[0]) or _hinted(name) for name in names if name):
        call.effect("stop-server")
