"""A query with the parameters it is measured with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Workload:
    """`bindings` are the probes: one dict of parameter values each."""

    id: str
    title: str
    query: str
    bindings: Sequence[Mapping[str, Any]]
    bindings_from: str = ""
