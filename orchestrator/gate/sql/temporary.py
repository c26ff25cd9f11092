"""Temporary tables that a text makes: what it does to them is nobody else's loss."""

from __future__ import annotations

from orchestrator.gate.sql.statement import Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece

WORDS = frozenset({"TEMP", "TEMPORARY"})
# What stands before the name of a temporary table: the schema, or the sign of SQL Server.
SCHEMAS = (("pg_temp",), ("#",), ("@",))
BEFORE_WORDS = ("OR", "REPLACE", "LOCAL", "GLOBAL")
BEFORE_NAME = (
    *BEFORE_WORDS,
    *"UNLOGGED RECURSIVE TABLE VIEW FUNCTION PROCEDURE AGGREGATE SEQUENCE TYPE DOMAIN IF NOT EXISTS".split(),
)


def is_temporary(statement: Statement) -> bool:
    """CREATE TEMP TABLE, CREATE OR REPLACE TEMPORARY VIEW, CREATE TABLE pg_temp.name."""
    named = statement.name(statement.after(1, *BEFORE_NAME))
    return statement.word(statement.after(1, *BEFORE_WORDS)) in WORDS or named[:-1] in SCHEMAS


def created(reader: Reader, statement: Statement) -> None:
    """Remembers the table of a CREATE TEMP TABLE."""
    at = statement.find("TABLE")
    if at > 0:
        _remember(reader, statement, statement.after(at + 1, "IF", "NOT", "EXISTS"))


def selected(reader: Reader, piece: Piece, first: int, last: int) -> None:
    """Remembers the table of a SELECT … INTO TEMP."""
    statement = Statement(reader, piece, first, last)
    at = statement.after(statement.find("INTO") + 1, "LOCAL", "GLOBAL")
    if at > 0 and statement.word(at) in WORDS:
        _remember(reader, statement, statement.after(at + 1, "TABLE"))


def _remember(reader: Reader, statement: Statement, at: int) -> None:
    name = statement.name(at)
    if len(name) == 1 or name[:-1] in SCHEMAS:
        reader.session.setdefault("temporary", set()).add(name[-1])
        if statement.has("ON", "COMMIT", "DROP"):
            reader.session.setdefault("transient", set()).add(name[-1])


def forget(reader: Reader, piece: Piece, first: int) -> None:
    """Forgets the tables where the name may mean another one from here on."""
    words = [token[1].upper() for token in piece.tokens[first : first + 4]]
    session = reader.session
    if words[0] in ("COMMIT", "END"):
        session.get("temporary", set()).difference_update(session.pop("transient", ()))
    elif words[0] not in ("SET", "RESET") or {"SEARCH_PATH", "ALL"} & set(words):
        session.pop("temporary", None)


def covers(reader: Reader, statement: Statement) -> bool:
    """Whether the statement changes only temporary tables of this text."""
    known = reader.session.get("temporary", set())
    targets = _targets(statement)
    covered = bool(targets) and all(name[:-1] in SCHEMAS or (len(name) == 1 and name[0] in known) for name in targets)
    if covered and statement.word(0) == "DROP":
        known.difference_update(name[-1] for name in targets)
    return covered


def _targets(statement: Statement) -> list[tuple[str, ...]]:
    """The tables that a statement changes, empty if it is none that may be covered."""
    verb = statement.word(0)
    if verb in ("DELETE", "INSERT", "MERGE", "REPLACE"):
        at = statement.find("FROM" if verb == "DELETE" else "INTO")
        return [statement.name(statement.after(at + 1, "ONLY"))] if at == 1 else []
    if verb == "UPDATE":
        return [statement.name(statement.after(1, "ONLY"))]
    if verb == "TRUNCATE":
        return statement.names(statement.after(1, "TABLE"))
    return _defined(statement)


def _defined(statement: Statement) -> list[tuple[str, ...]]:
    verb = statement.word(0)
    if verb == "DROP" and statement.word(1) == "TABLE":
        return statement.names(statement.after(2, "IF", "EXISTS"))
    if verb == "ALTER" and statement.word(1) == "TABLE" and not statement.has("RENAME"):
        return [statement.name(statement.after(2, "IF", "EXISTS", "ONLY"))]
    if verb == "CREATE" and "INDEX" in statement.words[1:3] and statement.has("ON"):
        return [statement.name(statement.after(statement.find("ON") + 1, "ONLY"))]
    if verb == "COPY" and statement.has("FROM", "STDIN"):
        return [statement.name(1)]
    return []
