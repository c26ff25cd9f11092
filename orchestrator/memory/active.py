"""`active.json`: a generated view of the decisions in force, at the path where older tools look for it.

Older tools wrote decisions straight into it, as an array, or as one object per agent. Those are recognised, and become
decision files. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from orchestrator.memory.decision import SCHEMA_VERSION, Decision, Draft, Status, is_moment, moment, stamp

_NOTE = "Generated from the decision files beside it. Change decisions with orchestrate remember."
_STATUS_WORDS: dict[str, Status] = {
    "pending": "proposed",
    "proposed": "proposed",
    "deprecated": "superseded",
    "superseded": "superseded",
    "rejected": "rejected",
}
_TEXT_KEYS = ("decision", "summary", "title", "description", "content", "pattern")


@dataclass(frozen=True, kw_only=True)
class Adopted:
    draft: Draft
    created_at: str


def view(decisions: Iterable[Decision]) -> dict[str, Any]:
    """The whole document, by `schemas/decisions-active.schema.json`."""
    rows = [each.row() for each in decisions]
    return {"schema_version": SCHEMA_VERSION, "note": _NOTE, "decisions": rows, "sha256": _digest(rows)}


def is_generated(document: Mapping[str, Any], known: Sequence[Decision]) -> bool:
    """True if nothing is lost by writing the document anew: it is ours untouched, or the files say all that it says."""
    if document.keys() != {"schema_version", "note", "decisions", "sha256"}:
        return False
    rows = [each.row() for each in known]
    return _is_untouched(document) or (
        isinstance(document["decisions"], list) and all(row in rows for row in document["decisions"])
    )


def _is_untouched(document: Mapping[str, Any]) -> bool:
    return document.get("sha256") == _digest(document.get("decisions"))


def foreign_drafts(document: Mapping[str, Any], known: Sequence[Decision], now: datetime) -> list[Adopted]:
    """The decisions that stand only in the document, in its order. A view that we wrote ourselves holds none."""
    if _is_untouched(document):
        return []
    numbers = {each.id for each in known}
    kept = [dict(each.legacy) for each in known if each.legacy]
    found = []
    for agent, item in _items(document):
        legacy = item if isinstance(item, dict) else {"decision": item}
        if legacy.get("id") in numbers or legacy in kept:
            continue
        kept.append(legacy)
        found.append(_adopted(agent, legacy, now))
    return found


def _items(document: Mapping[str, Any]) -> Iterator[tuple[str | None, Any]]:
    for key in ("decisions", "agent_decisions"):
        group = document.get(key)
        if isinstance(group, list):
            yield from ((None, item) for item in group if item)
        elif isinstance(group, dict):
            for agent, held in group.items():
                yield from ((agent, item) for item in (held if isinstance(held, list) else [held]) if item)


def _adopted(agent: str | None, item: dict[str, Any], now: datetime) -> Adopted:
    text = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str) and item[key].strip()), "")
    text = text or json.dumps(item, sort_keys=True)
    title = item.get("title") if isinstance(item.get("title"), str) else ""
    when = next((item[key] for key in ("created_at", "date", "timestamp", "at") if isinstance(item.get(key), str)), "")
    draft = Draft(
        title=str(title).strip() or first_sentence(text),
        decision=text,
        status=_status(item.get("status")),
        agent=agent or (item["agent"] if isinstance(item.get("agent"), str) else None),
        rationale=item["rationale"] if isinstance(item.get("rationale"), str) else "",
        source="hook",
        legacy=item,
    )
    return Adopted(draft=draft, created_at=stamp(moment(when)) if is_moment(when) else stamp(now))


def _status(word: object) -> Status:
    """An older file lists what is in force, so a word that is not listed here means accepted."""
    return _STATUS_WORDS.get(str(word).lower(), "accepted")


def first_sentence(text: str, limit: int = 80) -> str:
    """The start of the text that can serve as a title."""
    line = " ".join(text.split())
    sentence = line.split(". ")[0].removesuffix(".")
    return sentence if len(sentence) <= limit else sentence[: limit - 1].rsplit(" ", 1)[0] + "…"


def _digest(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()
