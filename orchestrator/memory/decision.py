"""The decision record: what was decided, by whom, on what evidence. One JSON file each, never changed once written."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any, Literal, get_args

SCHEMA_VERSION = 1
Status = Literal["proposed", "accepted", "superseded", "rejected"]
Kind = Literal["proven", "measured", "inferred"]
Source = Literal["user", "agent", "hook"]

_FILE = re.compile(r"D-(\d{4,})-.*\.json")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`ref` points at it: a run, a file, a link."""

    kind: Kind
    ref: str
    statement: str


@dataclass(frozen=True, kw_only=True)
class Alternative:
    option: str
    why_not: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A decision that has no number yet."""

    title: str
    decision: str
    status: Status = "accepted"
    agent: str | None = None
    agent_version: str | None = None
    agent_sha256: str | None = None
    run_id: str | None = None
    category: str = "general"
    context: str = ""
    rationale: str = ""
    alternatives: tuple[Alternative, ...] = ()
    tables: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    supersedes: tuple[str, ...] = ()
    expires_at: str | None = None
    source: Source = "agent"
    legacy: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Equal for two drafts that decide the same for the same tables, whatever the wording of their reasons."""
        said = [self.agent or "", self.category, *sorted(map(plain, self.tables)), plain(self.decision)]
        return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Decision(Draft):
    """`status` is the effective one: a decision named in the `supersedes` of an accepted one reads "superseded"."""

    id: str
    created_at: str
    file: str

    @property
    def number(self) -> int:
        return int(self.id.removeprefix("D-"))

    def is_active(self, now: datetime) -> bool:
        return self.status == "accepted" and not self.is_expired(now)

    def is_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and moment(self.expires_at) <= now

    def row(self) -> dict[str, Any]:
        """The decision as `active.json` shows it."""
        keys = ("id", "title", "decision", "rationale", "agent", "category", "created_at", "expires_at", "file")
        return {key: getattr(self, key) for key in keys} | {"tables": list(self.tables)}


def numbered(draft: Draft, *, number: int, created_at: str) -> Decision:
    identifier = f"D-{number:04d}"
    values = {each.name: getattr(draft, each.name) for each in fields(Draft)}
    return Decision(**values, id=identifier, created_at=created_at, file=f"{identifier}-{slug(draft.title)}.json")


def as_document(decision: Decision) -> dict[str, Any]:
    """The decision as it stands in its file, by `schemas/decision.schema.json`."""
    values = asdict(decision)
    del values["file"]
    head = {"schema_version": SCHEMA_VERSION, "id": values.pop("id"), "title": values.pop("title")}
    legacy = values.pop("legacy")
    document: dict[str, Any] = head | json.loads(json.dumps(values)) | {"fingerprint": decision.fingerprint}
    return document | ({"legacy": legacy} if legacy else {})


class NewerVersionError(ValueError):
    """The document is not bad, it is only ahead of us: it stays where it is."""


def from_document(document: Mapping[str, Any], file: str) -> Decision:
    """Raises ValueError with the first thing that is wrong with the document, NewerVersionError if that is its age."""
    if is_newer(document.get("schema_version")):
        raise NewerVersionError("a newer version of orchestrate wrote it")
    wrong = problems(document)
    if wrong:
        raise ValueError(wrong[0])
    values = {each.name: document[each.name] for each in fields(Decision) if each.name in document}
    for name in ("tables", "files", "supersedes"):
        values[name] = tuple(document[name])
    values["alternatives"] = tuple(Alternative(**each) for each in document["alternatives"])
    values["evidence"] = tuple(Evidence(**each) for each in document["evidence"])
    return Decision(**values, file=file)


_TEXT = ("id", "title", "created_at", "category", "context", "decision", "rationale", "fingerprint")
_TEXT_OR_NULL = ("agent", "agent_version", "agent_sha256", "run_id", "expires_at")
_CHOICES = {"status": get_args(Status), "source": get_args(Source)}
_LISTS: dict[str, frozenset[str] | None] = {
    "tables": None,
    "files": None,
    "supersedes": None,
    "alternatives": frozenset({"option", "why_not"}),
    "evidence": frozenset({"kind", "ref", "statement"}),
}


def problems(document: Mapping[str, Any]) -> list[str]:
    """What keeps the document from being read: keys and types only. The full rules are in the JSON Schema."""
    version = document.get("schema_version")
    if not is_version(version):
        return [f"schema_version must be {SCHEMA_VERSION}, got {version!r}"]
    found = [*_text_problems(document), *_list_problems(document)]
    return found or [*_kind_problems(document), *_time_problems(document)]


def is_version(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and version == SCHEMA_VERSION


def is_newer(version: object) -> bool:
    return isinstance(version, int) and version > SCHEMA_VERSION


def _text_problems(document: Mapping[str, Any]) -> Iterable[str]:
    for key in _TEXT:
        if not isinstance(document.get(key), str):
            yield f"{key} must be text, got {document.get(key)!r}"
    for key in _TEXT_OR_NULL:
        if not isinstance(document.get(key), str | None):
            yield f"{key} must be text or null, got {document.get(key)!r}"
    for key, allowed in _CHOICES.items():
        if document.get(key) not in allowed:
            yield f"{key} must be one of {', '.join(allowed)}, got {document.get(key)!r}"
    if not re.fullmatch(r"D-\d{4,}", str(document.get("id"))):
        yield f"id must look like D-0001, got {document.get('id')!r}"


def _list_problems(document: Mapping[str, Any]) -> Iterable[str]:
    for key, members in _LISTS.items():
        values = document.get(key)
        if not isinstance(values, list) or not all(_is_entry(value, members) for value in values):
            yield f"{key} must be a list of {'objects with ' + ', '.join(sorted(members)) if members else 'texts'}"


def _is_entry(value: object, members: frozenset[str] | None) -> bool:
    if members is None:
        return isinstance(value, str)
    return isinstance(value, dict) and value.keys() == members and all(isinstance(v, str) for v in value.values())


def _kind_problems(document: Mapping[str, Any]) -> Iterable[str]:
    for each in document["evidence"]:
        if each["kind"] not in get_args(Kind):
            yield f"evidence kind must be one of {', '.join(get_args(Kind))}, got {each['kind']!r}"


def _time_problems(document: Mapping[str, Any]) -> Iterable[str]:
    for key in ("created_at", "expires_at"):
        value = document.get(key)
        if isinstance(value, str) and not is_moment(value):
            yield f"{key} must be a time such as 2026-01-31T12:00:00Z, got {value!r}"


def with_effective_status(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    everything = tuple(decisions)
    replaced = {old for each in everything if each.status == "accepted" for old in each.supersedes}
    return tuple(
        replace(each, status="superseded") if each.id in replaced and each.status != "rejected" else each
        for each in everything
    )


def number_in(file_name: str) -> int:
    """The number in a decision's file name, 0 if it is not one. Also for files set aside: a number is never reused."""
    match = _FILE.match(file_name)
    return int(match[1]) if match else 0


def slug(title: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only)[:50].strip("-") or "decision"


def plain(text: str) -> str:
    return " ".join(text.casefold().split())


def stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The time that `text` names; a date alone is its first second, a time without a zone is UTC."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def is_moment(text: str) -> bool:
    try:
        moment(text)
    except ValueError:
        return False
    return True
