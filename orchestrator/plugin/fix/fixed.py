"""One definition brought into the normal form, and what the client would have lost of it."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import check, definitions, frontmatter, host, versions
from orchestrator.plugin.definitions import OURS
from orchestrator.plugin.fix import header, mend
from orchestrator.plugin.fix.draft import Change, Draft, Unmendable
from orchestrator.plugin.problems import DefinitionError, Problem
from orchestrator.plugin.source import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ruamel.yaml.comments import CommentedMap

    from orchestrator.plugin.frontmatter import Document
    from orchestrator.plugin.gather import Found
    from orchestrator.plugin.surroundings import Surroundings

LOSS = "host-"
_PATCH_LINES = re.compile("[^\n]*\n|[^\n]+")
_LINES = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """`after` equals `before` where nothing was to be done. `losses` are what the client makes of the file as it was.

    `left` is what is still wrong and needs the author.
    """

    file: str
    kind: str
    path: Path
    before: str
    after: str
    changes: tuple[Change, ...]
    losses: tuple[Problem, ...]
    left: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after

    def diff(self) -> str:
        """The change as a unified diff; empty where there is none."""
        # Only a line feed ends a line of a patch; the usual splitting cuts at other signs too.
        old, new = (_PATCH_LINES.findall(text) for text in (self.before, self.after))
        lines = difflib.unified_diff(old, new, f"a/{self.file}", f"b/{self.file}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self) -> None:
        """Replaces the file in one step, so that an interruption leaves the old one."""
        target = self.path.resolve()
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                file.write(self.after)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(target.stat().st_mode & 0o7777)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "kind": self.kind,
            "changed": self.changed,
            "changes": [change.as_json() for change in self.changes],
            "losses": [problem.as_json() for problem in self.losses],
            "left": [problem.as_json() for problem in self.left],
            "diff": self.diff(),
        }


def fix(found: Found, root: Path, around: Surroundings) -> Fixed:
    """`found.path` in the normal form; nothing is written."""
    shown = _shown(found.path, root)
    try:
        document = frontmatter.read_leniently(found.path, shown)
    except DefinitionError as error:
        return _as_it_is(found, shown, "", (), error.problems)
    kind: host.Kind = "skill" if found.kind == "skill" else "agent"
    scope: host.Scope = "plugin" if around.kind == "plugin" else "project"
    losses = tuple(
        problem
        for problem in host.predict(document, kind, scope).problems
        if problem.code.startswith(LOSS) and problem.severity != "note"
    )
    before = document.source.raw
    mended = _mended(document, found, around)
    if mended is None:
        return _as_it_is(found, shown, before, losses, check.of_text(before, found, root, around))
    after, changes = mended
    return Fixed(
        file=document.file,
        kind=found.kind,
        path=found.path,
        before=before,
        after=after,
        changes=changes,
        losses=losses,
        left=check.of_text(after, found, root, around),
    )


def _shown(path: Path, root: Path) -> str:
    """The path as a patch needs it: from where the command runs."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else definitions.shown(path, root)


def _as_it_is(found: Found, shown: str, text: str, losses: tuple[Problem, ...], left: tuple[Problem, ...]) -> Fixed:
    """A definition that cannot be rewritten without guessing or losing something."""
    if not any(problem.severity == "error" for problem in left):
        message = "the header has a form that cannot be rewritten without losing something"
        fix = "Mend it by hand, by what agents check says."
        left = (*left, Problem(code="not-mended", message=message, fix=fix, severity="warning").at(shown, 1, 1))
    return Fixed(
        file=shown, kind=found.kind, path=found.path, before=text, after=text, changes=(), losses=losses, left=left
    )


def _mended(document: Document, found: Found, around: Surroundings) -> tuple[str, tuple[Change, ...]] | None:
    """The new text, or None where the header cannot be read without guessing (a key twice, no header)."""
    try:
        loaded = header.load(f"{document.header}\n")
        if not loaded or loaded.merge or not all(isinstance(key, str) for key in loaded):
            return None
        return _rewritten(document, found, around, loaded)
    except Unmendable:
        return None


def _rewritten(
    document: Document, found: Found, around: Surroundings, loaded: CommentedMap
) -> tuple[str, tuple[Change, ...]]:
    noted = header.comments(loaded)
    draft = Draft(kind="skill" if found.kind == "skill" else "agent", document=document, around=around, header=loaded)
    draft.changes += [
        Change(mend="repair", key=".".join(map(str, problem.pointer)), message=problem.message)
        for problem in document.repairs
    ]
    for each in mend.every():
        each.run(draft)
    text = _text(draft, noted)
    if text != document.source.raw:
        text = _bumped(draft, text, noted)
    return text, tuple(draft.changes)


def _text(draft: Draft, noted: Sequence[str]) -> str:
    """The whole file. A comment that lost its place stands at the end of the header; the body keeps every byte."""
    source = draft.document.source
    dumped = header.dump(draft.header)
    lost = (Counter(noted) - Counter(header.comments(header.load(dumped)))).elements()
    top = "".join(["---\n", dumped, *(f"{line}\n" for line in lost), "---\n"])
    body = "".join(_LINES.findall(source.raw.removeprefix(MARK))[draft.document.body_line - 1 :])
    return f"{MARK if source.bom else ''}{top.replace(chr(10), source.newline)}{body}"


def _bumped(draft: Draft, text: str, noted: Sequence[str]) -> str:
    """The same with the next version, where the lock holds the present one with another text."""
    if OURS not in draft.header:
        return text
    version = str(draft.ours.get("version"))
    name = versions.name_of(draft.document.source.path, str(draft.header.get("name")))
    held = draft.around.locks[draft.kind].entry(name, version)
    if held is None or held.sha256 == definitions.digest(text.encode()):
        return text
    draft.ours["version"] = versions.next_patch(version)
    draft.changes.append(
        Change(mend="version-bumped", key=f"{OURS}.version", message=f"{version} made {draft.ours['version']}")
    )
    return _text(draft, noted)
