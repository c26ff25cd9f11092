"""The eight table-level lock modes: which conflict, and what a user of the table feels.

https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
"""

from __future__ import annotations

from enum import IntEnum


class LockMode(IntEnum):
    """Weakest first, so that the strongest of several is their maximum."""

    ACCESS_SHARE = 1
    ROW_SHARE = 2
    ROW_EXCLUSIVE = 3
    SHARE_UPDATE_EXCLUSIVE = 4
    SHARE = 5
    SHARE_ROW_EXCLUSIVE = 6
    EXCLUSIVE = 7
    ACCESS_EXCLUSIVE = 8

    @property
    def words(self) -> str:
        """As the manual writes it: "SHARE UPDATE EXCLUSIVE"."""
        return self.name.replace("_", " ")

    @property
    def catalog_name(self) -> str:
        """As pg_locks.mode prints it: "ShareUpdateExclusiveLock"."""
        return "".join(part.capitalize() for part in self.name.split("_")) + "Lock"

    @classmethod
    def read(cls, text: str) -> LockMode:
        """The mode named in either spelling. Raises ValueError for any other text."""
        for mode in cls:
            if text in (mode.words, mode.catalog_name):
                return mode
        raise ValueError(f"no such lock mode: {text!r}")

    def conflicts_with(self, other: LockMode) -> bool:
        return other in CONFLICTS[self]

    @property
    def stops_reads(self) -> bool:
        return self.conflicts_with(LockMode.ACCESS_SHARE)

    @property
    def stops_writes(self) -> bool:
        return self.conflicts_with(LockMode.ROW_EXCLUSIVE)

    @property
    def blocks(self) -> str:
        """What waits while this lock is held: "reads and writes", "writes", "schema changes" or "nothing"."""
        if self.stops_reads:
            return "reads and writes"
        if self.stops_writes:
            return "writes"
        return "schema changes" if self.conflicts_with(LockMode.SHARE_UPDATE_EXCLUSIVE) else "nothing"


_ALL = frozenset(LockMode)
_READS = frozenset({LockMode.ACCESS_SHARE, LockMode.ROW_SHARE})

CONFLICTS: dict[LockMode, frozenset[LockMode]] = {
    LockMode.ACCESS_SHARE: frozenset({LockMode.ACCESS_EXCLUSIVE}),
    LockMode.ROW_SHARE: frozenset({LockMode.EXCLUSIVE, LockMode.ACCESS_EXCLUSIVE}),
    LockMode.ROW_EXCLUSIVE: _ALL - _READS - {LockMode.ROW_EXCLUSIVE, LockMode.SHARE_UPDATE_EXCLUSIVE},
    LockMode.SHARE_UPDATE_EXCLUSIVE: _ALL - _READS - {LockMode.ROW_EXCLUSIVE},
    LockMode.SHARE: _ALL - _READS - {LockMode.SHARE},
    LockMode.SHARE_ROW_EXCLUSIVE: _ALL - _READS,
    LockMode.EXCLUSIVE: _ALL - {LockMode.ACCESS_SHARE},
    LockMode.ACCESS_EXCLUSIVE: _ALL,
}
