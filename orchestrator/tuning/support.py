"""Which rows a text rank puts above all others: the condition that finds every row whose rank is above zero.

ts_rank_cd ranks only rows that match. ts_rank also ranks rows that hold two of the words of an AND or phrase query, and
both rank rows with a word that the query excludes. The tests show each of these on a server; a row that holds one of
several words has a rank of 1e-20, as has every row that holds none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.pg import query as q
from orchestrator.pg.catalog import quoted
from orchestrator.tuning.shapes import TextSearch

# Constructors that join all words of their text by AND or as a phrase, and never exclude one.
CONJUNCTIONS = ("plainto_tsquery", "phraseto_tsquery")
# Constructors whose text is words, apart from operators that are no words.
WORDY = (*CONJUNCTIONS, "websearch_to_tsquery")


@dataclass(frozen=True, kw_only=True)
class Support:
    """`condition` needs the WITH tables `tables`. With a `caveat` it may miss rows whose rank is above zero."""

    name: str
    condition: str
    tables: str = ""
    caveat: str = ""


def supports(text: TextSearch, parameters: tuple[str, ...], taken: Iterable[str]) -> list[Support]:
    """The conditions to try, a sound one first where there is one. `taken` are names that no WITH table may have."""
    name, _ = q.function(text.tsquery)
    tsquery = q.expression(text.tsquery, parameters)
    matching = Support(
        name="matching rows",
        condition=f"{quoted(text.column.name)} @@ {_enclosed(text.tsquery, tsquery)}",
        caveat=_caveat(text),
    )
    if name not in WORDY or not matching.caveat:
        return [matching]
    return [_by_words(text, parameters, set(taken)), matching]


def _caveat(text: TextSearch) -> str:
    """What the rows that match leave out of those with a rank above zero, or ""."""
    name, arguments = q.function(text.tsquery)
    if name in CONJUNCTIONS:
        return "loses rows that hold only some of three or more words" if text.how == "ts_rank" else ""
    constant = q.uncast(arguments[-1]).get("a_const", {}).get("sval", {}).get("sval", "!") if arguments else "!"
    if text.how == "ts_rank_cd" and name == "to_tsquery" and "!" not in constant:
        return ""
    return "loses rows that hold only some of the words, or one that the query excludes"


def _by_words(text: TextSearch, parameters: tuple[str, ...], taken: set[str]) -> Support:
    """Rows with two of the words, or with any of them where words may be alternatives."""
    name, arguments = q.function(text.tsquery)
    word, found = _free("word", taken), _free("found", taken)
    words = ", ".join(q.expression(argument, parameters) for argument in arguments)
    tsquery = q.expression(text.tsquery, parameters)
    lexemes = f"{word} AS (SELECT unnest(tsvector_to_array(to_tsvector({words}))) AS lexeme)"
    if name in CONJUNCTIONS:
        either = "string_agg('(' || quote_literal(a.lexeme) || ' & ' || quote_literal(b.lexeme) || ')', ' | ')::tsquery"
        source, title = f"{word} a JOIN {word} b ON a.lexeme < b.lexeme", "rows with two of the words"
    else:
        either, source = "string_agg(quote_literal(a.lexeme), ' | ')::tsquery", f"{word} a"
        title = "rows with any of the words"
    return Support(
        name=title,
        condition=f"{quoted(text.column.name)} @@ (SELECT tsquery FROM {found})",
        tables=f"{lexemes}, {found} AS (SELECT coalesce({either} || {tsquery}, {tsquery}) AS tsquery FROM {source})",
    )


def _enclosed(node: q.Node, text: str) -> str:
    return text if q.function(node)[0] or "param_ref" in node or "column_ref" in node else f"({text})"


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
