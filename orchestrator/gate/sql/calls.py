"""Calls of functions that do more than their SELECT lets expect."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.sql import dynamic
from orchestrator.gate.sql.tokens import SIGN, STRING, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece, Token

# Before a name, these say that it is defined or listed, not called.
DEFINES = frozenset("FUNCTION PROCEDURE ROUTINE AGGREGATE TABLE INTO VIEW INDEX".split())
# Functions that run the SQL in their arguments.
RUNNERS = frozenset(
    "dblink dblink_exec dblink_open dblink_send_query query_to_xml query_to_xmlschema query_to_xml_and_xmlschema"
    " ts_stat ts_rewrite crosstab crosstab2 crosstab3 crosstab4 schedule schedule_in_database"
    " run_command_on_workers run_command_on_shards run_command_on_placements run_command_on_all_nodes"
    " run_command_on_colocated_placements run_command_on_coordinator run_command_on_master".split()
)
VERBS = frozenset(
    "SELECT WITH VALUES TABLE SHOW INSERT UPDATE DELETE MERGE TRUNCATE DROP ALTER CREATE GRANT REVOKE CALL DO COPY"
    " VACUUM ANALYZE REINDEX CLUSTER REFRESH LOCK SET RESET EXPLAIN BEGIN COMMIT ROLLBACK COMMENT NOTIFY EXECUTE"
    " REASSIGN CHECKPOINT START END DISCARD LOAD IMPORT SECURITY PREPARE LISTEN".split()
)


class Invocation:
    """A call as the rules in `rules/sql/function` see it: names in lower case, the tokens of each argument."""

    __slots__ = ("arguments", "name", "qualifier")

    def __init__(self, name: str, qualifier: str, arguments: list[list[Token]]) -> None:
        self.name = name
        self.qualifier = qualifier
        self.arguments = arguments

    def text(self, position: int) -> str | None:
        """An argument that is a plain string, in lower case and without its quotes."""
        if position < len(self.arguments) and len(self.arguments[position]) == 1:
            kind, value, _ = self.arguments[position][0]
            if kind is STRING:
                return value.strip("'$").lower()
        return None


def judge(reader: Reader, piece: Piece, opening: int) -> None:
    tokens = piece.tokens
    start = opening - 1
    qualifier = ""
    if start >= 2 and tokens[start - 1][1] == ".":
        qualifier = tokens[start - 2][1].lower()
        start -= 2
    if start and tokens[start - 1][0] is WORD and tokens[start - 1][1] in DEFINES:
        return
    name = tokens[opening - 1][1].lower()
    last = piece.closes[opening]
    call = Invocation(name, qualifier, _arguments(piece, opening + 1, last))
    if name in RUNNERS:
        if _runs(call):
            _statement(reader, piece, start, opening, last)
        return
    for rule in catalogue.for_statement("FUNCTION"):
        if rule.matches is not None and rule.matches(call):
            reader.effect(rule, piece, start, min(last + 1, len(tokens)))


def _runs(call: Invocation) -> bool:
    """`schedule` is a function of pg_cron only, and ts_rewrite with three arguments has no statement in it."""
    if "schedule" in call.name:
        return call.qualifier == "cron"
    return call.name != "ts_rewrite" or len(call.arguments) == 2


def _arguments(piece: Piece, first: int, last: int) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    at = first
    while at < last:
        after = piece.closes.get(at, at) + 1
        if piece.tokens[at][0] is SIGN and piece.tokens[at][1] == ",":
            found.append([])
        else:
            found[-1] += piece.tokens[at:after]
        at = after
    return found


def _statement(reader: Reader, piece: Piece, start: int, opening: int, last: int) -> None:
    """Judges the argument that is SQL."""
    texts = [text for text in _texts(piece, opening + 1, last) if _is_statement(text)]
    for text in texts:
        reader.inner(text)
    if not texts:
        reader.effect(catalogue.find("dynamic-sql"), piece, start, min(last + 1, len(piece.tokens)))


def _texts(piece: Piece, first: int, last: int) -> list[str]:
    found = []
    at = start = first
    while at <= last:
        if at >= last or (piece.tokens[at][0] is SIGN and piece.tokens[at][1] == ","):
            found.append(dynamic.built(piece, start, min(at, last)))
            start = at + 1
        at = piece.closes.get(at, at) + 1
    return found


def _is_statement(text: str) -> bool:
    first = (text.replace("(", " ").split() or [""])[0]
    return first.upper().rstrip(";") in VERBS or text.lstrip().startswith(("--", "/*"))
