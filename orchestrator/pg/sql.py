"""Named queries from the `.sql` files beside this module.

A block starts with `-- name: some_name`; the comment lines that follow say what a row is; the rest, up to the next
block, is the statement.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "queries"


@cache
def topic(name: str) -> dict[str, str]:
    """Every named statement of `queries/<name>.sql`, by name, without its leading comments."""
    statements: dict[str, str] = {}
    for block in (FOLDER / f"{name}.sql").read_text(encoding="utf-8").split("-- name:")[1:]:
        title, _, body = block.partition("\n")
        lines = [line for line in body.splitlines() if not line.startswith("--")]
        statements[title.strip()] = "\n".join(lines).strip().rstrip(";")
    return statements


def named(topic_name: str, query_name: str) -> str:
    """One statement. Raises KeyError when the file has no block of that name."""
    return topic(topic_name)[query_name]
