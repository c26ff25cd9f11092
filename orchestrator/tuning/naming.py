"""Index names: `idx_{table}_{columns}`, with the method at the end where it is not B-tree."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from orchestrator.pg.catalog import Relation, quoted, unquoted

LIMIT_BYTES = 63  # NAMEDATALEN - 1


def index_name(relation: Relation, columns: tuple[str, ...], method: str, suffix: str = "") -> str:
    """A name, quoted where needed, that no index of the relation has. Over 63 bytes it is cut and ends in a hash."""
    parts = ["idx", relation.name, *columns, *([method] if method != "btree" else []), *([suffix] if suffix else [])]
    name = "_".join(parts)
    if len(name.encode()) > LIMIT_BYTES:
        name = name.encode()[: LIMIT_BYTES - 9].decode(errors="ignore") + "_" + sha256(name.encode()).hexdigest()[:8]
    taken = {unquoted(index.name) for index in relation.indexes}
    return quoted(next(free for free in (name, *_numbered(name)) if free not in taken))


def _numbered(name: str) -> Iterator[str]:
    short = name.encode()[: LIMIT_BYTES - 4].decode(errors="ignore")
    return (f"{short}_{number}" for number in range(2, 1000))
