"""Statements that hold another statement, or a body, or are told apart by more than their first word.

Every function is named after its verb, judges what it finds, and says whether brackets of the statement are read.
"""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.sql import literal, temporary
from orchestrator.gate.sql.statement import Statement
from orchestrator.gate.sql.tokens import HOLE, STRING, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece

TRANSACTION_WORDS = frozenset(
    "WORK TRANSACTION TRAN ISOLATION READ NOT DEFERRABLE DEFERRED IMMEDIATE EXCLUSIVE CONCURRENT".split()
)
ROUTINES = frozenset("FUNCTION PROCEDURE TRIGGER EVENT RULE PACKAGE".split())
LANGUAGES = frozenset({"SQL", "PLPGSQL", ""})


def prepare_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """PREPARE name AS statement; PREPARE name FROM 'statement' in MySQL."""
    statement = Statement(reader, piece, first, last)
    name = statement.name(1)
    if name and not statement.starts("PREPARE", "TRANSACTION"):
        reader.session.setdefault("prepared", set()).add(name[0])
    start = statement.find("AS")
    if start >= 0 and start + 1 < len(statement.top):
        return reader.at(piece, statement.top[start + 1], last)
    source = statement.find("FROM")
    if source >= 0:
        _dynamic(reader, piece, statement.top[source] + 1, last)
    reader.rules(piece, first, last, "PREPARE")
    return True


def execute_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """EXECUTE of a statement prepared in the same text is judged there."""
    statement = Statement(reader, piece, first, last)
    if statement.word(1) == "IMMEDIATE":
        _dynamic(reader, piece, first + 2, last)
    elif reader.routine:
        _dynamic(reader, piece, first + 1, last)
    elif statement.name(1)[:1] and statement.name(1)[0] in reader.session.get("prepared", ()):
        return True
    else:
        reader.effect(catalogue.find("dynamic-sql"), piece, first, last)
        if reader.loose:
            reader.rules(piece, first, last, "EXEC")
            for token in piece.tokens[first:last]:
                if token[0] is STRING:
                    reader.inner(literal.value(token[1]))
    return True


def do_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """DO with a body; in MySQL, DO evaluates an expression."""
    statement = Statement(reader, piece, first, last)
    language = _language(statement)
    tokens = piece.tokens
    bodies = [
        tokens[at] for at in range(first + 1, last) if tokens[at][0] is STRING and tokens[at - 1][1] != "LANGUAGE"
    ]
    if language not in LANGUAGES or any(token[0] is HOLE for token in piece.tokens[first:last]):
        reader.unread(piece, first, last)
    elif bodies:
        reader.inner(literal.joined(bodies, reader.lexical == "mysql"), routine=True)
    return True


def _language(statement: Statement) -> str:
    at = statement.find("LANGUAGE") + 1
    if not at or at >= len(statement.top):
        return ""
    kind, value, _ = statement.tokens[statement.top[at]]
    return (literal.value(value) if kind is STRING else value).upper()


def create_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    reader.rules(piece, first, last, "CREATE")
    statement = Statement(reader, piece, first, last)
    if temporary.is_temporary(statement) and "TABLE" in statement.words[1:5]:
        temporary.created(reader, statement)
    elif ROUTINES & set(statement.words[:16]):
        _definition(reader, statement, piece, first, last)
    return True


def _definition(reader: Reader, statement: Statement, piece: Piece, first: int, last: int) -> None:
    """A function, trigger, rule or event: its body is judged as if it ran."""
    body = _body(statement)
    if _language(statement) not in LANGUAGES or statement.has("AS", "?"):
        reader.unread(piece, first, last)
        return
    if body:
        reader.inner(literal.joined(body), routine=True)
        return
    outer = reader.routine
    reader.routine = True
    _fragments(reader, piece, first, last, defines=True)
    # MySQL and SQLite have their bodies in the open: the statements up to the END are pieces of their own.
    reader.routine = outer or statement.has("BEGIN")


def _body(statement: Statement) -> list[tuple[str, str, int]]:
    """The literals after AS."""
    found = []
    at = statement.find("AS") + 1
    while 0 < at < len(statement.top) and statement.tokens[statement.top[at]][0] is STRING:
        found.append(statement.tokens[statement.top[at]])
        at += 1
    return found


def begin_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """BEGIN of a transaction, or of a block with statements."""
    at = first + 1
    if at < last and not (piece.tokens[at][0] is WORD and piece.tokens[at][1] in TRANSACTION_WORDS):
        reader.routine = True
        _fragments(reader, piece, first, last)
    elif at + 1 < last and piece.tokens[at][1] == "NOT" and piece.tokens[at + 1][1] == "ATOMIC":
        reader.routine = True
        _fragments(reader, piece, at + 1, last)
    return True


def _dynamic(reader: Reader, piece: Piece, first: int, last: int) -> None:
    catalogue.module("sql.dynamic").judge(reader, piece, first, last)  # type: ignore[attr-defined]


def _fragments(reader: Reader, piece: Piece, first: int, last: int, defines: bool = False) -> None:
    catalogue.module("sql.routine").fragments(reader, piece, first, last, defines)  # type: ignore[attr-defined]
