"""How many rows a DELETE, UPDATE or MERGE would change: all of them, or those that a condition names."""

from __future__ import annotations

from orchestrator.gate.sql import predicate
from orchestrator.gate.sql.tokens import SIGN, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.statement import Statement
    from orchestrator.gate.sql.tokens import Token

# An unknown part after one of these is a name or a value, not the rest of the statement.
BEFORE_VALUE = frozenset({"=", ".", "FROM", "ONLY", "UPDATE", "AS", "LIMIT", "+", "-", "*", "/", "|", "USING"})
JOIN_ENDS = frozenset({"SET", "WHERE", "JOIN", "LEFT", "RIGHT", "INNER", "CROSS", "ORDER", "LIMIT"})


def every_row(statement: Statement) -> bool:
    """Whether a DELETE or UPDATE has no condition, or one that holds for every row."""
    if statement.every_row is None:
        statement.every_row = _every_row(statement)
    return statement.every_row


def _every_row(statement: Statement) -> bool:
    condition = statement.predicate()
    if condition is not None:
        return predicate.always_true(_unqualified(statement, condition)) or _selects_itself(statement, condition)
    return not _is_open(statement) and not _joined(statement)


def _unqualified(statement: Statement, condition: list[Token]) -> list[Token]:
    """The condition with `id` for `loans.id`, where loans is the table that would change."""
    at = statement.after(1, "FROM", "ONLY")
    name = statement.name(at)
    alias = statement.after(at + 2 * len(name) - 1, "*", "AS")
    names = {part.upper() for part in name[-1:] + statement.name(alias)[:1]} - {"SET", "WHERE", "USING"}
    kept: list[Token] = []
    for token in condition:
        kept.append(token)
        if len(kept) > 2 and kept[-2][1] == "." and kept[-3][1].upper() in names:
            kept[-3:] = [token]
    return kept


def _is_open(statement: Statement) -> bool:
    """Whether an unknown part may hold the condition."""
    words = statement.words
    if words[0] == "UPDATE" and "SET" not in words:
        return "?" in words
    return any(word == "?" and words[at - 1] not in BEFORE_VALUE for at, word in enumerate(words))


def _joined(statement: Statement) -> bool:
    """UPDATE a JOIN b ON … SET and DELETE a FROM a JOIN b ON … in MySQL: the join keeps rows back."""
    join = statement.find("JOIN")
    if join < 0 or statement.words[join - 1] == "LEFT":
        return False
    if statement.word(0) == "UPDATE" and join > statement.find("SET"):
        return False
    if 0 <= statement.find("USING") < join and statement.dialect not in ("mysql", "mariadb"):
        return False
    on = statement.find("ON")
    return on > join and not predicate.always_true(_until(statement, on + 1, JOIN_ENDS))


def _until(statement: Statement, start: int, words: frozenset[str]) -> list[Token]:
    end = start
    while end < len(statement.words) and statement.words[end] not in words:
        end += 1
    if start >= len(statement.top):
        return []
    return statement.tokens[statement.top[start] : statement.top[end] if end < len(statement.top) else statement.last]


def _selects_itself(statement: Statement, condition: list[Token]) -> bool:
    """WHERE id IN (SELECT id FROM the same table)."""
    values = [token[1] for token in condition if token[0] is WORD or token[0] is SIGN]
    target = statement.name(statement.after(1, "FROM", "ONLY"))
    if len(values) != len(condition) or len(values) < 8 or not target:
        return False
    table = ".".join(target).upper()
    return (
        values[1:4] == ["IN", "(", "SELECT"] and values[4] == values[0] and "".join(values[5:]) == "FROM" + table + ")"
    )


def merges_all(statement: Statement) -> bool:
    """Whether a MERGE deletes or updates rows of its target without a condition that could keep one."""
    on = statement.find("ON")
    if on < 0:
        return False
    condition = _until(statement, on + 1, frozenset({"WHEN"}))
    if predicate.always_true(condition):
        return _unconditional(statement, ("WHEN", "MATCHED"))
    return predicate.always_false(condition) and _unconditional(statement, ("WHEN", "NOT", "MATCHED", "BY", "SOURCE"))


def _unconditional(statement: Statement, branch: tuple[str, ...]) -> bool:
    start = statement.find(*branch)
    if start < 0:
        return False
    start += len(branch)
    if statement.word(start) == "AND":
        if not predicate.always_true(_until(statement, start + 1, frozenset({"THEN"}))):
            return False
        start = statement.words.index("THEN", start) if "THEN" in statement.words[start:] else start
    return statement.word(start) == "THEN" and statement.word(start + 1) in ("DELETE", "UPDATE")
