"""Database clients, server tools, containers, clouds and file removal: what the gate finds in their command lines.

`clients/*.txt` has one row a command: the id of a rule that it falls under, or - if nothing is wrong with it.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from examples import judged_at, project
from hook_process import event
from tables import found, rows, wrong

from orchestrator.gate import storage
from orchestrator.gate.stores import mongo, names, redis, script, sqltext
from orchestrator.gate.stores.url import Url
from orchestrator.gate.text import unknown

TABLES = sorted((Path(__file__).parent / "clients").glob("*.txt"))


COMPOSE = """
services:
  migrate:
    image: app
    command: alembic upgrade head
    depends_on:
      - db
  up:
    image: flyway/flyway:10
    command: ["migrate"]
  listed:
    command:
      - alembic
      - upgrade
      - head
  shell:
    command: sh -c "sleep 1 && alembic upgrade head"
  entry:
    entrypoint: ["alembic"]
  web:
    command: uvicorn app:main
  db:
    image: postgres:16
"""


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_command_falls_under_its_rule_and_a_harmless_one_under_none(table):
    assert wrong(table) == []


def test_there_are_as_many_harmless_rows_as_risky_ones():
    every = [rule for table in TABLES for rule, _ in rows(table)]
    risky = sum(map(bool, every))
    assert risky >= 400
    assert len(every) - risky >= risky


@pytest.mark.parametrize(
    ("command", "files", "rule"),
    [
        ("mysql shop < a.sql", {"a.sql": "drop table a;"}, "drop-table"),
        ("mysql shop -e 'source a.sql'", {"a.sql": "delete from a;"}, "delete-every-row"),
        ("mysql shop < a.sql", {"a.sql": "source b.sql\n", "b.sql": "truncate a;"}, "truncate-table"),
        ("mysql shop < a.sql", {"a.sql": "select 1;\nsystem dropdb shop\n"}, "destroy-database"),
        ("sqlite3 app.db < a.sql", {"a.sql": "drop table a;"}, "drop-table"),
        ("sqlite3 app.db '.read a.sql'", {"a.sql": "drop table a;"}, "drop-table"),
        ("sqlite3 app.db < a.sql", {"a.sql": "select ';\n.shell dropdb a\n';"}, ""),
        ("duckdb lake.duckdb -f a.sql", {"a.sql": "drop table a;"}, "drop-table"),
        ("sqlcmd -i a.sql", {"a.sql": "drop table a\nGO\n"}, "drop-table"),
        ("sqlcmd -i a.sql", {"a.sql": ":r b.sql\n", "b.sql": "drop table a"}, "drop-table"),
        ("sqlplus app/x@db @a", {"a.sql": "drop table a;\n"}, "drop-table"),
        ("cqlsh -f a.cql", {"a.cql": "DROP KEYSPACE shop;"}, "destroy-database"),
        ("mongosh shop a.js", {"a.js": "db.orders.drop()"}, "drop-collection"),
        ("mongosh shop a.js", {"a.js": "print(db.orders.countDocuments({}))"}, ""),
        ("mongosh shop --eval 'load(\"a.js\")'", {"a.js": "db.dropDatabase()"}, "destroy-database"),
        ("redis-cli < a.txt", {"a.txt": "get a\nflushall\n"}, "flush-store"),
        ("redis-cli --pipe < a.txt", {"a.txt": "*1\r\n$8\r\nFLUSHALL\r\n"}, "flush-store"),
        ("redis-cli --eval a.lua", {"a.lua": "redis.call('FLUSHALL')"}, "flush-store"),
        ("pgbench -f a.sql shop", {"a.sql": "\\set n random(1, 9)\nselect :n;"}, ""),
        ("pgbench -f a.sql@3 shop", {"a.sql": "delete from a;"}, "delete-every-row"),
        ("clickhouse-client --queries-file a.sql", {"a.sql": "drop table a"}, "drop-table"),
        ("cockroach sql -f a.sql", {"a.sql": "drop table a"}, "drop-table"),
        ("curl localhost:8123 --data-binary @a.sql", {"a.sql": "drop table a"}, "drop-table"),
        ("curl -d @a.json localhost:3000/sql", {"a.json": '{"sql": "drop \\u0074able a"}'}, "drop-table"),
        ("curl -d @a.json localhost:3000/orders", {"a.json": '{"name": "drop table a"}'}, ""),
        ("kubectl delete -f a.yaml", {"a.yaml": "kind: Namespace\n"}, "destroy-volume"),
        ("kubectl delete -f a.yaml", {"a.yaml": "kind: StatefulSet\nimage: mysql\n"}, "destroy-volume"),
        (
            "kubectl delete -f a.yaml",
            {"a.yaml": "apiVersion: cnpg.io/v1\nkind: Cluster\n"},
            "destroy-database",
        ),
        ("kubectl delete -f a.yaml", {"a.yaml": "kind: ConfigMap\n"}, ""),
        ("docker compose run --rm migrate", {"compose.yaml": COMPOSE}, "run-migration"),
        ("docker compose run --rm up", {"compose.yaml": COMPOSE}, "run-migration"),
        ("docker compose run --rm listed", {"compose.yaml": COMPOSE}, "run-migration"),
        ("docker compose run --rm shell", {"compose.yaml": COMPOSE}, "run-migration"),
        ("docker compose run --rm entry upgrade head", {"compose.yaml": COMPOSE}, "run-migration"),
        ("docker compose run --rm entry history", {"compose.yaml": COMPOSE}, ""),
        ("docker compose run --rm migrate alembic history", {"compose.yaml": COMPOSE}, ""),
        ("docker compose run --rm web", {"compose.yaml": COMPOSE}, ""),
        ("docker compose run --rm migrate", {}, "unread-command"),
        ("docker compose run --rm db psql -c 'drop table a'", {"compose.yaml": COMPOSE}, "drop-table"),
        (
            "kubectl delete -f k8s",
            {"k8s/a.yaml": "kind: Service", "k8s/b.yml": "kind: PersistentVolumeClaim"},
            "destroy-volume",
        ),
        ("kubectl delete -f k8s/", {"k8s/a.yaml": "kind: Service"}, ""),
        ("docker run --rm -v pgdata:/x alpine rm -rf /x/base", {}, "remove-data-directory"),
        ("docker run --rm -v cache:/x alpine rm -rf /x/base", {}, ""),
        ("docker run --rm -v pgdata:/x alpine ls /x", {}, ""),
        ("initdb -D srv", {"srv/PG_VERSION": "16"}, "reinitialise-cluster"),
        ("PGDATA=srv pg_ctl initdb", {"srv/PG_VERSION": "16"}, "reinitialise-cluster"),
        ("rm -rf srv", {"srv/PG_VERSION": "16"}, "remove-data-directory"),
        ("rm -rf srv/", {"srv/pg/main/PG_VERSION": "16"}, "remove-data-directory"),
        ("rm -rf srv/base", {"srv/base/1/PG_VERSION": "16"}, "remove-data-directory"),
        ("rm -rf *", {"srv/PG_VERSION": "16"}, "remove-data-directory"),
        ("cd srv && rm -rf .", {"srv/PG_VERSION": "16"}, "remove-data-directory"),
        ("rm -rf srv", {"srv/app.db": "SQLite"}, "remove-database-file"),
        ("rm -rf srv", {"srv/cache/app.db": "SQLite", "srv/a.txt": ""}, ""),
        ("rm -rf srv", {"srv/a.py": ""}, ""),
        ("find . -name '*.sqlite3' -exec rm {} +", {"app.sqlite3": "SQLite"}, "remove-database-file"),
        ('PGDATA=/srv/pg; rm -rf "$PGDATA"', {}, "remove-data-directory"),
    ],
)
def test_files_are_read(command, files, rule):
    assert [rule] == found(command, files)[:1] or (not rule and not found(command, files))


@pytest.mark.parametrize(
    "path",
    [
        "/var/lib/postgresql", "/var/lib/postgresql/16/main/base/1", "/var/lib/pgsql-16/data",
        "/usr/local/var/postgresql@16",
        "pgdata", "docker/pg_data/", "a/postgres/data", "data/mysql", ".pgdata/*", "/srv/pgdata16",
        unknown("PGDATA") + "/base",
        "/var/lib/my*", "/bitnami/postgresql/data",
    ],
)  # fmt: skip
def test_data_directory_is_known_by_its_name(path):
    assert storage.data_directory(path, lambda _: False)


@pytest.mark.parametrize(
    "path",
    [
        "node_modules", "src/db", "docs/pgdata.md", "/var/log/postgresql", "/var/lib/postgresql/16/main/log/a.log",
        "data",
        "postgres", "/var/lib/dpkg", unknown("BUILD_DIR"), "/var/lib/postgresql/backups/a.dump", "",
    ],
)  # fmt: skip
def test_other_folder_is_no_data_directory(path):
    assert not storage.data_directory(path, lambda _: False)


def test_data_directory_is_known_by_its_files():
    assert storage.data_directory("/srv/x", lambda path: path == "/srv/x/PG_VERSION")
    assert storage.data_directory("/srv/x/*", lambda path: path == "/srv/x/WiredTiger")


@pytest.mark.parametrize(
    "path", ["app.db", "db/production.sqlite3", "a.sqlite-wal", "A.DB", "*.duckdb", "/srv/app.db*"]
)
def test_database_file_is_known(path):
    assert storage.database_file(path)


@pytest.mark.parametrize("path", ["app.db.md", "test.db", "tests/a.sqlite3", ".cache/a.db", "thumbs.db", "db", ""])
def test_scratch_file_is_no_database(path):
    assert not storage.database_file(path)


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("select 1;\n.quit", [".quit"]),
        ("select 1\n.quit", []),
        ("select ';\n.quit\n';", []),
        ("/* ;\n.quit */ select 1;", []),
        ("-- a;\n.quit", [".quit"]),
        (".a\n\n.b", [".a", ".b"]),
        ("", []),
    ],
)
def test_client_commands_stand_between_statements(text, commands):
    pieces = script.pieces(text, lambda line: line.startswith("."))
    assert [piece for kind, piece in pieces if kind == script.COMMAND] == commands


def test_delimiter_of_mysql_is_followed():
    pieces = script.pieces("delimiter //\nselect 1; select 2//\ndelimiter ;\nselect 3;", lambda _: False)
    assert (
        "".join(piece for kind, piece in pieces if kind == script.SQL).replace("\n", "")
        == "select 1; select 2;select 3;"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a('x')", ["a", "(", "x", ")"]),
        ("// a\nb/* c */", ["b"]),
        ("'it\\'s'", ["it\\'s"]),
        ("'open", ["open"]),
    ],
)
def test_javascript_is_cut_into_tokens(text, expected):
    assert [token.text for token in mongo.tokens(text)] == expected


@pytest.mark.parametrize(
    ("line", "words"),
    [("get 'a b'", ["get", "a b"]), ("5 incr a", ["incr", "a"]), ("", []), ('set a "x', ["set", "a"])],
)
def test_redis_line_is_split(line, words):
    assert redis.split(line) == words


@pytest.mark.parametrize(
    ("text", "host", "port", "segments"),
    [
        ("http://u:p@Host:9200/a/b?x=1#y", "host", "9200", ["a", "b"]),
        ("localhost:8123", "localhost", "8123", []),
        ("https://example.org", "example.org", "", []),
        (":9200/a%20b", "localhost", "9200", ["a b"]),
    ],
)
def test_address_is_read(text, host, port, segments):
    url = Url(text)
    assert (url.host, url.port, url.segments) == (host, port, segments)


@pytest.mark.parametrize(
    "text", ["drop table a", "/* x */ delete from a", "select 1; truncate a", "update a set b = 1"]
)
def test_sql_is_known_by_its_shape(text):
    assert sqltext.looks_like_sql(text)


@pytest.mark.parametrize(
    "text", ["drop shipping", "mutation { drop }", "update me soon", "how to delete", "", "with love"]
)
def test_prose_is_no_sql(text):
    assert not sqltext.looks_like_sql(text)


def test_values_of_json_are_found():
    body = '{"a": "x", "sql": "drop \\"t\\"\\n", "params": ["y"], "statements": ["s1", "s2"]}'
    assert sqltext.json_values(body) == ['drop "t"\n', "s1", "s2"]
    assert sqltext.json_values('[["insert", 1], "b"]') == ["insert", "b"]
    assert sqltext.json_values("plain") == []


@pytest.mark.parametrize("name", ["shop-postgres-0", "app_db", "pgdata", "mysql", "userdb2", "redis-master"])
def test_name_hints_at_a_database(name):
    assert names.database(name)


@pytest.mark.parametrize("name", ["web", "dashboard", "node_modules", "api-1", "feedback", ""])
def test_name_hints_at_no_database(name):
    assert not names.database(name)


def test_no_command_line_breaks_a_reader():
    """Words of the rows, mixed anew. A reader that raises would hold everyday work as well."""
    chance = random.Random(7)
    lines = [command.split() for table in TABLES for _, command in rows(table)]
    words = [word for line in lines for word in line] + [
        "--",
        "-",
        "",
        "''",
        "-x",
        "--a=",
        "$X",
        "a:b",
        "@",
        "=",
        "%",
        "{",
    ]
    with project({}) as place:
        for _ in range(3000):
            first = chance.choice(lines)[:1]
            command = (
                " ".join([*first, *chance.choices(words, k=chance.randint(0, 6))]).replace("(", "").replace(")", "")
            )
            quoted = [word if word.isalnum() else "'" + word.replace("'", "") + "'" for word in command.split()]
            judged_at(place, event("Bash", {"command": " ".join(quoted)}))
