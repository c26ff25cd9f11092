"""What a run was asked to do. Stored with the run, so it holds no password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

DEMO_DOCUMENTS = 30_000
MAX_ROWS = 50_000
TIMEOUT_S = 30.0
MAX_TURNS = 20
MAX_USD = 3.0


@dataclass(frozen=True, kw_only=True)
class RunSpec:
    """Paths are absolute. `queries` maps a name to SQL text and `parameters` a name to its values; both are empty for
    the demo.
    """

    run_id: str
    task: str
    route: Mapping[str, Any]
    agent: Mapping[str, str]  # name, version, sha256
    project: str
    context: str
    target: str  # "demo" or "dsn"; of a live run "dsn", "environment" or "none"
    target_shown: str
    created_at: str
    documents: int = DEMO_DOCUMENTS
    max_rows: int = MAX_ROWS
    timeout_s: float = TIMEOUT_S
    pg_bin: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    engine: str = "offline"  # or "live", whose session and limits follow
    session_id: str = ""
    max_turns: int = MAX_TURNS
    max_usd: float = MAX_USD

    @property
    def folder(self) -> Path:
        return run_folder(Path(self.context), self.run_id)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def run_folder(context: Path, run_id: str) -> Path:
    return context / "runs" / run_id


def new_run_id(now: datetime) -> str:
    """Sortable by time, unique by its last four digits: 20261122-071355-9c1e."""
    return f"{now:%Y%m%d-%H%M%S}-{token_hex(2)}"
