"""A definition while it is being mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin.definitions import OURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ruamel.yaml.comments import CommentedMap

    from orchestrator.plugin.frontmatter import Document
    from orchestrator.plugin.surroundings import Surroundings

# Keys of the author's that the client does not apply stand below this one, unchanged.
CARRIED = "carried"


@dataclass(frozen=True, kw_only=True)
class Change:
    """`mend` is the id of the mend, `key` where it was made, `message` what was done."""

    mend: str
    key: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"mend": self.mend, "key": self.key, "message": self.message}


class Unmendable(Exception):
    """The header has something in a place of ours that only its author can sort out."""


@dataclass(kw_only=True)
class Draft:
    """`header` is the header as the author wrote it, with its comments. The body is never changed.

    `document` is the definition as it was read, before any mend.
    """

    kind: Literal["agent", "skill"]
    document: Document
    around: Surroundings
    header: CommentedMap
    changes: list[Change] = field(default_factory=list)

    @property
    def ours(self) -> CommentedMap:
        """Our own part of the header; made where it is not there."""
        return self._mapping(self.header, OURS)

    def part(self, *keys: str) -> CommentedMap:
        """A mapping below our own part; made where it is not there."""
        found = self.ours
        for key in keys:
            found = self._mapping(found, key)
        return found

    def extend(self, keys: Sequence[str], items: Sequence[object]) -> list[Any]:
        """Adds to the list at `keys` below our own part what it does not hold yet, and returns what was added."""
        parent = self.part(*keys[:-1])
        held = parent.get(keys[-1])
        if held is not None and not isinstance(held, list):
            raise Unmendable(f"{'.'.join(keys)} is no list")
        listed = held or []
        new = [item for at, item in enumerate(items) if item not in listed and item not in items[:at]]
        if new:
            parent[keys[-1]] = [*listed, *new] if held is None else held
            if held is not None:
                held.extend(new)
        return new

    def carry(self, key: str) -> None:
        """Moves a key of the author's to where it is kept and does nothing."""
        part = self.part(CARRIED)
        comment = self.header.ca.items.pop(key, None)
        part[key] = self.header.pop(key)
        if comment is not None:
            part.ca.items[key] = comment

    def clauses(self) -> list[Any]:
        return self._held("clauses", list) or []

    def budgets(self) -> dict[str, Any]:
        return self._held("budgets", dict) or {}

    def _held(self, key: str, kind: type) -> Any:
        ours = self.header.get(OURS)
        held = ours.get(key) if isinstance(ours, dict) else None
        if held is not None and not isinstance(held, kind):
            raise Unmendable(f"{key} is no {'list' if kind is list else 'mapping'}")
        return held

    def _mapping(self, parent: CommentedMap, key: str) -> CommentedMap:
        from ruamel.yaml.comments import CommentedMap

        if parent.get(key) is None:
            parent[key] = CommentedMap()
        elif not isinstance(parent[key], CommentedMap):
            raise Unmendable(f"{key} is no mapping")
        found: CommentedMap = parent[key]
        return found
