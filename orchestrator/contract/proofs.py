"""What a proof said of which migration."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestrator.contract.event import PLUGIN

LONGEST_PATH = 4096


@dataclass(frozen=True, kw_only=True)
class Proof:
    """`path` is relative to the project, as the tool was told or said it."""

    clean: bool
    path: str
    revision: str

    @property
    def subject(self) -> dict[str, str]:
        return {"path": self.path, "revision": self.revision}


def found_in(tool: str, given: Mapping[str, Any], response: object) -> Proof | None:
    """The proof in the answer of one of our tools, None where there is none."""
    name = tool.rpartition("__")[2]
    if name not in ("prove", "tune") or PLUGIN not in tool:
        return None
    for document in _documents(response):
        said = document if name == "prove" else document.get("migration")
        clean = said.get("clean" if name == "prove" else "proof_clean") if isinstance(said, dict) else None
        if isinstance(clean, bool) and isinstance(said, dict):
            path = _text(said.get("path")) or _text(given.get("path"))
            return Proof(clean=clean, path=path, revision=_text(said.get("revision")))
    return None


def _documents(response: object) -> Iterable[dict[str, Any]]:
    """The objects that a tool answered with: its data as text, or in blocks of text."""
    for each in response if isinstance(response, list) else [response]:
        shown = each.get("text", each) if isinstance(each, dict) else each
        try:
            document = json.loads(shown) if isinstance(shown, str) else shown
        except (ValueError, RecursionError):
            continue
        if isinstance(document, dict):
            yield document


def _text(value: object) -> str:
    return value[:LONGEST_PATH] if isinstance(value, str) else ""


def is_clean(events: Iterable[Mapping[str, Any]], shown: str, revision: str, path: Path | None) -> bool:
    """True if the last proof of this migration found nothing, and the file has not changed since."""
    said = [each for each in events if isinstance(each.get("clean"), bool) and _is_of(each, shown, revision)]
    return bool(said) and bool(said[-1]["clean"]) and str(said[-1]["at"]) >= _changed_at(path)


def _is_of(event: Mapping[str, Any], shown: str, revision: str) -> bool:
    """The same path; or, from another folder, the same name and the same revision."""
    proved = event.get("proved") or {}
    path = str(proved.get("path", ""))
    if not path:
        return bool(revision) and revision == proved.get("revision")
    if os.path.normpath(path) == os.path.normpath(shown):
        return True
    return Path(path).name == Path(shown).name and bool(revision) and revision == proved.get("revision")


def _changed_at(path: Path | None) -> str:
    try:
        return moment(path.stat().st_mtime) if path else ""
    except OSError:
        return ""


def moment(seconds: float) -> str:
    """UTC with milliseconds, as lines of the record carry it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
