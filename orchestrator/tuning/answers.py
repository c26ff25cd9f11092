"""Whether an answer is a right one: how much of the exact answer it holds, in number and order, where the query leaves
something open (ties, no ORDER BY) as well.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zlib import crc32

from orchestrator.pg.catalog import unquoted

Row = tuple[Any, ...]
# Longer answers are compared as a whole, by their number of rows and one digest over all.
LISTED_ROWS = 1000


@dataclass(frozen=True, kw_only=True)
class Exact:
    """What a right answer to one probe is.

    It has `rows` rows: `needed[g]` of those whose group is g. Rows of one group are equal in the query's order, so that
    it leaves open which of them come. `keys` and `digests` list the rows, groups ascending; the groups in `open` have
    more members than are listed. `whole` stands for the rows of an answer that is too long to be listed.
    """

    rows: int
    keys: Sequence[str] = ()
    digests: Sequence[str] = ()
    groups: Sequence[int] = ()
    needed: Sequence[int] = ()
    open: Sequence[int] = ()
    ordered: bool = False
    whole: str = ""


@dataclass(frozen=True, kw_only=True)
class Match:
    """`overlap`: the share of the exact answer that came back; `in_order`: of its pairs, those in the right order."""

    overlap: float
    same_rows: bool
    in_order: float


def identity(columns: Sequence[str], key: str | None) -> int | None:
    """Position of the output column that names a row: the primary key, or `id`. None: there is none."""
    for wanted in (unquoted(key) if key else None, "id"):
        if wanted in columns:
            return columns.index(wanted)
    return None


def keys(rows: Sequence[Row], position: int | None) -> list[str]:
    """One string a row: the identifying column, or the digest of the whole row."""
    return [str(row[position]) for row in rows] if position is not None else digests(rows)


def digests(rows: Sequence[Row]) -> list[str]:
    """One short string a row over all its values, floats rounded to nine significant digits."""
    return [sha256(repr(_rounded(row)).encode()).hexdigest()[:16] for row in rows]


def digest_of_all(rows: Sequence[Row]) -> str:
    """One string for all rows together, whatever their order."""
    return f"{sum(crc32(repr(_rounded(row)).encode()) for row in rows):x}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.9g}"
    if isinstance(value, tuple | list):
        return tuple(map(_rounded, value))
    return {key: _rounded(inner) for key, inner in value.items()} if isinstance(value, dict) else str(value)


def match(exact: Exact, found: Sequence[str], *, by_digest: bool) -> Match:
    """How `found`, the keys of an answer's rows (or their digests), agrees with the exact answer."""
    if exact.rows == 0:
        return Match(overlap=0.0 if found else 1.0, same_rows=not found, in_order=1.0)
    places = _places(exact, found, by_digest=by_digest)
    hits = sum(place is not None for place in places)
    left = Counter(dict(enumerate(exact.needed)))
    left.subtract(place for place in places if place is not None)
    hits += min(len(places) - hits, sum(left[group] for group in exact.open))
    order = _in_order([place for place in places if place is not None]) if exact.ordered else 1.0
    return Match(overlap=hits / exact.rows, same_rows=len(found) == exact.rows, in_order=order)


def _places(exact: Exact, found: Sequence[str], *, by_digest: bool) -> list[int | None]:
    """The group that each row counts for; None for a row that is wrong or one too many."""
    free: dict[str, list[int]] = {}
    for key, group in zip(exact.digests if by_digest else exact.keys, exact.groups, strict=True):
        free.setdefault(key, []).append(group)
    left = list(exact.needed)
    places: list[int | None] = []
    for key in found:
        place = next((group for group in free.get(key, ()) if left[group]), None)
        if place is not None:
            free[key].remove(place)
            left[place] -= 1
        places.append(place)
    return places


def _in_order(groups: Sequence[int]) -> float:
    """Share of the pairs of which the first does not belong behind the second."""
    seen: list[int] = []
    inverted = 0
    for group in groups:
        inverted += len(seen) - bisect_right(seen, group)
        insort(seen, group)
    pairs = len(groups) * (len(groups) - 1) // 2
    return 1.0 - inverted / pairs if pairs else 1.0


def match_whole(exact: Exact, rows: int, whole: str) -> Match:
    """As `match`, for an answer that is too long to be listed."""
    if exact.open and not exact.groups:  # any rows are right
        return Match(overlap=min(rows, exact.rows) / exact.rows, same_rows=exact.rows == rows, in_order=1.0)
    return Match(overlap=float(exact.whole == whole), same_rows=exact.rows == rows, in_order=1.0)
