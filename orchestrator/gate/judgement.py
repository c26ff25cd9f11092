"""What the gate found out about one tool call."""

from __future__ import annotations

from orchestrator.gate.rule import STRICTNESS
from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.rule import Effect


# Behind a folder: files in it or further down, whose names are not known.
BELOW = "/" + unknown("below")


class Write:
    """A file or folder that the call would change. `path` is absolute and normal, or holds unknown parts.

    `text` is the whole new content, UNKNOWN where it cannot be known, None where the file is removed. `by` is the
    command or tool that does it.
    """

    __slots__ = ("by", "path", "text")

    def __init__(self, path: str, text: str | None, by: str) -> None:
        self.path = path
        self.text = text
        self.by = by


class Judgement:
    """`effects` are all effects found, in order. `steps` has depth and words of every program start that was
    evaluated, for people. `read` has path and content of the files that the verdict depends on.
    """

    __slots__ = ("effects", "read", "steps", "writes")

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.steps: list[tuple[int, list[str]]] = []
        self.read: list[tuple[str, str]] = []
        self.writes: list[Write] = []

    @property
    def decision(self) -> str:
        """deny, ask, or "" for silence: the strictest of the effects."""
        return max((effect.rule.decision for effect in self.effects), key=STRICTNESS.__getitem__, default="")

    def worst(self) -> list[Effect]:
        """The effects that decide, one a rule and detail."""
        seen = set()
        found = []
        for effect in self.effects:
            key = (effect.rule.id, effect.detail)
            if effect.rule.decision == self.decision and key not in seen:
                seen.add(key)
                found.append(effect)
        return found
