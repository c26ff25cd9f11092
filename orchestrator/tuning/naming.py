"""Index names: `idx_{table}_{columns}`, with the method at the end where it is not B-tree."""

from __future__ import annotations

from hashlib import sha256

from orchestrator.pg.catalog import Relation, quoted

LIMIT_BYTES = 63  # NAMEDATALEN - 1


def index_name(relation: Relation, columns: tuple[str, ...], method: str, suffix: str = "") -> str:
    """A quoted name that no index of the relation has yet. A name over 63 bytes is cut and ends in a hash."""
    parts = ["idx", relation.name, *columns, *([method] if method != "btree" else []), *([suffix] if suffix else [])]
    name = "_".join(parts)
    if len(name.encode()) > LIMIT_BYTES:
        name = name.encode()[: LIMIT_BYTES - 9].decode(errors="ignore") + "_" + sha256(name.encode()).hexdigest()[:8]
    taken = {index.name.split(".")[-1].strip('"') for index in relation.indexes}
    while name in taken:
        name = name[: LIMIT_BYTES - 2] + "_2" if not name.endswith("_2") else name[:-2] + "_3"
    return quoted(name)
