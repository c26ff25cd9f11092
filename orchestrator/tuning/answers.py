"""Whether two answers to one question are the same: overlap of the top rows, and equality where nothing may differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = tuple[Any, ...]


def identity(columns: Sequence[str], key: str | None) -> int | None:
    """Position of the output column that names a row: the primary key, or `id`. None: the whole row is compared."""
    for wanted in (key, "id"):
        if wanted in columns:
            return columns.index(wanted)
    return None


def keys(rows: Sequence[Row], position: int | None) -> list[str]:
    """One string a row: the identifying column, or the whole row with floats rounded to nine significant digits."""
    return [
        str(row[position]) if position is not None else repr(tuple(_rounded(value) for value in row)) for row in rows
    ]


def _rounded(value: Any) -> Any:
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def overlap(exact: Sequence[str], found: Sequence[str]) -> float:
    """Share of `exact` that `found` holds, 0 to 1. An empty exact answer is matched by an empty one only."""
    if not exact:
        return 0.0 if found else 1.0
    left = list(found)
    hits = 0
    for key in exact:
        if key in left:
            left.remove(key)
            hits += 1
    return hits / len(exact)
