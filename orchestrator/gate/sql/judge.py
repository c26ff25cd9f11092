"""Effects of SQL text: what each of its statements would do, by the rules in `rules/sql`.

A statement is dispatched by its first word to the rules in `rules/sql/<word>`; SELECT … INTO to `rules/sql/into`, calls
of functions in WATCHED to `rules/sql/function`. First words without rules are harmless if they are in QUIET; any other
is SQL that cannot be read.
"""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.rule import Effect
from orchestrator.gate.sql.lexer import Lexer, plain_hints, styles
from orchestrator.gate.sql.tokens import HOLE, QUOTED, SIGN, WORD
from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.rule import Rule
    from orchestrator.gate.sql.tokens import Piece

LIMIT = 1 << 20
LEVELS = 6
NESTED_STATEMENTS = 200
FORM_LEVELS = 8
DETAIL = 160

# How the names that programs use for a dialect are read. Others are read in more than one way.
LEXICAL = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "duckdb": "postgresql",
    "redshift": "postgresql",
    "cockroachdb": "postgresql",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
    "clickhouse": "clickhouse",
    "mssql": "mssql",
    "sqlserver": "mssql",
    "tsql": "mssql",
    "oracle": "oracle",
}
# These need no semicolon between statements.
LOOSE = frozenset({"mssql", "oracle"})
QUIET = frozenset(
    "SELECT VALUES TABLE WITH SHOW FETCH MOVE CLOSE DECLARE SET RESET BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT"
    " RELEASE DISCARD LISTEN UNLISTEN NOTIFY CHECKPOINT ANALYZE ANALYSE DEALLOCATE VACUUM EXPLAIN PREPARE EXECUTE DO"
    " CREATE DESCRIBE DESC USE PRAGMA HELP CHECK CHECKSUM UNLOCK HANDLER XA FROM SUMMARIZE PIVOT UNPIVOT EXISTS WATCH"
    " ATTACH DETACH DELIMITER EXIT QUIT GO PRINT BACKUP LIST LS CONSISTENCY PAGING EXPAND".split()
)
# Verbs with more to them than their rules, and the module that has a function for each.
FORMS = dict.fromkeys("WITH EXPLAIN DESCRIBE DESC ANALYZE".split(), "sql.leading")
FORMS.update(dict.fromkeys("PREPARE EXECUTE DO CREATE BEGIN".split(), "sql.forms"))
# Folders of rules that are not tried by a first word.
NO_VERBS = frozenset({"INTO", "FUNCTION"})
# Brackets behind these hold names of arguments and types, no calls.
NO_CALLS = frozenset("GRANT REVOKE COMMENT DROP SECURITY".split())
READS = frozenset({"SELECT", "TABLE", "VALUES"})
NESTED = frozenset("DELETE UPDATE INSERT MERGE WITH".split())
# What ends a temporary table, or lets its name mean another one.
FORGETS = frozenset("ROLLBACK ABORT DISCARD SET RESET COMMIT END".split())
WATCHED = frozenset(
    "PG_READ_FILE PG_READ_BINARY_FILE PG_LS_DIR PG_STAT_FILE PG_FILE_WRITE PG_FILE_UNLINK PG_FILE_RENAME PG_FILE_READ"
    " PG_FILE_SYNC PG_LOGDIR_LS PG_WRITE_FILE LO_IMPORT LO_EXPORT LOAD_FILE SYS_EXEC SYS_EVAL EXECUTABLE XP_CMDSHELL"
    " DBLINK DBLINK_EXEC DBLINK_OPEN DBLINK_SEND_QUERY QUERY_TO_XML QUERY_TO_XMLSCHEMA QUERY_TO_XML_AND_XMLSCHEMA"
    " TS_STAT TS_REWRITE CROSSTAB CROSSTAB2 CROSSTAB3 CROSSTAB4 SCHEDULE SCHEDULE_IN_DATABASE ALTER_JOB UNSCHEDULE"
    " RUN_COMMAND_ON_WORKERS RUN_COMMAND_ON_SHARDS RUN_COMMAND_ON_PLACEMENTS RUN_COMMAND_ON_ALL_NODES"
    " RUN_COMMAND_ON_COLOCATED_PLACEMENTS RUN_COMMAND_ON_COORDINATOR RUN_COMMAND_ON_MASTER"
    " PG_TERMINATE_BACKEND PG_CANCEL_BACKEND PG_RELOAD_CONF PG_ROTATE_LOGFILE PG_PROMOTE PG_SWITCH_WAL PG_SWITCH_XLOG"
    " PG_CREATE_RESTORE_POINT PG_BACKUP_START PG_BACKUP_STOP PG_START_BACKUP PG_STOP_BACKUP PG_WAL_REPLAY_PAUSE"
    " PG_WAL_REPLAY_RESUME PG_XLOG_REPLAY_PAUSE PG_XLOG_REPLAY_RESUME SETVAL SET_CONFIG"
    " PG_CREATE_PHYSICAL_REPLICATION_SLOT PG_CREATE_LOGICAL_REPLICATION_SLOT PG_DROP_REPLICATION_SLOT"
    " PG_COPY_PHYSICAL_REPLICATION_SLOT PG_COPY_LOGICAL_REPLICATION_SLOT PG_REPLICATION_SLOT_ADVANCE"
    " PG_SYNC_REPLICATION_SLOTS PG_LOGICAL_SLOT_GET_CHANGES PG_LOGICAL_SLOT_GET_BINARY_CHANGES"
    " PG_REPLICATION_ORIGIN_CREATE PG_REPLICATION_ORIGIN_DROP PG_REPLICATION_ORIGIN_ADVANCE"
    " PG_REPLICATION_ORIGIN_SESSION_SETUP PG_REPLICATION_ORIGIN_SESSION_RESET PG_REPLICATION_ORIGIN_XACT_SETUP"
    " PG_REPLICATION_ORIGIN_XACT_RESET PG_STAT_RESET PG_STAT_RESET_SHARED PG_STAT_RESET_SINGLE_TABLE_COUNTERS"
    " PG_STAT_RESET_SINGLE_FUNCTION_COUNTERS PG_STAT_RESET_SLRU PG_STAT_RESET_REPLICATION_SLOT"
    " PG_STAT_RESET_SUBSCRIPTION_STATS PG_STAT_RESET_BACKEND_STATS PG_STAT_STATEMENTS_RESET"
    " LO_UNLINK LO_PUT LOWRITE LO_CREATE LO_CREAT LO_FROM_BYTEA LO_TRUNCATE LO_TRUNCATE64"
    " HEAP_FORCE_KILL HEAP_FORCE_FREEZE DROP_CHUNKS DROPGEOMETRYTABLE DROPGEOMETRYCOLUMN DROPTOPOLOGY"
    " PG_IMPORT_SYSTEM_COLLATIONS ADD_RETENTION_POLICY DROP_PARTITION_TIME DROP_PARTITION_ID"
    " LOAD_EXTENSION WRITEFILE".split()
)


def effects(text: str, dialect: str = "postgresql") -> list[Effect]:
    """Every effect of the text, in order. An unknown dialect is read as the two largest families would read it."""
    found: list[Effect] = []
    text = plain_hints(text)
    lexical = LEXICAL.get(dialect.lower())
    if lexical is not None:
        Reader(found, lexical, dialect, {}, loose=lexical in LOOSE).read(text[:LIMIT])
    else:
        other: list[Effect] = []
        Reader(found, "postgresql", dialect, {}, loose=True).read(text[:LIMIT])
        Reader(other, "mysql", dialect, {}, loose=True).read(text[:LIMIT])
        found = _either(found, other)
    if len(text) > LIMIT:
        found.append(Effect(catalogue.find("unread-sql"), "more than %d characters of SQL" % LIMIT))
    return found


def _either(first: list[Effect], second: list[Effect]) -> list[Effect]:
    """Effects of two readings. What one of them understands is read."""
    unread = [[effect.rule.id == "unread-sql" for effect in effects] for effects in (first, second)]
    both_unread = any(unread[0]) and any(unread[1])
    seen = set()
    kept = []
    for effect in first + second:
        key = (effect.rule.id, effect.detail)
        if key not in seen and (both_unread or effect.rule.id != "unread-sql"):
            seen.add(key)
            kept.append(effect)
    return kept


class Reader:
    """Reads one text. `session` is shared with the texts in it: temporary tables and prepared statements by name.

    `routine` is true for the body of a function or a DO block, where statements begin after words such as THEN. `loose`
    is true for dialects that need no semicolon between statements.
    """

    __slots__ = ("depth", "dialect", "found", "level", "lexical", "loose", "routine", "seen", "session", "text")

    def __init__(  # noqa: PLR0917
        self,
        found: list[Effect],
        lexical: str,
        dialect: str,
        session: dict[str, set[str]],
        level: int = 0,
        routine: bool = False,
        loose: bool = False,
    ) -> None:
        self.found = found
        self.lexical = lexical
        self.dialect = dialect
        self.session = session
        self.level = level
        self.routine = routine
        self.loose = loose
        self.text = ""
        self.depth = 0
        self.seen: set[tuple[str, int]] = set()

    def read(self, text: str) -> None:
        readings = styles(self.lexical)
        doubts = self._read(text, readings[0], True)
        if doubts:
            for style in readings[1:]:
                self._read(text, style, False)

    def _read(self, text: str, style: object, usual: bool) -> bool:
        """Judges one reading; whether others are possible. Only the usual one has to be complete."""
        if self.lexical == "mysql" and "DELIMITER" in text.upper():
            text = catalogue.module("sql.delimiter").replaced(text)  # type: ignore[attr-defined]
        lexer = Lexer(text, style)  # type: ignore[arg-type]
        self.text = text
        self.seen.clear()
        routine = self.routine
        start = len(self.found)
        for piece in lexer.run():
            self.piece(piece)
        self.routine = routine
        if not usual:
            known = {effect.rule.id for effect in self.found[:start]} | {"unread-sql"}
            self.found[start:] = [effect for effect in self.found[start:] if effect.rule.id not in known]
        elif lexer.broken:
            self.found.append(Effect(catalogue.find("unread-sql"), _line(text)))
        return bool(lexer.doubts)

    def inner(self, text: str, routine: bool = False) -> None:
        """Judges text that this text would run."""
        if self.level >= LEVELS:
            self.found.append(Effect(catalogue.find("dynamic-sql"), _line(text)))
            return
        Reader(self.found, self.lexical, self.dialect, self.session, self.level + 1, routine, self.loose).read(text)

    def piece(self, piece: Piece) -> None:
        if self.routine or self.loose:
            catalogue.module("sql.routine").piece(self, piece)  # type: ignore[attr-defined]
            calls = True
        else:
            calls = self.at(piece, 0, len(piece.tokens))
        if calls and piece.closes:
            self.brackets(piece)

    def at(self, piece: Piece, first: int, last: int) -> bool:
        """Judges the statement that begins at a token; whether calls of functions in it are calls."""
        kind, verb, _ = piece.tokens[first]
        if kind is not WORD:
            return self._wordless(piece, first, last)
        if verb in FORMS:
            return self._form(verb, piece, first, last)
        if self.session and verb in FORGETS:
            catalogue.module("sql.temporary").forget(self, piece, first)  # type: ignore[attr-defined]
        if verb in READS:
            self._into(piece, first, last)
        elif verb in NO_VERBS or (not self.rules(piece, first, last, verb) and verb not in QUIET):
            self.unread(piece, first, last)
        return verb not in NO_CALLS

    def _form(self, verb: str, piece: Piece, first: int, last: int) -> bool:
        if self.depth > FORM_LEVELS:
            self.unread(piece, first, last)
            return True
        self.depth += 1
        judged: bool = getattr(catalogue.module(FORMS[verb]), verb.lower() + "_")(self, piece, first, last)
        self.depth -= 1
        return judged

    def _wordless(self, piece: Piece, first: int, last: int) -> bool:
        kind, value, _ = piece.tokens[first]
        brackets = kind is SIGN and value in "()"
        if not brackets or (first + 1 < last and piece.tokens[first + 1][0] is HOLE):
            self.unread(piece, first, last)
        else:
            self._into(piece, first, last)
        # The unknown part may be nothing at all, or end in a semicolon.
        if kind is HOLE and first + 1 < last and piece.tokens[first + 1][0] is WORD:
            self.at(piece, first + 1, last)
        return True

    def _into(self, piece: Piece, first: int, last: int) -> None:
        """A read that writes its result somewhere. In a routine, INTO names variables."""
        if not self.routine and any(token[1] == "INTO" for token in piece.tokens):
            catalogue.module("sql.temporary").selected(self, piece, first, last)  # type: ignore[attr-defined]
            self.rules(piece, first, last, "INTO")

    def rules(self, piece: Piece, first: int, last: int, word: str) -> bool:
        """Tries the rules for a first word; whether there are any."""
        rules = catalogue.for_statement(word)
        if rules:
            statement = catalogue.module("sql.statement").Statement(self, piece, first, last)  # type: ignore[attr-defined]
            if catalogue.module("sql.temporary").covers(self, statement):  # type: ignore[attr-defined]
                return True
            for rule in rules:
                if rule.matches is not None and rule.matches(statement):
                    self.effect(rule, piece, first, last)
        return bool(rules)

    def brackets(self, piece: Piece) -> None:
        """Statements in brackets, and calls of functions."""
        tokens = piece.tokens
        size = len(tokens)
        nested = 0
        for opening, closing in piece.closes.items():
            at = opening + 1
            if at < size and tokens[at][1] in NESTED and tokens[at][0] is WORD:
                nested += 1
                if nested > NESTED_STATEMENTS:
                    self.unread(piece, 0, size)
                    return
                catalogue.module("sql.routine").nested(self, piece, opening, closing)  # type: ignore[attr-defined]
            if opening:
                kind, name, _ = tokens[opening - 1]
                if name in WATCHED or (kind is QUOTED and name.upper() in WATCHED):
                    catalogue.module("sql.calls").judge(self, piece, opening)  # type: ignore[attr-defined]

    def unread(self, piece: Piece, first: int, last: int) -> None:
        self.effect(catalogue.find("unread-sql"), piece, first, last)

    def effect(self, rule: Rule, piece: Piece, first: int, last: int) -> None:
        # A statement in a bracket that is never closed is found twice.
        place = (rule.id, piece.tokens[first][2])
        if place not in self.seen:
            self.seen.add(place)
            self.found.append(Effect(rule, self.written(piece, first, last)))

    def written(self, piece: Piece, first: int, last: int) -> str:
        """A statement as it was written, on one line."""
        tokens = piece.tokens
        end = tokens[last][2] if last < len(tokens) else piece.end
        return _line(self.text[tokens[first][2] : end])


def _line(text: str) -> str:
    line = " ".join(shown(text[: 8 * DETAIL]).split())
    return line if len(line) <= DETAIL else line[: DETAIL - 1] + "…"
