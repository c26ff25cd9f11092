"""The context store of one project: session state, and decisions as one file each.

Standard library only: hooks write through the same code. Readers take no lock, since every file changes in one step;
writers hold `.lock`. A file that cannot be read is never overwritten: it is first renamed to `<name>.bad-<n>`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from orchestrator.memory import active, decision, files, state
from orchestrator.memory.decision import Decision, Draft
from orchestrator.memory.files import check_writable
from orchestrator.memory.location import locate
from orchestrator.model.errors import CouldNotFindOut, UsageError

__all__ = ["ContextStore", "Recorded", "check_writable", "locate"]

_IGNORED_BY_GIT = b"/.lock\n/.index/\n.*.new\n"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """`action` is the new decision's status, or "reaffirmed" if an accepted decision already says the same."""

    id: str
    action: decision.Status | Literal["reaffirmed"]
    path: Path


def _now() -> datetime:
    return datetime.now(UTC)


class ContextStore:
    """`notices` collects, in sentences, what was mended or passed over; whoever uses the store shows them."""

    def __init__(
        self, root: Path, *, clock: Callable[[], datetime] = _now, lock_deadline_s: float = files.LOCK_DEADLINE_S
    ) -> None:
        self.root = root
        self.state_path = root / "session" / "state.json"
        self.decisions_path = root / "knowledge" / "decisions"
        self.active_path = self.decisions_path / "active.json"
        self.index_path = root / ".index" / "decisions.sqlite"
        self.notices: list[str] = []
        self._clock = clock
        self._lock_deadline_s = lock_deadline_s

    def now(self) -> datetime:
        return self._clock()

    def read_state(self) -> state.State:
        """The state in today's shape; an empty one where nothing was saved yet. Raises CouldNotFindOut for nonsense."""
        try:
            document = files.read_object(self.state_path)
        except files.UnreadableError as error:
            raise CouldNotFindOut(
                f"cannot read {self.state_path}: {error}",
                detail="The session state was damaged outside of orchestrate. It is left as it is.",
                hint="Run orchestrate context repair: it keeps the file beside and starts a new one.",
            ) from error
        return self._in_todays_shape(document)

    def update_state(self, change: state.Change) -> state.State:
        """Applies `change` to the state and saves it, alone among all processes. What `change` raises leaves no trace.

        `change` may alter the state it is given or return another one. It must not call the store.
        """
        with self._alone():
            current = self._state_for_writing()
            changed = change(current)
            updated = current if changed is None else changed
            updated["last_activity"] = decision.stamp(self.now())
            wrong = state.problems(updated)
            if wrong:
                raise ValueError(f"the change makes the state invalid: {wrong[0]}")
            files.replace(self.state_path, updated)
        return updated

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision by number, also those that an older `active.json` holds and no file does yet."""
        stored = self._stored()
        return decision.with_effective_status([*stored, *self._to_adopt(stored)])

    def active_decisions(self) -> tuple[Decision, ...]:
        now = self.now()
        return tuple(each for each in self.decisions() if each.is_active(now))

    def record(self, draft: Draft) -> Recorded:
        """Writes the decision to a file of its own under the next free number, and `active.json` anew.

        A draft with the fingerprint of an accepted, unexpired decision is not written again. An accepted draft takes
        the place of a proposed decision with the same fingerprint. Raises UsageError for one that breaks the rules.
        """
        with self._alone():
            known = self._adopted()
            self._refuse_nonsense(draft, known)
            same = [each for each in known if each.fingerprint == draft.fingerprint]
            standing = next((each for each in same if each.is_active(self.now())), None)
            if standing is not None:
                self._write_active(known)
                return Recorded(id=standing.id, action="reaffirmed", path=self.decisions_path / standing.file)
            written = self._write_new(_replacing_proposed(draft, same))
            self._write_active(decision.with_effective_status([*known, written]))
        return Recorded(id=written.id, action=written.status, path=self.decisions_path / written.file)

    def repair(self) -> list[str]:
        """Mends what can be mended without losing a byte, and returns what was done, in sentences."""
        before = len(self.notices)
        with self._alone():
            if self.state_path.exists():
                as_found = self._bytes_of_state()
                mended = self._state_for_writing()
                if as_found != files.as_bytes(mended):
                    files.replace(self.state_path, mended)
            self._set_bad_decisions_aside()
            self._renumber_doubles()
            self._write_active(self._adopted())
        return self.notices[before:]

    def notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with files.in_plain_words(self.root, "write"):
            self.state_path.parent.mkdir(parents=True, exist_ok=True)
            self.decisions_path.mkdir(parents=True, exist_ok=True)
        with files.locked(self.root / ".lock", self._lock_deadline_s):
            ignore = self.root / ".gitignore"
            if not ignore.exists():
                files.replace_bytes(ignore, _IGNORED_BY_GIT)
            yield

    # State

    def _empty_state(self) -> state.State:
        return state.empty(session_id=secrets.token_hex(8), now=decision.stamp(self.now()))

    def _in_todays_shape(self, document: dict[str, Any] | None) -> state.State:
        if document is None:
            return self._empty_state()
        version = document.get("schema_version")
        if decision.is_newer(version):
            raise _too_new(self.state_path, version)
        modern = state.modernised(document, self._empty_state())
        if modern != document:
            self.notice(
                f"{self.state_path} has an older or hand-edited shape; it is read as today's, "
                'and what has no place there is kept under "legacy"'
            )
        return modern

    def _state_for_writing(self) -> state.State:
        try:
            document = files.read_object(self.state_path)
        except files.UnreadableError as error:
            self._keep_beside(self.state_path, str(error))
            document = None
        return self._in_todays_shape(document)

    def _bytes_of_state(self) -> bytes:
        with files.in_plain_words(self.state_path, "read"):
            return self.state_path.read_bytes()

    def _keep_beside(self, path: Path, reason: str) -> None:
        aside = files.set_aside(path)
        self.notice(f"{path} could not be used ({reason}); it is kept as {aside.name} and a new one was started")

    # Decisions

    def decision_files(self) -> list[Path]:
        with files.in_plain_words(self.decisions_path, "read"):
            return sorted(
                path
                for path in self.decisions_path.glob("D-*.json")
                if decision.number_in(path.name) and path.is_file()
            )

    def _load(self, path: Path) -> Decision:
        """Raises UnreadableError or ValueError."""
        document = files.read_object(path)
        if document is None:
            raise files.UnreadableError("it vanished while it was being read")
        return decision.from_document(document, path.name)

    def _stored(self) -> tuple[Decision, ...]:
        readable = []
        for path in self.decision_files():
            try:
                readable.append(self._load(path))
            except (files.UnreadableError, ValueError) as error:
                self.notice(f"{path} is passed over: {error}; run orchestrate context check")
        return tuple(sorted(readable, key=lambda each: (each.number, each.created_at, each.file)))

    def _to_adopt(self, stored: tuple[Decision, ...]) -> tuple[Decision, ...]:
        try:
            document = files.read_object(self.active_path)
        except files.UnreadableError as error:
            self.notice(f"{self.active_path} is passed over: {error}")
            return ()
        drafts = active.foreign_drafts(document or {}, stored, self.now())
        first = self._next_number()
        return tuple(
            decision.numbered(each.draft, number=first + offset, created_at=each.created_at)
            for offset, each in enumerate(drafts)
        )

    def _adopted(self) -> tuple[Decision, ...]:
        """All decisions, after those found only in `active.json` got files of their own."""
        stored = self._stored()
        for each in self._to_adopt(stored):
            files.create(self.decisions_path / each.file, decision.as_document(each))
            self.notice(f"{each.id} was taken over from {self.active_path}")
            stored = (*stored, each)
        return decision.with_effective_status(stored)

    def _next_number(self) -> int:
        with files.in_plain_words(self.decisions_path, "read"):
            if not self.decisions_path.is_dir():
                return 1
            return 1 + max((decision.number_in(path.name) for path in self.decisions_path.iterdir()), default=0)

    def _refuse_nonsense(self, draft: Draft, known: tuple[Decision, ...]) -> None:
        trial = decision.numbered(draft, number=1, created_at=decision.stamp(self.now()))
        wrong = decision.problems(decision.as_document(trial))
        if not draft.decision.strip() or not draft.title.strip():
            wrong = ["a decision needs a title and a text"]
        missing = set(draft.supersedes) - {each.id for each in known}
        if missing:
            wrong = [f"cannot supersede {', '.join(sorted(missing))}: there is no such decision"]
        if wrong:
            raise UsageError(wrong[0], hint="schemas/decision.schema.json has the rules of a decision record.")

    def _write_new(self, draft: Draft) -> Decision:
        created_at = decision.stamp(self.now())
        while True:
            new = decision.numbered(draft, number=self._next_number(), created_at=created_at)
            if files.create(self.decisions_path / new.file, decision.as_document(new)):
                return new

    def _write_active(self, known: tuple[Decision, ...]) -> None:
        """Called when `known` already holds every decision that only `active.json` had."""
        now = self.now()
        try:
            document = files.read_object(self.active_path)
        except files.UnreadableError as error:
            self._keep_beside(self.active_path, str(error))
            document = None
        if decision.is_newer((document or {}).get("schema_version")):
            self.notice(f"{self.active_path} is left as it is: a newer version of orchestrate wrote it")
            return
        fresh = active.view([each for each in known if each.is_active(now)])
        if document == fresh:
            return
        if document is not None and not active.is_generated(document, known):
            self._keep_beside(self.active_path, "its content was not written by orchestrate")
        files.replace(self.active_path, fresh)

    def _set_bad_decisions_aside(self) -> None:
        for path in self.decision_files():
            try:
                self._load(path)
            except decision.NewerVersionError as error:
                self.notice(f"{path} is left as it is: {error}")
            except (files.UnreadableError, ValueError) as error:
                aside = files.set_aside(path)
                self.notice(f"{path} could not be used ({error}); it is kept as {aside.name}")

    def _renumber_doubles(self) -> None:
        """Two branches may both have written D-0007; after the merge the later one gets a number of its own."""
        seen: set[str] = set()
        for each in self._stored():
            if each.id not in seen:
                seen.add(each.id)
                continue
            moved = decision.numbered(each, number=self._next_number(), created_at=each.created_at)
            files.create(self.decisions_path / moved.file, decision.as_document(moved))
            files.set_aside(self.decisions_path / each.file)
            self.notice(f"{each.file} had the number of another decision; it is now {moved.file}")


def _replacing_proposed(draft: Draft, same: list[Decision]) -> Draft:
    proposed = tuple(each.id for each in same if each.status == "proposed")
    if draft.status != "accepted" or not proposed:
        return draft
    return replace(draft, supersedes=tuple(dict.fromkeys((*draft.supersedes, *proposed))))


def _too_new(path: Path, version: object) -> CouldNotFindOut:
    return CouldNotFindOut(
        f"cannot use {path}: it has schema_version {version}, this orchestrate knows {decision.SCHEMA_VERSION}",
        detail="A newer version of orchestrate wrote it. It is left as it is.",
        hint="Upgrade pgwright.",
    )
