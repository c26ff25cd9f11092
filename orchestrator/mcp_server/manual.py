"""What our skills and their references say, cut at the headings and searched by words."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from orchestrator.memory.recall import content_words
from orchestrator.model.errors import UsageError
from orchestrator.plugin import definitions, frontmatter, paths

NOTE = (
    "offline answer: found by words in the skills that ship with pgwright, not in the PostgreSQL manual;"
    " semanticWeight and version are taken and not used"
)
# pg-aiguide's names of skills, and those that agents in the wild use, to ours; the first that is there is taken.
ALIASES = {
    "pgvector_indexing": ("pgvector-search",),
    "pgvector-semantic-search": ("pgvector-search",),
    "postgres-hybrid-text-search": ("pgvector-search",),
    "postgres": ("performance-optimization",),
    "design-postgres-tables": ("database-schema-designer",),
    "postgres-database-migration": ("zero-downtime-migration", "alembic-migrations"),
    "postgres_migrations": ("alembic-migrations",),
    "query_optimization": ("performance-optimization",),
}
NOT_OURS = frozenset(
    (
        "design-postgis-tables",
        "setup-timescaledb-hypertables",
        "find-hypertable-candidates",
        "migrate-postgres-tables-to-hypertables",
        "ghost-database",
    )
)
SCHEMA = "CREATE VIRTUAL TABLE part USING fts5(skill, path, header, content, tokenize = 'porter unicode61')"
SEARCH = """
SELECT rowid, skill, path, header, content, -bm25(part, 4.0, 0.0, 3.0, 1.0) AS score
FROM part WHERE part MATCH ? ORDER BY score DESC LIMIT ?
"""


@dataclass(frozen=True, kw_only=True)
class Found:
    number: int
    skill: str
    path: str
    header: str
    content: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Page:
    """`name` is our skill; `asked` what was asked for, where that is another name."""

    name: str
    asked: str
    path: str
    description: str
    content: str


def search(query: str, limit: int) -> list[Found]:
    """The parts that share words with the query, best first."""
    words = content_words(query.replace("_", " "))
    if not words:
        return []
    question = " OR ".join(f'"{word}"' for word in words)
    rows = _index().execute(SEARCH, (question, limit)).fetchall()
    keys = ("number", "skill", "path", "header", "content", "score")
    return [Found(**dict(zip(keys, row, strict=True))) for row in rows]


@cache
def _index() -> sqlite3.Connection:
    # The tools run in threads, one after the other on this connection: SQLite serializes them.
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute(SCHEMA)
    connection.executemany("INSERT INTO part VALUES (?, ?, ?, ?)", _parts())
    return connection


def _parts() -> Iterator[tuple[str, str, str, str]]:
    for folder in _folders().values():
        for path in sorted(folder.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            body = text.split("---\n", 2)[-1] if text.startswith("---\n") else text
            for section in re.split(r"^(?=#{1,3} )", body, flags=re.MULTILINE):
                if section.strip():
                    header = section.strip().splitlines()[0].lstrip("# ")
                    yield folder.name, str(path.relative_to(folder)), header, section.strip()


def _folders() -> dict[str, Path]:
    return {path.parent.name: path.parent for path in definitions.skill_paths(paths.root())}


def page(name: str, path: str) -> Page:
    """One file of a skill, by our name or pg-aiguide's. Raises UsageError for what is not there."""
    folders = _folders()
    wanted = name.strip().lower()
    choices = (wanted, wanted.replace("_", "-"), *ALIASES.get(wanted, ()), *ALIASES.get(wanted.replace("_", "-"), ()))
    found = next((folders[each] for each in choices if each in folders), None)
    if found is None:
        gone = "is one of pg-aiguide's that we have nothing for" if wanted in NOT_OURS else "is not known"
        raise UsageError(f'the skill "{name}" {gone}', hint=f"Skills: {', '.join(folders)}.")
    file = Path(os.path.normpath(found / path))
    if not (file.is_file() and file.resolve().is_relative_to(found.resolve())):
        files = ", ".join(str(each.relative_to(found)) for each in sorted(found.rglob("*.md")))
        raise UsageError(f'the skill "{found.name}" has no file {path}', hint=f"Files: {files}.")
    skill = frontmatter.read(found / "SKILL.md", f"skills/{found.name}/SKILL.md")
    return Page(
        name=found.name,
        asked=name,
        path=str(file.relative_to(found)),
        description=str(skill.data.get("description", "")),
        content=file.read_text(encoding="utf-8"),
    )
