"""Makes the demo's data from unpacked manuals and a model folder: see the README beside this file."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANUALS = {
    "PostgreSQL 15": ("postgresql-doc-15", "usr/share/doc/postgresql-doc-15/html"),
    "Python 3.11": ("python3.11-doc", "usr/share/doc/python3.11/html"),
    "Django 3.2": ("python-django-doc", "usr/share/doc/python-django-doc/html"),
    "SQLAlchemy 1.4": ("python-sqlalchemy-doc", "usr/share/doc/python-sqlalchemy-doc/html"),
    "SQLite 3.40": ("sqlite3-doc", "usr/share/doc/sqlite3"),
    "Apache HTTP Server 2.4": ("apache2-doc", "usr/share/doc/apache2-doc/manual/en"),
    "Node.js 18": ("nodejs-doc", "usr/share/doc/nodejs"),
}
BLOCKS = {"p", "li", "dd", "dt", "pre", "td", "th", "blockquote", "caption", "figcaption"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SKIPPED_TAGS = {"script", "style", "nav", "footer", "head", "header"}
FURNITURE = (
    r"\b(navheader|navfooter|toc|sphinxsidebar|related|headerlink|footer|toctree-wrapper|index"
    r"|breadcrumb|menu|qv|nav)\b"
)
LISTINGS = r"genindex|py-modindex|search\.html|bookindex|_modules/|_sources|changelog"
SUFFIX = (
    r"( — | - )(Python 3\.11\.2 documentation|SQLAlchemy 1\.4 Documentation|Django 3\.2\.25 documentation"
    r"|Apache HTTP Server Version 2\.4)$"
)
MAIN = ("//div[@role='main']", "//div[@id='apicontent']", "//div[@id='page-content']", "//body")
WANTED, SHORTEST, LONGEST_BLOCK = 600, 160, 2000
WORDY = 0.72  # share of letters and spaces below which a paragraph is mostly symbols
TOTAL, BUNDLED, DIMENSIONS, BATCH = 60_000, 30_000, 384, 32


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    manual: str
    title: str
    section: str
    body: str
    order: str


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("¶", "")).strip()


def blocks(element: Any) -> Iterator[tuple[str, str]]:
    """Tag and text of the innermost text blocks, in order, navigation left out."""
    for child in element:
        if (
            not isinstance(child.tag, str)
            or child.tag in SKIPPED_TAGS
            or re.search(FURNITURE, child.get("class") or "")
        ):
            continue
        inner = any(each.tag in BLOCKS | HEADINGS for each in child.iterdescendants() if isinstance(each.tag, str))
        if child.tag in BLOCKS | HEADINGS and not inner:
            text = child.text_content()
            yield child.tag, text if child.tag == "pre" else squeezed(text)
        else:
            if child.tag in BLOCKS and child.text and squeezed(child.text):
                yield "p", squeezed(child.text)
            yield from blocks(child)


def paragraphs(title: str, found: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Section and text: blocks joined up to the wanted length, never across a heading."""
    section, text = title, ""
    for tag, block in found:
        if tag in HEADINGS or (text and len(text) + len(block) > WANTED):
            if len(text) >= SHORTEST:
                yield section, text
            text = ""
        if tag in HEADINGS:
            section = squeezed(block)
        elif block.strip():
            text = f"{text}\n{block.strip()[:LONGEST_BLOCK]}".strip()
    if len(text) >= SHORTEST:
        yield section, text


def page(manual: str, path: Path, name: str) -> Iterator[Paragraph]:
    from lxml import html

    tree = html.fromstring(path.read_bytes())
    body = next(hit[0] for hit in map(tree.xpath, MAIN) if hit)
    title = re.sub(SUFFIX, "", squeezed(tree.findtext(".//title") or name))[:120]
    for section, text in paragraphs(title, blocks(body)):
        order = hashlib.sha256((manual + name + text).encode()).hexdigest()
        yield Paragraph(manual=manual, title=title, section=section[:120].rstrip("# "), body=text, order=order)


def collect(folder: Path) -> list[Paragraph]:
    """The paragraphs that are kept, without repetitions, in the order of their hashes."""
    found: dict[str, Paragraph] = {}
    for manual, (package, below) in MANUALS.items():
        root = folder / package / below
        for path in sorted(root.rglob("*.html")):
            name = str(path.relative_to(root))
            if path.is_symlink() or re.search(LISTINGS, name):
                continue
            for each in page(manual, path, name):
                if sum(character.isalpha() or character == " " for character in each.body) >= WORDY * len(each.body):
                    found.setdefault(each.body, each)
    return sorted(found.values(), key=lambda each: each.order)[:TOTAL]


class Embedder:
    """all-MiniLM-L6-v2: mean of the token vectors, scaled and rounded to signed bytes."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder).eval()

    def __call__(self, texts: list[str]) -> bytes:
        import numpy
        import torch

        vectors = numpy.zeros((len(texts), DIMENSIONS), numpy.float32)
        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        for start in range(0, len(texts), BATCH):
            chosen = by_length[start : start + BATCH]
            given = self.tokenizer(
                [texts[position] for position in chosen],
                padding=True,
                truncation=True,
                max_length=256,
                return_tensors="pt",
            )
            with torch.inference_mode():
                tokens = self.model(**given).last_hidden_state
            mask = given["attention_mask"].unsqueeze(-1).float()
            vectors[chosen] = ((tokens * mask).sum(1) / mask.sum(1)).numpy()
        scaled = vectors / numpy.abs(vectors).max(1, keepdims=True) * 127
        rounded: bytes = numpy.rint(scaled).astype(numpy.int8).tobytes()
        return rounded


def write(folder: Path, name: str, part: list[Paragraph], embed: Embedder) -> None:
    rows = [[each.manual, each.title, each.section, each.body] for each in part]
    lines = "\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    (folder / f"{name}.i8").write_bytes(embed([f"{each.title}. {each.section}. {each.body}" for each in part]))


def main(manuals: Path, model: Path) -> None:
    here = Path(__file__).resolve().parents[2]
    demo = here / "orchestrator" / "demo"
    found, embed = collect(manuals), Embedder(model)
    write(demo / "data", "chunks", found[:BUNDLED], embed)
    write(here / "benchmarks" / "data", "more", found[BUNDLED:], embed)
    questions = (demo / "questions.txt").read_text(encoding="utf-8").splitlines()
    (demo / "data" / "questions.i8").write_bytes(embed(questions))
    print(f"{len(found)} paragraphs, {len(questions)} questions")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
