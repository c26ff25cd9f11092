"""pt-archiver: deletes rows that it has copied, or with --purge only deletes them."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    commands={},
    values="--source --dest --where --limit --txn-size --file --sleep --progress -h -u -p -P -D -t",
    quiet="--dry-run --no-delete",
    bare="prune-records",
)
