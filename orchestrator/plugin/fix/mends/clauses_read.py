"""What the text tells the agent to do and not to do, as clauses: prose until a check, hook or playbook keeps them."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext
from orchestrator.plugin.fix.mend import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.bodytext import Line
    from orchestrator.plugin.fix.draft import Draft

_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*)?\**\s*(do(?:es)?n['’]?t|do not|never|do|always)\s*:?\s*\**:?\s*$", re.IGNORECASE
)
_ITEM = re.compile(r"^[-*] +(.+)$")
WORDS_OF_AN_ID = 4


def apply(draft: Draft) -> Iterator[tuple[str, str]]:
    clauses = [clause for clause in draft.held(("clauses",), list) or () if isinstance(clause, dict)]
    held = {clause.get("text") for clause in clauses}
    ids = {clause.get("id") for clause in clauses}
    new: dict[str, object] = {}
    for kind, line, text in _told(draft):
        if text in held:
            continue
        held.add(text)
        name = _id(kind, text, ids)
        ids.add(name)
        new[name] = _clause(name, text)
        yield f"clauses.{name}", f"from line {line.number} of the text; prose, until something keeps it"
    draft.extend(("clauses",), list(new.values()))
    draft.extend(("boundaries", "dont"), [name for name in new if name.startswith("dont-")])


def _told(draft: Draft) -> Iterator[tuple[str, Line, str]]:
    kind = ""
    for line in bodytext.prose(draft.document):
        heading = _HEADING.match(line.text)
        item = _ITEM.match(line.text)
        if heading:
            kind = "do" if heading[1].lower() in ("do", "always") else "dont"
        elif item and kind:
            yield kind, line, item[1].strip()
        elif line.text.strip() and not line.text.startswith((" ", "\t")):
            kind = ""


def _id(kind: str, text: str, taken: set[object]) -> str:
    words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?\)", "", text.lower()))[:WORDS_OF_AN_ID]
    name = "-".join([kind, *(words or ["this"])])
    number = next(number for number in itertools.count(1) if (name if number == 1 else f"{name}-{number}") not in taken)
    return name if number == 1 else f"{name}-{number}"


def _clause(name: str, text: str) -> object:
    from ruamel.yaml.comments import CommentedMap

    return CommentedMap({"id": name, "text": text, "kept": "prose"})


MEND = Mend(
    id="clauses-read",
    step="contract",
    of=("agent",),
    does="lists what the text under DO and DON'T says as clauses",
    apply=apply,
)
