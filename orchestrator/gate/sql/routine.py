"""Statements inside of bodies, brackets, and of dialects that need no semicolon: found by the shape of what follows.

`UPDATE` alone may be a column, an event of a trigger or a privilege. `UPDATE name … SET` is a statement.
"""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.sql.judge import NO_VERBS
from orchestrator.gate.sql.tokens import HOLE, QUOTED, SIGN, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece, Token

# A statement may begin after each of these.
STARTERS = frozenset("BEGIN ATOMIC THEN ELSE LOOP DO ALSO INSTEAD ROW REPEAT".split())
INNER = frozenset("DELETE UPDATE INSERT MERGE TRUNCATE DROP EXECUTE EXEC".split())
FORMS = frozenset("WITH CREATE EXPLAIN PREPARE".split())
KINDS = frozenset(
    "TABLE TABLES DATABASE SCHEMA OWNED INDEX VIEW MATERIALIZED SEQUENCE FUNCTION PROCEDURE ROUTINE AGGREGATE TRIGGER"
    " TYPE DOMAIN EXTENSION ROLE USER GROUP RULE POLICY PUBLICATION SUBSCRIPTION SERVER FOREIGN EVENT TABLESPACE"
    " COLLATION CONVERSION OPERATOR TEXT CAST LANGUAGE STATISTICS ACCESS TRANSFORM TEMPORARY KEYSPACE DICTIONARY"
    " PROCEDURAL PACKAGE SYNONYM LOGIN STREAM WAREHOUSE COLUMN".split()
)
EXPECTED = {"DELETE": frozenset({"FROM"}), "INSERT": frozenset({"INTO"}), "MERGE": frozenset({"INTO"}), "DROP": KINDS}
NO_CALLS = frozenset({"GRANT", "REVOKE", "COMMENT"})
OPERATORS = frozenset("=<,.+-*/|")
NOT_EXECUTED = frozenset({"FUNCTION", "PROCEDURE", "ON", ",", ".", ":", "="})
# After a verb, these say that it is the name of an event, a privilege or a lock.
NO_TARGET = frozenset(
    "ON OF OR SET LOOP NOWAIT SKIP THEN CASCADE RESTRICT FROM WHERE AND IS AS IN ELSE END WHEN INTO VALUES".split()
)
TYPES = frozenset(
    "BOOLEAN BOOL INT INTEGER BIGINT SMALLINT TEXT VARCHAR CHAR NUMERIC DECIMAL REAL DOUBLE DATE TIME TIMESTAMP"
    " TIMESTAMPTZ INTERVAL RECORD JSON JSONB UUID CURSOR REFCURSOR REGCLASS OID CONSTANT BYTEA".split()
)
MODIFIERS = frozenset("LOW_PRIORITY QUICK IGNORE DELAYED HIGH_PRIORITY CONCURRENTLY".split())


def piece(reader: Reader, piece: Piece) -> None:
    """Statements of a piece of a body, or of loose text, whose first word has to be known."""
    last = len(piece.tokens)
    if not reader.routine:
        first = next(_inside(piece, 1, last), last)
        reader.at(piece, 0, first)
        if piece.tokens[0][1] in NO_CALLS:
            return
    fragments(reader, piece, 0, last, defines=not reader.routine)


def fragments(reader: Reader, piece: Piece, first: int, last: int, defines: bool = False) -> None:
    """Judges what lies between the words that a statement may follow. With `defines`, the first one is a header."""
    for start, stop in _fragments(piece, first, last):
        begin = _past_label(piece.tokens, start, stop)
        if begin < stop:
            _fragment(reader, piece, begin, stop, defines and start == first)


def _fragments(piece: Piece, first: int, last: int) -> Iterator[tuple[int, int]]:
    tokens = piece.tokens
    start = at = first
    cases = 0
    while at < last:
        kind, value, _ = tokens[at]
        if kind is WORD and tokens[start][1] != "MERGE":
            if value == "CASE" and at > start:
                cases += 1
            elif value == "END" and cases:
                cases -= 1
            elif value in STARTERS and not cases and _starts(tokens, at, last):
                yield start, at
                start = at + 1
        at = piece.closes.get(at, at) + 1
    if start < last:
        yield start, last


def _starts(tokens: list[Token], at: int, last: int) -> bool:
    """Whether a statement follows this word; `begin` may be a column and `repeat` a function."""
    verb = tokens[at][1]
    if verb == "ROW":
        return tokens[at - 1][1] == "EACH"
    if verb not in ("BEGIN", "REPEAT", "LOOP"):
        return True
    follows = at + 1 >= last or tokens[at + 1][0] is not SIGN or tokens[at + 1][1] == "<"
    return follows and (not at or tokens[at - 1][1] not in OPERATORS)


def _past_label(tokens: list[Token], start: int, stop: int) -> int:
    """Past <<label>>."""
    if start < stop and tokens[start][1] == "<":
        while start < stop and tokens[start][1] != ">":
            start += 1
        return start + 2
    return start


def _fragment(reader: Reader, piece: Piece, start: int, stop: int, header: bool) -> None:
    positions = [] if header or not _begins(piece.tokens, start, stop) else [start]
    if header or piece.tokens[start][1] != "ALTER" or reader.loose:
        positions += list(_inside(piece, start + 1, stop))
    for n, position in enumerate(positions):
        end = positions[n + 1] if n + 1 < len(positions) else stop
        reader.at(piece, position, end)


def _begins(tokens: list[Token], start: int, stop: int) -> bool:
    """Whether the first word of a fragment is the verb of a statement that has rules, not a variable."""
    kind, verb, _ = tokens[start]
    if kind is WORD and verb in INNER:
        return _shaped(tokens, start, stop)
    if kind is not WORD or verb in NO_VERBS or (verb not in FORMS and verb.lower() not in catalogue.verbs()):
        return False
    following = tokens[start + 1] if start + 1 < stop else None
    if following is None or (following[0] is SIGN and following[1] in ":=.[%"):
        return False
    return not (following[0] is WORD and following[1] in TYPES)


def _inside(piece: Piece, at: int, stop: int) -> Iterator[int]:
    tokens = piece.tokens
    while at < stop:
        if tokens[at][0] is WORD and tokens[at][1] in INNER and tokens[at - 1][1] != "." and _shaped(tokens, at, stop):
            yield at
        at = piece.closes.get(at, at) + 1


def _shaped(tokens: list[Token], at: int, stop: int) -> bool:
    """Whether a verb is followed by what makes it a statement."""
    verb = tokens[at][1]
    after = at + 1
    while after < stop and tokens[after][0] is WORD and tokens[after][1] in MODIFIERS:
        after += 1
    if after >= stop:
        return False
    kind, value, _ = tokens[after]
    if kind is HOLE:
        return True
    if verb in ("EXECUTE", "EXEC"):
        return value not in NOT_EXECUTED and tokens[at - 1][1] not in ("GRANT", "REVOKE", ",")
    if verb in EXPECTED:
        return (kind is WORD and value in EXPECTED[verb]) or _many_tables(tokens, at, after)
    if kind is not QUOTED and (kind is not WORD or value in NO_TARGET or value in TYPES):
        return False
    return verb == "TRUNCATE" or _sets(tokens, after, stop)


def _many_tables(tokens: list[Token], at: int, after: int) -> bool:
    """DELETE a FROM a JOIN b, in MySQL."""
    following = tokens[after + 1 : after + 4]
    return (
        tokens[at][1] == "DELETE"
        and tokens[after][0] in (WORD, QUOTED)
        and tokens[after][1] not in NO_TARGET
        and any(token[1] == "FROM" and token[0] is WORD for token in following)
    )


def _sets(tokens: list[Token], at: int, stop: int) -> bool:
    return any(token[1] == "SET" and token[0] is WORD for token in tokens[at : min(stop, at + 200)])


def nested(reader: Reader, piece: Piece, opening: int, closing: int) -> None:
    """A statement that changes data in brackets: in WITH, COPY, and rules."""
    at = opening + 1
    verb = piece.tokens[at][1]
    if verb == "WITH" or _shaped(piece.tokens, at, closing):
        reader.at(piece, at, closing)
