"""The block of figures in README.md, drawn from the run document docs/demo-run.json.

`pytest --update-golden tests/cli/test_demo.py` makes a fresh run and writes both; the tests fail when they differ.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

BEGIN, END = "<!-- figures: begin, written by docs/readme.py -->", "<!-- figures: end -->"
WIDTH = 110


def replaced(readme: str, document: Mapping[str, Any]) -> str:
    """The README with its block of figures drawn from the document."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n```text\n{block(document)}\n```\n\n{END}{after}"


def block(document: Mapping[str, Any]) -> str:
    return "\n".join(line for entry in _entries(document) for line in _wrapped(*entry))


def _wrapped(word: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=f"{word:9} ", subsequent_indent=" " * 10, break_long_words=False)


def _entries(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    tables = ", ".join(f"{table['rows']:,} rows of {table['name']}" for table in document["target"]["tables"])
    yield "run", f"{document['task']}: {tables}, PostgreSQL {document['scratch']['postgresql']}"
    claims = document["evidence"]
    for claim in claims:
        if claim["topic"] in ("speed", "answers", "rejected", "writes"):
            word = "rejected" if claim["topic"] == "rejected" else claim["kind"]
            yield word, claim["claim"]
    for claim in claims:
        if claim["kind"] == "proven":
            yield "proven", claim["claim"]
    yield "review", f"{document['review']['verdict']}, {len(document['review']['checks'])} checks"
    seconds = document["seconds"]
    phases = ", ".join(f"{name} {seconds[name]:.1f}" for name in seconds if seconds[name] >= 0.1)
    yield "seconds", f"{sum(seconds.values()):.0f} in all: {phases}"
