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
        """Adds to the list at `keys` below our own part what it does not hold yet, and returns what was added.

        Of `items` none is there twice.
        """
        listed = self.held(keys, list) or []
        new = [item for item in items if item not in listed]
        if new and listed:
            listed.extend(new)
        elif new:
            self.part(*keys[:-1])[keys[-1]] = new
        return new

    def carry(self, key: str) -> None:
        """Moves a key of the author's to where it is kept and does nothing."""
        part = self.part(CARRIED)
        comment = self.header.ca.items.pop(key, None)
        part[key] = self.header.pop(key)
        if comment is not None:
            part.ca.items[key] = comment

    def held(self, keys: Sequence[str], kind: type) -> Any:
        """What stands at `keys` below our own part, None where nothing does. Raises Unmendable for another kind."""
        found: Any = self.header
        for key, wanted in zip((OURS, *keys), (*(dict for _ in keys), kind), strict=True):
            found = found.get(key)
            if found is None:
                return None
            if not isinstance(found, wanted):
                raise Unmendable(f"{key} is no {'list' if wanted is list else 'mapping'}")
        return found

    def _mapping(self, parent: CommentedMap, key: str) -> CommentedMap:
        from ruamel.yaml.comments import CommentedMap

        if parent.get(key) is None:
            parent[key] = CommentedMap()
        elif not isinstance(parent[key], CommentedMap):
            raise Unmendable(f"{key} is no mapping")
        found: CommentedMap = parent[key]
        return found
