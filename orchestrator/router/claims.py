"""Words that lose their meaning in a task: they mean something else there, or the task leaves them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.router import pasted
from orchestrator.router.lexicon import EVERY_AGENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orchestrator.router.lexicon import Context, Lexicon
    from orchestrator.router.match import Found, Hit
    from orchestrator.router.text import Word

LEFT_OUT_WORDS = 8
_BREAKS = frozenset(("but", "because", "so", "then", "since", "and", "aber", "pero", "mais"))


class Claims:
    """`because` of a hit is what its words mean instead, empty if the hit counts. `entry` is the item that says so."""

    def __init__(self, words: Sequence[Word], found: Sequence[Found], lexicon: Lexicon, task: str) -> None:
        self._lexicon = lexicon
        self._left_out: dict[int, str] = {}
        self._meant: dict[tuple[str, int], tuple[str, str]] = {}
        for one in found:
            if one.rule.kind == "negative":
                self._negate(one, words)
            elif one.rule.kind == "excluder":
                said = task[words[one.places[0]].start : words[one.places[-1]].end]
                left_out = _after(one.places[-1], words, task)
                self._left_out.update(dict.fromkeys(left_out, f'left out by "{said}"'))
        for start, end in pasted.frames(task):
            inside = (place for place, word in enumerate(words) if start <= word.start < end)
            self._left_out.update(dict.fromkeys(inside, "a frame of a stack trace"))
        for context, place in _misread(words, lexicon):
            self._meant[EVERY_AGENT, place] = (context.means, context.entry)

    @property
    def places(self) -> frozenset[int]:
        """The words that do not count, for whichever agent."""
        return frozenset(self._left_out) | {place for _, place in self._meant}

    def _negate(self, one: Found, words: Sequence[Word]) -> None:
        for place in one.places:
            if not one.rule.words or not one.rule.words.isdisjoint(words[place].keys):
                self._meant[one.rule.agent, place] = (one.rule.means, one.rule.entry)

    def because(self, hit: Hit) -> tuple[str, str]:
        """What the data files say of a word holds for agents that say themselves what they are for."""
        general = self._lexicon.is_explicit(hit.agent)
        for place in hit.places:
            if place in self._left_out:
                return self._left_out[place], ""
            meant = (self._meant.get((EVERY_AGENT, place)) if general else None) or self._meant.get((hit.agent, place))
            if meant:
                return meant
        return "", ""


def _after(place: int, words: Sequence[Word], task: str) -> Iterator[int]:
    """The words that an excluder at `place` leaves out: up to a comma, a new thought or the end of the sentence."""
    for following in range(place + 1, min(place + 1 + LEFT_OUT_WORDS, len(words))):
        word, before = words[following], words[following - 1]
        if word.sentence != before.sentence or word.text in _BREAKS:
            return
        if not set(task[before.end : word.start]).isdisjoint(",;:()，、–—"):
            return
        yield following


def _misread(words: Sequence[Word], lexicon: Lexicon) -> Iterator[tuple[Context, int]]:
    for place, word in enumerate(words):
        numbers = {number for key in word.keys for number in lexicon.contexts_by_key.get(key, ())}
        for number in sorted(numbers):
            context = lexicon.contexts[number]
            if _is_misread(place, context, words):
                yield context, place


def _is_misread(place: int, context: Context, words: Sequence[Word]) -> bool:
    sentence = words[place].sentence
    around = words[max(0, place - context.within) : place + context.within + 1]
    beside = [other for other in around if other.sentence == sentence and other is not words[place]]
    if all(context.near.isdisjoint(other.keys) for other in beside):
        return False
    return not context.unless or not any(not context.unless.isdisjoint(other.keys) for other in _sentence(words, place))


def _sentence(words: Sequence[Word], place: int) -> Iterator[Word]:
    """The words of the sentence of the word at `place`, near ones first, at most some hundred of them."""
    sentence = words[place].sentence
    for step in (-1, 1):
        for other in range(place, min(len(words), place + 100) if step > 0 else max(-1, place - 100), step):
            if words[other].sentence != sentence:
                break
            yield words[other]
