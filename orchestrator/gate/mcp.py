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
    "neo4j", "cypher", "memgraph", "redshift", "trino", "athena",
)  # fmt: skip
SHORT_STORES = frozenset({"pg", "db", "d1", "rds"})
SQL_KEYS = frozenset("sql query queries statement statements script ddl command code text q".split())
COMMAND_KEYS = frozenset(
    "command cmd shellcommand commandline clicommand cmdstring commandstring bashcommand cmdline".split()
)
CODE_KEYS = frozenset({"code", "pythoncode", "script", "source", "cell", "input"})
# Words of the names of tools that write files, and what such a tool calls a file; keys as _plain gives them.
FILE_WRITES = frozenset(
    "write edit create save append move replace put copy rename patch insert overwrite update modify touch make"
    " download extract link symlink".split()
)
FILE_REMOVES = frozenset({"delete", "remove", "unlink"})
PATH_KEYS = frozenset("filename file files destination dest target targetfile pathinproject folder directory".split())
SOURCE_KEYS = frozenset("source src from sourcepath oldpath frompath".split())
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
# Stores of meanings: their queries are sentences.
SENTENCES = ("weaviate", "chroma", "pinecone", "qdrant", "milvus", "lancedb", "knowledge")
# Words that no DROP and no TRUNCATE has.
ENGLISH = frozenset("the an about how our my your this that in into from when where should".split())
# Tools that look at a text, or rewrite it, and run nothing of it; and words that say that one does run it.
READERS = frozenset(
    "lint linter format formatter fmt beautify prettify parse parser tokenize highlight transpile validate"
    " prove".split()
)
RUNNERS = frozenset({"execute", "exec", "run", "apply"})
# More than a tool takes; an input with more in it is held, for nothing of it may be passed over.
LEVELS = 40
TEXTS = 5000


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
        if READERS & self.words and not RUNNERS & self.words:
            self._paths(inputs)
            return
        if LOOKUPS & self.words and not {"sql", "execute", "run"} & self.words:
            return
        if "explain" in self.words and not _is_true(inputs.get("analyze")):
            return
        for key, value in inputs.items():
            self._list(_plain(key), value)
        for count, (key, text) in enumerate(list(_strings(inputs, "", 0))):
            if count > TEXTS:
                raise TooMuch("more than " + str(TEXTS) + " texts")
            self._text(key, text)
        if self.is_store:
            self.words |= _words(_operation(inputs))
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
        if (
            not self.is_store
            and key in SQL_KEYS
            and SQL_WORDS & self.words
            and not _is_sentence(self.server, key, text)
        ):
            self._if_it_destroys(text)

    def _for_store(self, key: str, text: str) -> None:
        for piece, program in LANGUAGES:
            if piece in self.server:
                if key in SQL_KEYS or key in COMMAND_KEYS:
                    if text.lstrip().startswith("{") and piece == "mongo":
                        text = "db.runCommand(" + text + ")"
                    self.call.run([*program, *(text.split() if program == ("redis-cli",) else [text])])
                return
        if key == "command" and _is_name(text):
            catalogue.module("mcp_names").judge(self.call, _words(text), {})  # type: ignore[attr-defined]
        elif key in SQL_KEYS or "sql" in key or key.startswith("query") or key.endswith("query"):
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
        removes = bool(self.words & FILE_REMOVES)
        if self.is_store or not (removes or self.words & FILE_WRITES):
            return
        moves = bool(self.words & {"move", "rename"})
        for each in _objects(inputs, 0):
            content = each.get("content")
            text = content if isinstance(content, str) else UNKNOWN
            for key, value in each.items():
                plain = _plain(key)
                if plain in SOURCE_KEYS:
                    self._changed(value if moves else None, None)
                elif plain in PATH_KEYS or plain.endswith(("path", "paths", "uri")):
                    self._changed(value, None if removes else text)

    def _changed(self, value: object, text: str | None) -> None:
        for path in value if isinstance(value, list) else [value]:
            if not isinstance(path, str) or not path:
                continue
            name = path[len("file://") :] if path.startswith("file://") else path
            if name.startswith("~/") and self.place.home:
                name = self.place.home + name[1:]
            if "://" not in name:
                self.found.writes.append(Write(normal(name, self.place.cwd), text, self.tool))


def _operation(inputs: Mapping[str, object]) -> str:
    """What a tool for several purposes is told to do: {"operation": "drop_table"}."""
    return " ".join(str(inputs[key]) for key in ("operation", "action") if isinstance(inputs.get(key), str))


def _plain(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "")


def _words(name: str) -> frozenset[str]:
    """execute_sql, executeSql and execute-sql are the words execute and sql."""
    spaced = "".join(" " + letter.lower() if letter.isupper() else letter for letter in name)
    return frozenset(spaced.replace("_", " ").replace("-", " ").replace(".", " ").split())


def _is_name(text: str) -> bool:
    """The name of one of the server's own commands: postgres_database_query."""
    return "_" in text and text.replace("_", "").replace("-", "").isalnum()


def _is_sentence(server: str, key: str, text: str) -> bool:
    """What looks like words for a search: "delete everything", "drop table support in the editor"."""
    if any(piece in server for piece in SENTENCES):
        return True
    words = text.lower().split()
    if key not in ("query", "q", "text") or ";" in text or not words:
        return False
    if words[0] == "delete":
        return "from" not in words
    return words[0] in ("drop", "truncate") and bool(ENGLISH.intersection(words))


def _is_store(name: str) -> bool:
    return any(piece in name for piece in STORES) or bool(SHORT_STORES & _words(name)) or name.endswith("db")


def _is_true(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in ("true", "1", "yes", "on"))


def _objects(value: object, level: int) -> Iterator[dict[str, object]]:
    """The input and every object in it, which the tool may take one file from each."""
    if level > LEVELS:
        raise TooMuch("more than " + str(LEVELS) + " levels")
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(each, level + 1)


def _strings(value: object, key: str, level: int) -> Iterator[tuple[str, str]]:
    """Every string of the input with the key it stands under, dashes and underscores left out, lower-case."""
    if level > LEVELS:
        raise TooMuch("more than " + str(LEVELS) + " levels")
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _strings(each, _plain(name), level + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, key, level + 1)
