"""The demo's documents: paragraphs of seven software manuals with MiniLM embeddings, bundled with the package.

Where they come from and under which licences is in `data/LICENSES.md`. The embeddings are those of all-MiniLM-L6-v2
(384 dimensions), each vector scaled and rounded to 8-bit integers; cosine distance does not see the scale.
"""

from __future__ import annotations

import json
import lzma
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import CouldNotFindOut

if TYPE_CHECKING:
    import psycopg

FOLDER = Path(__file__).parent
DIMENSIONS = 384
TABLE = "chunks"
TEXT = "paragraphs of the PostgreSQL, Python, Django, SQLAlchemy, SQLite, Apache HTTP Server and Node.js manuals"
VECTORS = "all-MiniLM-L6-v2, 384 dimensions, rounded to 8 bits"
# The signed byte at index b, as the four bytes of a big-endian float, which is how COPY BINARY wants it.
FLOATS = [struct.pack(">f", byte - 256 if byte > 127 else byte) for byte in range(256)]
VECTOR_HEADER = struct.pack(">ihh", 4 + 4 * DIMENSIONS, DIMENSIONS, 0)
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A bundle of documents: `<name>.jsonl.xz` (source, title, section, body a line) and `<name>.i8` (384 signed
    bytes a document).
    """

    texts: Path
    vectors: Path

    def size(self) -> int:
        return self.vectors.stat().st_size // DIMENSIONS


BUNDLED = Part(texts=FOLDER / "data" / "chunks.jsonl.xz", vectors=FOLDER / "data" / "chunks.i8")


def documents(part: Part, count: int) -> Iterator[bytes]:
    """The first `count` documents as rows of COPY BINARY."""
    with lzma.open(part.texts, "rt", encoding="utf-8") as lines, part.vectors.open("rb") as vectors:
        for line in islice(lines, count):
            texts = b"".join(
                struct.pack(">i", len(text)) + text for text in (field.encode() for field in json.loads(line))
            )
            yield b"\0\x05" + texts + VECTOR_HEADER + b"".join(map(FLOATS.__getitem__, vectors.read(DIMENSIONS)))


def load(connection: psycopg.Connection[Any], count: int, parts: tuple[Part, ...] = (BUNDLED,)) -> int:
    """Creates and fills the table with `count` documents of the parts, or as many as there are. Returns how many were
    loaded.
    """
    _create(connection)
    loaded = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"COPY {TABLE} (source, title, section, body, embedding) FROM STDIN (FORMAT BINARY)".encode()
        ) as copy,
    ):
        copy.write(SIGNATURE)
        for part in parts:
            for row in documents(part, count - loaded):
                copy.write(row)
                loaded += 1
        copy.write(b"\xff\xff")
    connection.execute(f"VACUUM (ANALYZE) {TABLE}".encode())
    return loaded


def _create(connection: psycopg.Connection[Any]) -> None:
    import psycopg

    try:
        connection.execute((FOLDER / "schema.sql").read_bytes())
    except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported) as error:
        raise CouldNotFindOut(
            'the disposable server has no extension "vector"',
            detail=str(error.diag.message_primary),
            hint="Leave out --pg-bin, or install pgvector for that server.",
        ) from error


def questions() -> list[dict[str, str]]:
    """The questions with their embeddings, as parameter values of the demo's queries."""
    lines = (FOLDER / "questions.txt").read_text(encoding="utf-8").splitlines()
    raw = memoryview((FOLDER / "data" / "questions.i8").read_bytes()).cast("b")
    return [
        {"question": line, "embedding": json.dumps(raw[position * DIMENSIONS : (position + 1) * DIMENSIONS].tolist())}
        for position, line in enumerate(lines)
    ]


def queries() -> dict[str, str]:
    """The two shapes of hybrid search that the demo measures, by name."""
    return {path.stem: path.read_text(encoding="utf-8").strip() for path in sorted((FOLDER / "queries").glob("*.sql"))}
