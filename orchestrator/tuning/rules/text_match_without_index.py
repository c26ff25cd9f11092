"""A text match reads and tests every document unless a GIN index lists the documents of each word."""

from __future__ import annotations

from collections.abc import Sequence

from orchestrator.pg.catalog import quoted
from orchestrator.tuning.naming import index_name
from orchestrator.tuning.record import Change, Example, IndexDesign, Rule, Situation
from orchestrator.tuning.shapes import TextSearch, searches


def propose(situation: Situation) -> Sequence[Change]:
    found = {
        (text.relation.name, text.column.name): text
        for text in searches(situation.query, situation.catalog)
        if not _served(text)
    }
    return [_change(text) for text in found.values()]


def _served(text: TextSearch) -> bool:
    return any(
        index.is_valid and index.method in ("gin", "gist") and quoted(text.column.name) in index.keys
        for index in text.relation.indexes
    )


def _change(text: TextSearch) -> Change:
    return Change(
        rule=RULE.id,
        title=f"GIN on {text.relation.name}.{text.column.name}",
        why="the index lists the rows of each word, so only rows that hold the words are read",
        slot=f"text:{text.relation.name}.{text.column.name}",
        index=IndexDesign(
            name=index_name(text.relation, (text.column.name,), "gin"),
            table=text.relation.qualified,
            schema=text.relation.schema_qualifier,
            method="gin",
            definition=f"gin ({quoted(text.column.name)})",
        ),
    )


DOCS = "CREATE TABLE docs (id bigint PRIMARY KEY, body text, tsv tsvector NOT NULL)"

RULE = Rule(
    id="text-match-without-index",
    kind="index",
    why="without an index every document is fetched, often out of line, and tested",
    keeps="equal",
    obligation="a GIN index returns exactly the rows that match",
    source="https://www.postgresql.org/docs/current/textsearch-indexes.html",
    propose=propose,
    fires_on=(
        Example(schema=DOCS, query="SELECT id FROM docs WHERE tsv @@ plainto_tsquery('english', :q)"),
        Example(
            schema=DOCS, query="SELECT id FROM docs ORDER BY ts_rank(tsv, plainto_tsquery('english', :q)) DESC LIMIT 10"
        ),
    ),
    silent_on=(
        Example(
            schema=f"{DOCS}; CREATE INDEX ON docs USING gin (tsv)",
            query="SELECT id FROM docs WHERE tsv @@ plainto_tsquery('english', :q)",
        ),
        Example(schema=DOCS, query="SELECT id FROM docs WHERE body = :q"),
    ),
)
