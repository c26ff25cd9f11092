"""Decisions that bear on a task, found by their words.

The files are the truth. The full-text index beside them is a copy that is built anew when they change, and may be
deleted at any time; where it cannot be used, the decisions are scanned one by one and the hits say so.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestrator.memory.decision import Decision
from orchestrator.memory.store import ContextStore

# English words that say nothing about a database.
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about all an and any are as at be been but by can could did do does for from had has have how i if "
        "in into is it its me my no not of on or our out please should so some than that the their them then "
        "there these they this those to too up us use used using was we were what when where which who why "
        "will with would you your",
    )
)
_COLUMNS = ("title", "decision", "rationale", "context", "category", "tables")
# A word in the title or in a table's name says more about a decision than one in its reasons.
_WEIGHTS = (4.0, 3.0, 1.0, 1.0, 2.0, 6.0)
_SCHEMA = f"""
CREATE VIRTUAL TABLE entry USING fts5(file UNINDEXED, {", ".join(_COLUMNS)},
                                         tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TABLE source (sha256 TEXT NOT NULL);
"""
_SEARCH = f"""
SELECT file, -bm25(entry, 0, {", ".join(map(str, _WEIGHTS))}) AS score
FROM entry WHERE entry MATCH ?
"""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """`index` says what found it: "lexical" is the full-text index, "scan" the plain search without it.

    Scores order the hits of one search; they cannot be compared between searches.
    """

    decision: Decision
    score: float
    index: Literal["lexical", "scan"]


def recall(
    store: ContextStore, query: str, limit: int = 5, tables: Sequence[str] = (), *, everything: bool = False
) -> list[Hit]:
    """The decisions in force that name one of the tables, then those that share words with the query, best first.

    `everything` adds proposed, superseded, rejected and expired decisions.
    """
    known = store.decisions()
    now = store.now()
    eligible = {each.file: each for each in known if everything or each.is_active(now)}
    words = content_words(query)
    index: Literal["lexical", "scan"] = "lexical"
    try:
        scores = _search(store.index_path, known, words) if eligible and words else {}
    except (sqlite3.Error, OSError, UnicodeError) as error:
        store.notice(f"the search index could not be used ({error}); the decisions were searched one by one")
        scores, index = _scan(known, words), "scan"
    named = {file for file, each in eligible.items() if _names_one_of(each, tables)}
    found = eligible.keys() & (scores.keys() | named)
    ranked = sorted(found, key=lambda file: (file not in named, -scores.get(file, 0.0), file))
    return [Hit(decision=eligible[file], score=scores.get(file, 0.0), index=index) for file in ranked[:limit]]


def content_words(text: str) -> list[str]:
    """The words of the text that can tell decisions apart, each once; all of them if none can."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", text.casefold())))
    return [word for word in words if word not in _STOP_WORDS] or words


def _names_one_of(each: Decision, tables: Sequence[str]) -> bool:
    return not {_without_schema(name) for name in each.tables}.isdisjoint(map(_without_schema, tables))


def _without_schema(table: str) -> str:
    """Decisions rarely name the schema, plans and catalogues often do."""
    return table.rpartition(".")[2].strip('"').casefold()


def _search(path: Path, known: Sequence[Decision], words: list[str]) -> dict[str, float]:
    digest = _digest(known)
    if _digest_of_index(path) != digest:
        _build(path, known, digest)
    question = " OR ".join(f'"{word}"' for word in words)
    with closing(_open(path)) as connection:
        return {str(file): float(score) for file, score in connection.execute(_SEARCH, (question,))}


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _digest_of_index(path: Path) -> str:
    """What the index was built from; empty for one that is missing or damaged, which is then built anew."""
    if not path.exists():
        return ""
    try:
        with closing(_open(path)) as connection:
            return str(connection.execute("SELECT sha256 FROM source").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return ""


def _build(path: Path, known: Sequence[Decision], digest: str) -> None:
    """Two processes may build at once: each writes a file of its own, and the last one to finish gives the index."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(fresh)) as connection, connection:
            connection.executescript(_SCHEMA)
            marks = ", ".join("?" * (1 + len(_COLUMNS)))
            connection.executemany(f"INSERT INTO entry VALUES ({marks})", [_row(each) for each in known])
            connection.execute("INSERT INTO source VALUES (?)", (digest,))
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _row(each: Decision) -> tuple[str, ...]:
    return (each.file, *_texts(each))


def _texts(each: Decision) -> tuple[str, ...]:
    """One text a column. Underscores would otherwise hide the words of a name from the query's words."""
    held = (each.title, each.decision, each.rationale, each.context, each.category, " ".join(each.tables))
    return tuple(text.replace("_", " ") for text in held)


def _digest(known: Iterable[Decision]) -> str:
    texts = json.dumps([_SCHEMA, *(_row(each) for each in known)])
    return hashlib.sha256(texts.encode()).hexdigest()


def _scan(known: Iterable[Decision], words: list[str]) -> dict[str, float]:
    scores = {each.file: _score(each, words) for each in known}
    return {file: score for file, score in scores.items() if score > 0}


def _score(each: Decision, words: list[str]) -> float:
    columns = [set(content_words(text)) for text in _texts(each)]
    return sum(weight * len(column.intersection(words)) for weight, column in zip(_WEIGHTS, columns, strict=True))
