"""Whether a WHERE clause keeps any row back: predicates that are true for all rows without looking at one."""

from __future__ import annotations

from orchestrator.gate.sql import literal
from orchestrator.gate.sql.tokens import HOLE, NUMBER, PARAMETER, QUOTED, SIGN, STRING, WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.gate.sql.tokens import Token

LEVELS = 40
GROUP = "group"
TRUTHS = frozenset({"t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"})
FALSEHOODS = frozenset({"f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0", ""})
EQUAL = frozenset({"=", "==", "<=>", ">=", "<=", "IS NOT DISTINCT FROM", "LIKE", "ILIKE", "IS"})
UNEQUAL = frozenset({"<>", "!=", "<", ">", "IS DISTINCT FROM"})
OPPOSITE = {"=": "<>", "!=": "=", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MATCHERS = frozenset({"LIKE", "ILIKE", "SIMILAR TO", "~", "~*", "REGEXP", "RLIKE", "GLOB", "~~", "~~*"})
EVERYTHING = frozenset({"%", "%%", ".*", "^.*", "^.*$", ".*$", "", "^", "*", "(.*)"})
OPERATORS = frozenset("<>=!~*|&:")
PHRASES = [
    phrase.split()
    for phrase in (
        "IS NOT DISTINCT FROM",
        "IS DISTINCT FROM",
        "SIMILAR TO",
        "NOT BETWEEN",
        "NOT IN",
        "NOT LIKE",
        "NOT ILIKE",
        "BETWEEN",
        "IN",
        "LIKE",
        "ILIKE",
        "REGEXP",
        "RLIKE",
        "GLOB",
        "<=>",
        ">=",
        "<=",
        "<>",
        "!=",
        "==",
        "=",
        "<",
        ">",
        "~~*",
        "~~",
        "~*",
        "~",
        "IS NOT",
        "IS",
    )
]
# Words of an expression that name no column.
CONSTANTS = frozenset(
    "TRUE FALSE NULL NOT AND OR XOR IS IN LIKE ILIKE SIMILAR TO BETWEEN SYMMETRIC DISTINCT FROM UNKNOWN ISNULL NOTNULL"
    " CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER CURRENT_ROLE"
    " CURRENT_CATALOG CURRENT_SCHEMA CASE WHEN THEN ELSE END COLLATE ESCAPE ARRAY ROW SELECT CAST ANY SOME ALL EXISTS"
    " VALUES".split()
)


class Node:
    """A token, or a bracket with its nodes. `value` is upper case for a name that is not case-sensitive."""

    __slots__ = ("inside", "kind", "value")

    def __init__(self, kind: str, value: str, inside: list[Node] | None = None) -> None:
        self.kind = kind
        self.value = value
        self.inside = inside or []


def always_true(tokens: Sequence[Token]) -> bool:
    """Whether the predicate is true for every row, as far as it can be told without the table."""
    nodes = _tree(tokens)
    return nodes is not None and _verdict(nodes, 0) is True


def always_false(tokens: Sequence[Token]) -> bool:
    nodes = _tree(tokens)
    return nodes is not None and _verdict(nodes, 0) is False


def _tree(tokens: Sequence[Token]) -> list[Node] | None:
    """The nodes of an expression; None if it is nested too deeply to tell."""
    stack: list[list[Node]] = [[]]
    operator_end = -1
    for kind, value, start in tokens:
        if kind is SIGN and value == "(":
            group = Node(GROUP, "(")
            stack[-1].append(group)
            stack.append(group.inside)
            if len(stack) > LEVELS:
                return None
        elif kind is SIGN and value == ")":
            if len(stack) > 1:
                stack.pop()
        elif kind is SIGN and value in OPERATORS and start == operator_end:
            stack[-1][-1].value += value
            operator_end = start + 1
        else:
            stack[-1].append(_node(kind, value))
            operator_end = start + 1 if kind is SIGN and value in OPERATORS else -1
    return stack[0]


def _node(kind: str, value: str) -> Node:
    if kind is QUOTED and value.islower():
        return Node(kind, value.upper())
    if kind is STRING:
        return Node(kind, literal.value(value))
    return Node(kind, value)


def _verdict(nodes: list[Node], level: int) -> bool | None:
    """True or False if the expression is that for every row, else None."""
    if level > LEVELS:
        return None
    alternatives = _split(nodes, ("OR", "||"))
    if len(alternatives) > 1:
        return _any([_verdict(part, level + 1) for part in alternatives]) or _complementary(alternatives)
    parts = _split(nodes, ("AND", "&&"))
    if len(parts) > 1:
        return _all([_verdict(part, level + 1) for part in parts])
    negations = 0
    while negations < len(nodes) and (_is_word(nodes[negations], "NOT") or _is_word(nodes[negations], "!")):
        negations += 1
    if negations:
        inner = _verdict(nodes[negations:], level + 1)
        return None if inner is None else inner is (negations % 2 == 0)
    if len(nodes) == 1 and nodes[0].kind is GROUP:
        return _verdict(nodes[0].inside, level + 1)
    return _atom(nodes, level)


def _any(verdicts: list[bool | None]) -> bool | None:
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _all(verdicts: list[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _split(nodes: list[Node], words: tuple[str, str]) -> list[list[Node]]:
    """The operands of OR or AND. The AND of a BETWEEN and what CASE and END enclose stay together."""
    parts: list[list[Node]] = [[]]
    cases = betweens = 0
    for node in nodes:
        name = node.value if node.kind in (WORD, SIGN) else ""
        cases += (name == "CASE") - (name == "END" and cases > 0)
        betweens += name == "BETWEEN"
        if name in words and not cases and (name != "AND" or not betweens):
            parts.append([])
            continue
        betweens -= name == "AND" and betweens > 0
        parts[-1].append(node)
    return parts


def _complementary(alternatives: list[list[Node]]) -> bool | None:
    """x IS NULL OR x IS NOT NULL, a < 1 OR a >= 1, b OR NOT b."""
    seen = set()
    for part in alternatives:
        plain = _values(part[0].inside if len(part) == 1 and part[0].kind is GROUP else part)
        if _negation(plain) in seen or "NOT " + plain in seen:
            return True
        seen.add(plain)
    return None


def _negation(plain: str) -> str:
    if plain.startswith("NOT "):
        return plain[4:]
    for ending, other in ((" IS NULL", " IS NOT NULL"), (" IS NOT NULL", " IS NULL")):
        if plain.endswith(ending):
            return plain[: -len(ending)] + other
    for operator, opposite in OPPOSITE.items():
        left, found, right = plain.partition(" " + operator + " ")
        if found:
            return left + " " + opposite + " " + right
    return "\0"


def _values(nodes: list[Node]) -> str:
    return " ".join("(" + _values(node.inside) + ")" if node.kind is GROUP else node.value for node in nodes)


def _atom(nodes: list[Node], level: int) -> bool | None:
    """A predicate without AND, OR and NOT around it."""
    nodes = _without_cast(nodes)
    if len(nodes) == 1:
        return _constant(nodes[0])
    if len(nodes) == 2 and nodes[0].value == "EXISTS" and nodes[1].kind is GROUP:
        return True if _returns_always(nodes[1].inside) else None
    for ending, same in (("IS TRUE", True), ("IS NOT FALSE", True), ("IS FALSE", False), ("IS NOT TRUE", False)):
        words = ending.split()
        if [node.value for node in nodes[-len(words) :]] == words:
            inner = _verdict(nodes[: -len(words)], level + 1)
            return None if inner is None else inner is same
    compared = _comparison(nodes)
    if compared is not None:
        return compared
    return True if _is_constant(nodes) else None


def _without_cast(nodes: list[Node]) -> list[Node]:
    for at, node in enumerate(nodes):
        if node.value == "::" and node.kind is SIGN:
            inner = nodes[:at]
            rest = [each.value for each in nodes[at + 1 :]]
            if rest in (["BOOL"], ["BOOLEAN"]):
                return inner[0].inside if len(inner) == 1 and inner[0].kind is GROUP else inner
    return nodes


def _constant(node: Node) -> bool | None:
    if node.kind is WORD:
        return {"TRUE": True, "FALSE": False, "NULL": False}.get(node.value)
    if node.kind is NUMBER:
        return any(digit in "123456789" for digit in node.value)
    if node.kind is STRING:
        text = node.value.strip().lower()
        return True if text in TRUTHS else False if text in FALSEHOODS else None
    return None


def _returns_always(nodes: list[Node]) -> bool:
    """A subquery that returns a row whatever the row outside, or whose rows do not depend on it."""
    words = {node.value for node in nodes if node.kind is WORD}
    return bool(words & {"SELECT", "VALUES", "TABLE"}) and not words & {"WHERE", "HAVING", "LIMIT", "JOIN", "WITH"}


def _comparison(nodes: list[Node]) -> bool | None:
    left, operator, right = _operands(nodes)
    if not operator or not left or not right:
        return None
    if operator in ("IN", "BETWEEN"):
        return _among(left, operator, right)
    if _same(left, right):
        return True if operator in EQUAL else False if operator in UNEQUAL else None
    if operator in MATCHERS and len(right) == 1 and right[0].kind is STRING:
        return True if right[0].value in EVERYTHING else None
    if len(left) == len(right) == 1 and left[0].kind is right[0].kind and left[0].kind in (NUMBER, STRING):
        return _compared(left[0], operator, right[0])
    return None


def _operands(nodes: list[Node]) -> tuple[list[Node], str, list[Node]]:
    for phrase in PHRASES:
        for at in range(len(nodes) - len(phrase) + 1):
            if all(_is_word(nodes[at + n], word) for n, word in enumerate(phrase)):
                return nodes[:at], " ".join(phrase), nodes[at + len(phrase) :]
    return nodes, "", []


def _is_word(node: Node, word: str) -> bool:
    return node.value == word and node.kind in (WORD, SIGN)


def _among(left: list[Node], operator: str, right: list[Node]) -> bool | None:
    if operator == "BETWEEN":
        ends = _split_at(right, "AND")
        return True if len(ends) == 2 and _same(left, ends[0]) and _same(left, ends[1]) else None
    if len(right) != 1 or right[0].kind is not GROUP:
        return None
    return True if any(_same(left, item) for item in _split_at(right[0].inside, ",")) else None


def _split_at(nodes: list[Node], word: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if _is_word(node, word):
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _same(left: list[Node], right: list[Node]) -> bool:
    """The same expression on both sides, without unknown parts."""
    return _values(left) == _values(right) and not any(_is_open_at(left, at) for at in range(len(left)))


def _is_open_at(nodes: list[Node], at: int) -> bool:
    return nodes[at].kind in (HOLE, PARAMETER) or (nodes[at].kind is SIGN and nodes[at].value[0] in "?@%")


def _compared(left: Node, operator: str, right: Node) -> bool | None:
    """A comparison of two constants; None is not known to be true."""
    if left.kind is NUMBER:
        try:
            difference = float(left.value) - float(right.value)
        except ValueError:
            return None
    else:
        difference = (left.value > right.value) - (left.value < right.value)
    results = {"=": difference == 0, "==": difference == 0, "<>": difference != 0, "!=": difference != 0}
    results.update({"<": difference < 0, "<=": difference <= 0, ">": difference > 0, ">=": difference >= 0})
    return results.get(operator)


def _is_constant(nodes: list[Node]) -> bool:
    """No column, parameter, unknown part or table: the same value for all rows."""
    for at, node in enumerate(nodes):
        following = nodes[at + 1] if at + 1 < len(nodes) else None
        if node.kind is GROUP:
            if node.inside and not _is_constant(node.inside):
                return False
        elif node.kind is WORD:
            if not _names_nothing(node.value, following, nodes[at - 1] if at else None):
                return False
        elif node.kind in (QUOTED, HOLE, PARAMETER) or (
            node.kind is SIGN and node.value[0] in "?:@%" and node.value != "::"
        ):
            return False
    return bool(nodes)


def _is_open(node: Node) -> bool:
    """A quoted name, an unknown part or a parameter, in the ways in which programs write one."""
    parameter = node.kind is SIGN and node.value[0] in "?:@%" and node.value != "::"
    return parameter or node.kind in (QUOTED, HOLE, PARAMETER)


def _names_nothing(word: str, following: Node | None, before: Node | None) -> bool:
    if word == "FROM":
        return before is not None and before.value == "DISTINCT"
    if before is not None and before.value in ("::", "AS", "AT", "TIME"):
        return True
    if word == "AT":
        return following is not None and following.value == "TIME"
    return word in CONSTANTS or (following is not None and following.kind in (GROUP, STRING))
