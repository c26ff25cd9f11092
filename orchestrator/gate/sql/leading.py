"""WITH and EXPLAIN: what stands before the statement that counts.

Every function is named after its verb, judges what it finds, and says whether brackets of the statement are read.
"""

from __future__ import annotations

from orchestrator.gate.sql.tokens import HOLE, SIGN, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece

MAIN = frozenset("SELECT INSERT UPDATE DELETE MERGE VALUES TABLE REPLACE".split())
QUERIES = frozenset("SELECT WITH VALUES TABLE (".split())
# Words between EXPLAIN and its statement.
EXPLAIN_WORDS = frozenset(
    "VERBOSE EXTENDED PARTITIONS QUERY PLAN FORMAT JSON TREE TRADITIONAL AST SYNTAX PIPELINE ESTIMATE RUN".split()
)
OFF = frozenset({"FALSE", "OFF", "0", "NO", "'FALSE'", "'OFF'", "'0'", "'NO'"})


def with_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """WITH … AS (…), … and the main statement, which is found by its verb outside of brackets."""
    tokens = piece.tokens
    at = first + 1
    while at < last:
        kind, value, _ = tokens[at]
        if kind is WORD and value in MAIN and tokens[at - 1][1] not in ("WITH", "RECURSIVE", ",", "BY"):
            return reader.at(piece, at, last)
        if kind is HOLE and tokens[at - 1][1] == ")":
            reader.unread(piece, at, last)
            return True
        at = piece.closes.get(at, at) + 1
    return True


def explain_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """EXPLAIN runs its statement with ANALYZE only."""
    tokens = piece.tokens
    at = first + 1
    runs = False
    if at + 1 < last and tokens[at][1] == "(" and tokens[at + 1][1] not in QUERIES:
        runs = _explain_runs(piece, at)
        at = piece.closes[at] + 1
    while at < last and tokens[at][0] in (WORD, SIGN) and tokens[at][1] in EXPLAIN_WORDS | {"ANALYZE", "ANALYSE", "="}:
        runs = runs or tokens[at][1].startswith("ANALY")
        at += 1
    if not runs:
        return False
    return reader.at(piece, at, last) if at < last else True


describe_ = desc_ = explain_


def analyze_(reader: Reader, piece: Piece, first: int, last: int) -> bool:
    """ANALYZE of a table, or in MariaDB of a statement, which it runs."""
    tokens = piece.tokens
    at = first + 1
    if at + 3 < last and tokens[at][1] == "FORMAT" and tokens[at + 1][1] == "=":
        at += 3
    if at + 1 < last and tokens[at][0] is WORD and tokens[at][1] in MAIN and tokens[at + 1][1] not in "(,.":
        return reader.at(piece, at, last)
    return True


def _explain_runs(piece: Piece, at: int) -> bool:
    """Whether ANALYZE is on among the options in a bracket. Unknown ones may turn it on."""
    tokens = piece.tokens
    for place in range(at + 1, piece.closes[at]):
        kind, value, _ = tokens[place]
        if kind is HOLE:
            return True
        if value in ("ANALYZE", "ANALYSE") and tokens[place - 1][1] in "(,":
            return place + 1 >= len(tokens) or tokens[place + 1][1].upper() not in OFF
    return False
