"""A place in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Place:
    """Line and column, both from 1; the column counts characters. 0 is no place in the text."""

    line: int
    column: int
