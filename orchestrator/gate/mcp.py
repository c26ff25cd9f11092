"""Tools of MCP servers: SQL, commands and paths in their inputs, and what their names say that they do."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.call import Call
from orchestrator.gate.judge import shell as judge_shell
from orchestrator.gate.judgement import Write
from orchestrator.gate.place import normal
from orchestrator.gate.rule import DENY
from orchestrator.gate.shell.machine import Machine, TooMuch
from orchestrator.gate.shell.nodes import Unparsable
from orchestrator.gate.shell.state import State
from orchestrator.gate.text import UNKNOWN, hidden

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orchestrator.gate.judgement import Judgement
    from orchestrator.gate.place import Place

# Pieces of server and tool names that mean a database.
STORES = (
    "postgres", "sql", "maria", "duckdb", "mongo", "redis", "valkey", "supabase", "neon", "clickhouse", "snowflake",
    "bigquery", "oracle", "cockroach", "timescale", "tiger", "elastic", "opensearch", "dynamo", "cassandra", "dbhub",
    "database", "planetscale", "turso", "pgwright", "prisma", "drizzle", "alembic", "hasura", "flyway", "liquibase",
    "neo4j", "cypher", "memgraph",
)  # fmt: skip
SHORT_STORES = frozenset({"pg", "db", "d1", "rds"})
SQL_KEYS = frozenset("sql query queries statement statements script ddl command code text q".split())
COMMAND_KEYS = frozenset({"command", "cmd", "shellcommand", "commandline", "clicommand"})
CODE_KEYS = frozenset({"code", "pythoncode", "script", "source", "cell", "input"})
PATH_KEYS = ("path", "file_path", "filepath", "filename", "file", "destination", "target", "dest", "source")
SHELL_WORDS = frozenset("exec execute command shell terminal run process bash ssh".split())
SQL_WORDS = frozenset("query execute run sql statement".split())
CODE_WORDS = frozenset("execute run eval evaluate insert append code cell tinker python notebook sandbox repl".split())
# Stores with a language of their own: the program that reads it, and the option in front of the text.
LANGUAGES = (
    ("redis", ("redis-cli",)),
    ("valkey", ("redis-cli",)),
    ("mongo", ("mongosh", "--eval")),
    ("neo4j", ("cypher-shell",)),
    ("cypher", ("cypher-shell",)),
    ("memgraph", ("cypher-shell",)),
)
# Tools that look things up take words, not statements.
LOOKUPS = frozenset({"search", "docs", "doc", "skill", "skills", "memory", "memories", "help", "recall", "remember"})
LEVELS = 12


def judge(tool: str, inputs: Mapping[str, object], place: Place, found: Judgement) -> None:
    server, _, name = tool[len("mcp__") :].rpartition("__")
    reader = _Reader(tool, server.lower(), name, place, found)
    try:
        reader.read(inputs)
    except Unparsable as error:
        catalogue.module("unreadable").judge(str(inputs), str(error), found)  # type: ignore[attr-defined]
    except (TooMuch, RecursionError) as error:
        catalogue.module("unreadable").too_much([str(inputs)], str(error), found)  # type: ignore[attr-defined]


class _Reader:
    __slots__ = ("call", "found", "is_store", "machine", "place", "server", "tool", "words")

    def __init__(self, tool: str, server: str, name: str, place: Place, found: Judgement) -> None:
        self.tool = tool
        self.server = server
        self.place = place
        self.found = found
        self.words = _words(name)
        self.is_store = _is_store(server) or _is_store(name.lower())
        self.machine = Machine(place, found)
        self.call = Call(self.machine, State(place.cwd), tool, [tool], None, {}, (tool,))

    def read(self, inputs: Mapping[str, object]) -> None:
        if LOOKUPS & self.words and not {"sql", "execute", "run"} & self.words:
            return
        if "explain" in self.words and not _is_true(inputs.get("analyze")):
            return
        for key, value in inputs.items():
            self._list(_plain(key), value)
        for key, text in list(_strings(inputs, "", 0)):
            self._text(key, text)
        if self.is_store:
            catalogue.module("mcp_names").judge(self.call, self.words, inputs)  # type: ignore[attr-defined]
        else:
            catalogue.module("mcp_names").resources(  # type: ignore[attr-defined]
                self.call, self.server, self.words, inputs
            )
        self._paths(inputs)
        self.machine.finish()

    def _list(self, key: str, value: object) -> None:
        """The words of a command: ["psql", "-c", …], or the arguments of the program that the server is named after."""
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            return
        words = [hidden(str(each)) for each in value]
        if key in COMMAND_KEYS:
            self.call.run(words)
        elif key in ("args", "arguments"):
            self.call.run([self.server, *words])

    def _text(self, key: str, text: str) -> None:
        if self.is_store:
            self._for_store(key, text)
        elif "sql" in key:
            self.call.sql(hidden(self._explained(text)), self._dialect())
        elif key in COMMAND_KEYS or (key in CODE_KEYS and SHELL_WORDS & _words(self.server)):
            judge_shell(text, self.place, self.found)
        elif key in CODE_KEYS and CODE_WORDS & self.words:
            self._code(text)
        if not self.is_store and key in SQL_KEYS and SQL_WORDS & self.words:
            self._if_it_destroys(text)

    def _for_store(self, key: str, text: str) -> None:
        for piece, program in LANGUAGES:
            if piece in self.server:
                if key in SQL_KEYS or key in COMMAND_KEYS:
                    self.call.run([*program, *(text.split() if program == ("redis-cli",) else [text])])
                return
        if key in SQL_KEYS or "sql" in key or key.startswith("query") or key.endswith("query"):
            self.call.sql(hidden(self._explained(text)), self._dialect())

    def _code(self, text: str) -> None:
        """Program text for an interpreter that the tool's name only hints at."""
        names = self.tool.lower()
        if any(word in names for word in ("tinker", "laravel", "php", "artisan")):
            self.call.code("php", text)
            return
        self.call.code("python", text)
        if any(word in names for word in ("node", "javascript", "typescript", "deno", "bun")):
            self.call.code("javascript", text)

    def _if_it_destroys(self, text: str) -> None:
        """A server that does not say that it is a database, and a tool that runs something: SQL that loses data."""
        for effect in catalogue.module("sql.judge").effects(hidden(text), self._dialect()):  # type: ignore[attr-defined]
            if effect.rule.decision == DENY:
                self.call.report(effect)

    def _explained(self, text: str) -> str:
        """An EXPLAIN tool that analyses runs the statement."""
        return "EXPLAIN ANALYZE " + text if "explain" in self.words else text

    def _dialect(self) -> str:
        names = self.tool.lower()
        for piece, dialect in (("mysql", "mysql"), ("maria", "mysql"), ("sqlite", "sqlite"), ("d1", "sqlite")):
            if piece in names:
                return dialect
        return "clickhouse" if "clickhouse" in names else "postgresql"

    def _paths(self, inputs: Mapping[str, object]) -> None:
        """Files that the tool writes, by its name and the usual keys."""
        writes = {"write", "edit", "create", "save", "append", "move", "replace", "put", "copy", "rename", "patch"}
        removes = {"delete", "remove", "unlink"}
        if self.is_store or not self.words & (writes | removes):
            return
        content = inputs.get("content")
        for key in PATH_KEYS:
            path = inputs.get(key)
            if isinstance(path, str) and path:
                gone = bool(self.words & removes) or (key == "source" and "move" in self.words)
                text = content if isinstance(content, str) else UNKNOWN
                self.found.writes.append(Write(normal(path, self.place.cwd), None if gone else text, self.tool))


def _plain(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "")


def _words(name: str) -> frozenset[str]:
    """execute_sql, executeSql and execute-sql are the words execute and sql."""
    spaced = "".join(" " + letter.lower() if letter.isupper() else letter for letter in name)
    return frozenset(spaced.replace("_", " ").replace("-", " ").replace(".", " ").split())


def _is_store(name: str) -> bool:
    return any(piece in name for piece in STORES) or bool(SHORT_STORES & _words(name)) or name.endswith("db")


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in ("true", "1", "yes", "on"))


def _strings(value: object, key: str, level: int) -> Iterator[tuple[str, str]]:
    """Every string of the input with the key it stands under, dashes and underscores left out, lower-case."""
    if level > LEVELS:
        return
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _strings(each, _plain(name), level + 1)
    elif isinstance(value, list):
        for each in value[:200]:
            yield from _strings(each, key, level + 1)
