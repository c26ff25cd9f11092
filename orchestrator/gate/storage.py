"""Where databases lie on a disk: data directories of servers, databases that are one file, backups."""

from __future__ import annotations

import posix

from orchestrator.gate.place import inside, normal
from orchestrator.gate.stores import names
from orchestrator.gate.text import CLOSE, OPEN, hints, is_known, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

_KNOWN = (
    "/var/lib/postgresql", "/var/lib/postgres", "/var/lib/pgsql", "/var/lib/mysql", "/var/lib/mariadb",
    "/var/lib/mongodb",
    "/var/lib/mongo", "/var/lib/redis", "/var/lib/valkey", "/var/lib/clickhouse", "/var/lib/elasticsearch",
    "/var/lib/opensearch", "/var/lib/cassandra", "/var/lib/neo4j", "/var/lib/influxdb", "/var/lib/etcd",
    "/var/lib/couchdb",
    "/var/lib/cockroach", "/var/lib/docker/volumes", "/var/lib/containers/storage/volumes", "/usr/local/pgsql/data",
    "/usr/local/var/postgres", "/usr/local/var/mysql", "/usr/local/var/mongodb", "/usr/local/var/db/redis",
    "/opt/homebrew/var/postgres", "/opt/homebrew/var/mysql", "/opt/homebrew/var/mongodb", "/opt/homebrew/var/db/redis",
    "/home/linuxbrew/.linuxbrew/var/postgres", "/bitnami/postgresql", "/bitnami/mysql", "/bitnami/mongodb",
    "/Library/PostgreSQL", "/var/snap/postgresql", "/data/db", "/data/postgres", "/data/pg", "/data/mysql",
)  # fmt: skip
# Folders that hold whole systems: what lies in them is not known, and it is too much to be guessed.
_WHOLE = frozenset(("~", *("/" + name for name in ("", *"var usr usr/local opt home root Users data srv mnt".split()))))
_NAMED = frozenset(
    "pgdata pgsqldata postgresdata postgresqldata mysqldata mariadbdata mongodata mongodbdata redisdata dbdata "
    "clickhousedata esdata elasticdata pgwal pgxact pgxlog cockroachdata".split()
)
_OWNERS = frozenset("postgres postgresql pgsql mysql mariadb mongo mongodb".split())
_HOLDERS = frozenset(("data", ".data", "volumes", "volume", ".volumes", ".docker", "storage"))
_MARKERS = frozenset(("PG_VERSION", "ibdata1", "mysql.ibd", "WiredTiger"))
_HINTS = (
    "PGDATA",
    "PG_DATA",
    "POSTGRES_DATA",
    "POSTGRESQL_DATA",
    "MYSQL_DATA",
    "MYSQL_DATADIR",
    "DB_DATA",
    "MONGO_DATA",
)
_NO_DATA = frozenset("log logs pg_log pg_stat_tmp backup backups dump dumps archive".split())
_FILES = (
    ".db", ".db3", ".sqlite", ".sqlite3", ".sqlite2", ".s3db", ".sl3", ".duckdb", ".mdb", ".accdb", ".fdb", ".ibd",
)  # fmt: skip
_FILE_NAMES = frozenset(("dump.rdb", "appendonly.aof", "ibdata1"))
_NOT_DATABASES = frozenset(("thumbs.db", "ehthumbs.db"))
_BESIDE = ("-wal", "-shm", "-journal", ".wal")
_SCRATCH_PLACES = ("/tmp", "/var/tmp", "/private/tmp", "/private/var/folders", "/dev/shm", "/var/folders")  # noqa: S108
_SCRATCH = frozenset(
    "tmp temp temporary test tests testing testdata tst spec specs e2e ci cache caches cached fixture fixtures scratch "
    "sandbox node modules nodemodules pycache build dist target coverage htmlcov out next nuxt turbo parcel "
    "svelte gradle "
    "venv tox nox pytest mypy ruff playground bench benchmark benchmarks example examples vendor pycharm idea "
    "vscode".split()
)
# How much of a folder is looked through before it is removed.
_LISTED = 48
_LEVELS = 3


def exists(path: str) -> bool:
    try:
        posix.stat(path)
    except (OSError, ValueError):
        return False
    return True


def data_directory(path: str, seen: Callable[[str], bool] = exists) -> bool:
    """True if the path is the data directory of a server, or lies in one. `seen` tells whether a file exists."""
    bare = _bare(path)
    if _no_data(bare):
        return False
    if any(_names_data(hint) for hint in hints(bare)):
        return True
    if any(_within(bare, known) for known in _KNOWN) or "/Application Support/Postgres" in bare:
        return True
    parts = [part for part in bare.split("/") if part]
    if any(_is_named(part) for part in parts):
        return True
    # A version may stand between them: PostgreSQL/16/data.
    plain = [part.lower() for part in parts if not part.isdigit()]
    if any(_owned(before, after) for before, after in zip(plain, plain[1:])):  # noqa: RUF007
        return True
    return is_known(bare) and any(seen(bare + "/" + marker) for marker in _MARKERS)


def whole_system(path: str) -> bool:
    """True for a folder so large that data directories lie in it: /, /var/lib, a home."""
    bare = _bare(path) or "/"
    if bare in _WHOLE or (bare.count("/") == 2 and bare.startswith(("/home/", "/Users/"))):
        return True
    if bare.startswith(OPEN) and bare.endswith(CLOSE) and hints(bare) == ["HOME"]:
        return True
    return bare.startswith("/") and any(inside(known, bare) for known in _KNOWN)


def database_file(path: str) -> bool:
    """True if the path names a database that is one file, and not a scratch one."""
    name = _bare(path).rpartition("/")[2].lower().rstrip("*?")
    for suffix in _BESIDE:
        if name.endswith(suffix):
            name = name[: -len(suffix)]
    if name in _NOT_DATABASES or not (name.endswith(_FILES) or name in _FILE_NAMES):
        return False
    return not scratch(path)


def scratch(path: str) -> bool:
    """True if the path says that its content is for trying out."""
    return temporary(path) or any(word in _SCRATCH or word.startswith(("test", "tmp")) for word in names.words(path))


def temporary(path: str) -> bool:
    """True for what lies where the system keeps temporary files."""
    if any(inside(path, place) for place in _SCRATCH_PLACES):
        return True
    return any(word in ("TMPDIR", "TMP", "TEMP", "mktemp") or "TMP" in word.split("_") for word in hints(path))


def _bare(path: str) -> str:
    """The path without what selects the content of a folder: /*, /., /.[!.]*, /**."""
    for _ in range(_LEVELS):
        short = path.rstrip("/") if path != "/" else path
        head, slash, last = short.rpartition("/")
        if not slash or not (last == "." or (last and not last.strip("*.?![]{},"))):
            return short or path[:1]
        path = head or "/"
    return path


def _no_data(path: str) -> bool:
    parts = path.split("/")
    return any(part in _NO_DATA for part in parts) or parts[-1].endswith(".log")


def _names_data(hint: str) -> bool:
    upper = hint.upper()
    return any(name in upper for name in _HINTS)


def _within(path: str, known: str) -> bool:
    """True for the known folder, what lies in it, and its versions: postgresql@16, postgresql-16."""
    if path.startswith(known):
        after = path[len(known) :]
        return not after or after[0] in "/@-.*?" or after[0].isdecimal() or after.startswith("ql")
    head, _, pattern = path.rpartition("/")
    fixed = pattern.partition("*")[0]
    return "*" in pattern and bool(fixed) and known.startswith(head + "/" + fixed)


def _owned(before: str, after: str) -> bool:
    """postgres/data, and data/postgres."""
    return (after == "data" and before in _OWNERS) or (after in _OWNERS and before in _HOLDERS)


def _is_named(part: str) -> bool:
    plain = part.lower().lstrip(".").replace("_", "").replace("-", "").rstrip("0123456789*")
    return plain in _NAMED


def passing(call: Call, path: str) -> bool:
    """True for a file outside of the project, where temporary files are kept."""
    return temporary(_place(call, path))


def removed(call: Call, path: str, recursive: bool = True) -> None:
    """Reports the removal of a path, if databases or backups go with it."""
    place = _place(call, path)
    detail = f"{call.name} {shown(path)}"
    if _is_data(call, place) or (recursive and _is_whole(call, place)):
        call.effect("remove-data-directory", detail)
    elif database_file(place):
        call.effect("remove-database-file", detail)
    elif recursive and _below(call, place):
        call.effect(_below(call, place), f"{detail}, in which databases lie")
    elif not scratch(place) and (names.backup(place) or (recursive and _backups(place))):
        call.effect("remove-backup", detail)


def found(call: Call, folder: str, patterns: list[str]) -> None:
    """Reports the removal of what is found in a folder under one of the patterns; of everything without patterns."""
    for pattern in patterns:
        removed(
            call, folder.rstrip("/") + "/" + pattern.lstrip("*/") if "/" in pattern else folder + "/" + pattern, False
        )
    if not patterns:
        removed(call, folder)


def emptied(call: Call, path: str) -> None:
    """Reports that a file is truncated or overwritten, if it is a database."""
    place = _place(call, path)
    if _is_data(call, place):
        call.effect("remove-data-directory", f"{call.name} {shown(path)}")
    elif database_file(place):
        call.effect("remove-database-file", f"{call.name} {shown(path)}")


def moved(call: Call, path: str) -> None:
    """Reports that a data directory is moved away."""
    place = _place(call, path)
    if _is_data(call, place) or _is_whole(call, place):
        call.effect("move-data-directory", f"{call.name} {shown(path)}")


def _is_data(call: Call, place: str) -> bool:
    if data_directory(place, _seen(call)):
        return True
    named = [_place(call, value) for value in map(call.variable, _HINTS) if value]
    return not _no_data(place) and any(inside(_bare(place), folder.rstrip("/")) for folder in named)


def _is_whole(call: Call, place: str) -> bool:
    home = call.machine.place.home
    return whole_system(place) or (bool(home) and place.startswith("/") and inside(home, _bare(place)))


def _place(call: Call, path: str) -> str:
    """The absolute path, or the path from the project's root in the project: that lies in /tmp in many a sandbox."""
    if not is_known(path + call.cwd) or path.startswith("~"):
        return path
    absolute = normal(path, call.cwd)
    root = call.machine.place.project
    if inside(absolute, root) and root not in (absolute, "/"):
        return absolute[len(root) + 1 :]
    return absolute


def _seen(call: Call) -> Callable[[str], bool]:
    if call.remote:
        return lambda _: False
    return lambda path: exists(normal(path, call.machine.place.project))


def _backups(path: str) -> bool:
    """True for a folder of backups: backups, db-dumps."""
    name = _bare(path).rpartition("/")[2]
    return "." not in name and any(word in ("backup", "backups", "dumps") for word in names.words(name))


def _below(call: Call, path: str) -> str:
    """The rule for what lies in a folder, as far as a short look shows it."""
    if call.remote or not is_known(path):
        return ""
    waiting = [(_bare(path), 0)]
    for _ in range(_LISTED):
        if not waiting:
            break
        folder, level = waiting.pop(0)
        rule = _in_folder(call, folder, level, waiting)
        if rule:
            return rule
    return ""


def _in_folder(call: Call, folder: str, level: int, waiting: list[tuple[str, int]]) -> str:
    absolute = normal(folder, call.machine.place.project)
    try:
        entries = posix.listdir(absolute)
    except (OSError, ValueError):
        return ""
    for entry in sorted(entries):
        inner = folder.rstrip("/") + "/" + entry
        if entry in _MARKERS or (_is_named(entry) and not exists(absolute + "/" + entry + "/__init__.py")):
            return "remove-data-directory"
        if database_file(inner):
            return "remove-database-file"
        if level < _LEVELS and "." not in entry[1:] and not scratch(entry):
            waiting.append((inner, level + 1))
    return ""
