"""SQL that is put together while it runs: EXECUTE in a routine, PREPARE … FROM, and calls that take a statement."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.sql import literal
from orchestrator.gate.sql.tokens import SIGN, STRING, WORD
from orchestrator.gate.text import OPEN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.sql.judge import Reader
    from orchestrator.gate.sql.tokens import Piece

ENDS = frozenset({"INTO", "USING", "LOOP"})


def judge(reader: Reader, piece: Piece, first: int, last: int) -> None:
    """Judges the text that an expression builds, as far as it is literal."""
    end = first
    while end < last and not (piece.tokens[end][0] is WORD and piece.tokens[end][1] in ENDS):
        end = piece.closes.get(end, end) + 1
    text = built(piece, first, min(end, last))
    if text.lstrip().startswith(OPEN) or not text.strip():
        reader.effect(catalogue.find("dynamic-sql"), piece, max(first - 1, 0), last)
    else:
        reader.inner(text)


def built(piece: Piece, first: int, last: int) -> str:
    """The text of 'a' || b || format('c', d), with an unknown part for every part that is not literal."""
    tokens = piece.tokens
    while first < last and tokens[first][1] == "(" and piece.closes.get(first) == last - 1:
        first += 1
        last -= 1
    parts: list[str] = []
    at = first
    while at < last:
        kind, value, _ = tokens[at]
        after = piece.closes.get(at, at) + 1
        if kind is STRING:
            parts.append(literal.value(value))
        elif kind is WORD and at + 1 < last and tokens[at + 1][1] == "(":
            after = piece.closes.get(at + 1, at + 1) + 1
            parts.append(_called(piece, value, at + 2, after - 1))
        elif not (kind is SIGN and value == "|"):
            parts.append(unknown("part"))
        at = after
    return "".join(_merged(parts))


def _merged(parts: list[str]) -> list[str]:
    """One unknown part for `a.b`, `x::text` and the like."""
    kept: list[str] = []
    for part in parts:
        if not (kept and kept[-1] == part == unknown("part")):
            kept.append(part)
    return kept


def _called(piece: Piece, name: str, first: int, last: int) -> str:
    if name not in ("FORMAT", "CONCAT") or first >= last or piece.tokens[first][0] is not STRING:
        return unknown("part")
    if name == "CONCAT":
        return "".join(
            literal.value(token[1]) if token[0] is STRING else unknown("part")
            for token in piece.tokens[first:last]
            if token[1] != ","
        )
    end = first
    while end < last and piece.tokens[end][0] is STRING:
        end += 1
    return formatted(literal.joined(piece.tokens[first:end]))


def formatted(pattern: str) -> str:
    """A format string with unknown parts for %I, %L and %s."""
    first, *parts = pattern.split("%")
    done = first
    literal_percent = False
    for part in parts:
        if literal_percent:
            done += part
            literal_percent = False
        elif not part:
            done += "%"
            literal_percent = True
        else:
            done += _filled(part)
    return done


def _filled(part: str) -> str:
    """Text after a percent sign: position, flags and width, then the kind."""
    at = 0
    while at < len(part) and part[at] in "0123456789$-*":
        at += 1
    kind = part[at : at + 1]
    rest = part[at + 1 :]
    value = unknown({"I": "name", "L": "value"}.get(kind, "text"))
    return ("'" + value + "'" if kind == "L" else value) + rest
