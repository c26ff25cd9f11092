"""The versions of each definition with the hash of its text: `versions.json` beside the agents and beside the skills.

A version says what a record was made by only if its text never changes. The lock holds that: a changed text needs a
new version.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.model.errors import UsageError
from orchestrator.plugin.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition

Kind = Literal["agent", "skill"]
FILE = "versions.json"
_FORM = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?")


@dataclass(frozen=True, kw_only=True)
class Entry:
    version: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Lock:
    """`versions` has, for each definition, its versions, oldest first. `path` need not be there."""

    path: Path
    versions: Mapping[str, tuple[Entry, ...]]

    @property
    def exists(self) -> bool:
        return self.path.is_file()

    def of(self, name: str) -> tuple[Entry, ...]:
        return self.versions.get(name, ())

    def entry(self, name: str, version: str) -> Entry | None:
        return next((entry for entry in self.of(name) if entry.version == version), None)

    def with_entry(self, name: str, entry: Entry) -> Lock:
        return Lock(path=self.path, versions={**self.versions, name: (*self.of(name), entry)})

    def as_json(self) -> dict[str, Any]:
        listed = {
            name: [{"version": entry.version, "sha256": entry.sha256} for entry in self.versions[name]]
            for name in sorted(self.versions)
        }
        return {"schema": "versions", "definitions": listed}

    def write(self) -> None:
        self.path.write_text(json.dumps(self.as_json(), indent=2) + "\n", encoding="utf-8")


def lock(top: Path, kind: Kind) -> Lock:
    """The lock of the agents or skills in `top`. Raises UsageError for a file that is no lock."""
    path = top / f"{kind}s" / FILE
    if not path.is_file():
        return Lock(path=path, versions={})
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise UsageError(f"{path} is not JSON: {error}", hint=f"git checkout -- {path}") from error
    for problem in validate(document, "versions"):
        raise UsageError(f"{path}: {problem.place}: {problem.message}", hint=problem.fix)
    return Lock(
        path=path,
        versions={
            name: tuple(Entry(version=entry["version"], sha256=entry["sha256"]) for entry in listed)
            for name, listed in document["definitions"].items()
        },
    )


def order(version: str) -> tuple[Any, ...]:
    """A key that sorts versions by SemVer 2.0: a version before its release comes before it."""
    found = _FORM.fullmatch(version)
    if found is None:
        return (-1,)
    numbers = tuple(int(each) for each in found.groups()[:3])
    if found[4] is None:
        return (*numbers, 1)
    before = tuple((0, int(each), "") if each.isdecimal() else (1, 0, each) for each in found[4].split("."))
    return (*numbers, 0, before)


def is_before(version: str, other: str) -> bool:
    return order(version) < order(other)


def name_in_lock(found: AgentDefinition | SkillDefinition) -> str:
    return name_of(found.path, found.name)


def name_of(path: Path, name: str) -> str:
    """An agent goes by its name, a skill by its folder."""
    return path.parent.name if path.name == "SKILL.md" else name


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a definition cannot be locked as it stands."""

    name: str
    version: str
    why: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Update:
    """What `agents lock` would write: `added` are the new entries by name, and `lock` the whole of it."""

    lock: Lock
    added: tuple[tuple[str, Entry], ...]
    refused: tuple[Refusal, ...]


def updated(held: Lock, definitions: Iterable[AgentDefinition | SkillDefinition]) -> Update:
    """The lock with the versions that are not in it; those whose text changed or that went back are refused."""
    added: list[tuple[str, Entry]] = []
    refused: list[Refusal] = []
    for found in definitions:
        name = name_in_lock(found)
        if not found.version:
            continue
        why = fault(held, found)
        if why is not None:
            refused.append(why)
        elif held.entry(name, found.version) is None:
            entry = Entry(version=found.version, sha256=found.sha256)
            held = held.with_entry(name, entry)
            added.append((name, entry))
    return Update(lock=held, added=tuple(added), refused=tuple(refused))


def fault(held: Lock, found: AgentDefinition | SkillDefinition) -> Refusal | None:
    """What keeps the version of `found` from being true; None for a new one, and for the newest one as locked."""
    changed = changed_text(held, found)
    back = went_back(held, found)
    if changed:
        return Refusal(name=name_in_lock(found), version=found.version, why=changed, mend="Raise the version.")
    if back:
        mend = "Raise the version above it, even where an old text comes back."
        return Refusal(name=name_in_lock(found), version=found.version, why=back, mend=mend)
    return None


def changed_text(held: Lock, found: AgentDefinition | SkillDefinition) -> str:
    entry = held.entry(name_in_lock(found), found.version)
    if entry is None or entry.sha256 == found.sha256:
        return ""
    return f"{found.version} is locked with sha256 {entry.sha256[:12]}, and the file now has {found.sha256[:12]}"


def went_back(held: Lock, found: AgentDefinition | SkillDefinition) -> str:
    versions = held.of(name_in_lock(found))
    if versions and found.version and is_before(found.version, versions[-1].version):
        return f"the version is {found.version}, and {versions[-1].version} is locked already"
    return ""


Part = Literal["major", "minor", "patch"]


def due(old: AgentDefinition | SkillDefinition, new: AgentDefinition | SkillDefinition) -> Part:
    """The part of the version that has to be raised.

    Major: what others build on is gone or another one, such as the output, a hand-off, a tool or a clause. Minor: the
    header says something else. Patch: only the text below the header changed.
    """
    before, after = _promises(old), _promises(new)
    if any(before[key] - after[key] for key in before):
        return "major"
    return "patch" if _header(old) == _header(new) else "minor"


def raised(version: str, part: Part) -> str:
    """The next version after `version` with that part raised."""
    found = _FORM.fullmatch(version)
    numbers = [int(each) for each in found.groups()[:3]] if found else [0, 0, 0]
    at = ("major", "minor", "patch").index(part)
    return ".".join(map(str, [*numbers[:at], numbers[at] + 1, *[0] * (2 - at)]))


def next_patch(version: str) -> str:
    return raised(version, "patch")


def _promises(found: Any) -> dict[str, set[object]]:
    """What others can rely on, each as a set of which nothing may be missing in a compatible version."""
    kept = {each for each in getattr(found, "clauses", ()) if each.kept != "prose"}
    return {
        "name": {found.name},
        "output": {found.output_schema} if getattr(found, "output_schema", "") else set(),
        "from": set(getattr(found, "receives_from", ())),
        "to": set(getattr(found, "hands_off_to", ())),
        "tools": set(getattr(found, "tools", ())),
        "commands": set(getattr(found, "commands", ())),
        "clauses": {clause.id for clause in kept},
    }


def _header(found: AgentDefinition | SkillDefinition) -> dict[str, Any]:
    ours = found.document.data.get("x-orchestrate")
    if not isinstance(ours, dict):
        return dict(found.document.data)
    return {**found.document.data, "x-orchestrate": {key: ours[key] for key in ours if key != "version"}}
