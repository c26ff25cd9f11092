"""Which server is read, which project is worked on, and how much one answer may hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.memory.location import place
from orchestrator.memory.store import ContextStore
from orchestrator.model.errors import CouldNotFindOut, UsageError

VARIABLES = ("ORCHESTRATE_DSN", "DATABASE_URI", "DATABASE_URL")
# With one of these set, libpq finds the server by itself.
LIBPQ_VARIABLES = ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE", "PGPORT", "PGUSER")
TIMEOUT_S = 30.0
MAX_ROWS = 200
MAX_BYTES = 100_000


@dataclass(frozen=True, kw_only=True)
class Setup:
    """`dsn` is None where no server is named; an empty one leaves everything to libpq. `project` is absolute."""

    dsn: str | None
    dsn_from: str
    project: Path
    timeout_s: float = TIMEOUT_S
    max_rows: int = MAX_ROWS
    max_bytes: int = MAX_BYTES

    def server(self) -> str:
        """The connection string. Raises CouldNotFindOut that says what to set."""
        if self.dsn is None:
            raise CouldNotFindOut(
                "no database server is named, so this tool has nothing to read",
                detail=f"Looked at: --dsn, {', '.join(VARIABLES)} and libpq's own PG* variables.",
                hint="Set DATABASE_URI (or PGHOST, PGDATABASE, PGSERVICE …) in the environment of the MCP server,"
                " or start it with --dsn.",
            )
        return self.dsn

    def store(self) -> ContextStore:
        return ContextStore(place(self.project).path)

    def redacted(self, text: str) -> str:
        """The text without any password that this process was given."""
        for secret in sorted(_passwords(self.dsn), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def setup(
    dsn: str | None,
    project: Path | None,
    *,
    timeout_s: float,
    max_rows: int,
    environment: Mapping[str, str] | None = None,
) -> Setup:
    """What the words of the command line and the environment say. Raises UsageError for a project that is not there."""
    variables: Mapping[str, str] = os.environ if environment is None else environment
    found, source = _server(dsn, variables)
    folder = (project or Path(variables.get("CLAUDE_PROJECT_DIR") or ".")).absolute()
    if not folder.is_dir():
        raise UsageError(f"the project {folder} is not a folder", hint="Name it with --project DIR.")
    return Setup(dsn=found, dsn_from=source, project=folder, timeout_s=timeout_s, max_rows=max_rows)


def _server(dsn: str | None, variables: Mapping[str, str]) -> tuple[str | None, str]:
    if dsn is not None:
        return plain(dsn), "--dsn"
    for name in VARIABLES:
        if variables.get(name):
            return plain(variables[name]), name
    found = next((each for each in LIBPQ_VARIABLES if variables.get(each)), None)
    return ("", found) if found else (None, "")


def plain(dsn: str) -> str:
    """The string as libpq takes it: SQLAlchemy names its driver in the scheme, postgresql+asyncpg://…"""
    scheme, separator, rest = dsn.partition("://")
    kind = scheme.partition("+")[0]
    return f"postgresql://{rest}" if separator and kind in ("postgres", "postgresql") else dsn


def _passwords(dsn: str | None) -> set[str]:
    from urllib.parse import unquote

    found = {os.environ.get("PGPASSWORD", "")}
    scheme, separator, rest = (dsn or "").partition("://")
    if separator and scheme and "@" in rest:
        raw = rest.rpartition("@")[0].partition(":")[2]
        found |= {raw, unquote(raw)}
    elif dsn:
        found.add(_keyword_password(dsn))
    return {each for each in found if len(each) > 2}


def _keyword_password(dsn: str) -> str:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        return str(conninfo_to_dict(dsn).get("password") or "")
    except psycopg.Error:
        return ""
