"""Phrases of the lexicon, and where they stand in a text.

A phrase is words in order. `a|b` is either word, `word*` any ending, `word!` this form only, `...` up to five words
between. Filler words (articles, pronouns) may stand anywhere between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestrator.router import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orchestrator.router.text import Word

GAP_WORDS = 5
SIGNS_PER_WORD = 3  # Chinese and Japanese are cut into signs
FILLER_WORDS = 3
PREFIX_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase. `gap`: other words may stand before it. `needs`: keys and words of which one must be in the
    text, if there are no prefixes.
    """

    keys: frozenset[str]
    prefixes: tuple[str, ...]
    exact: frozenset[str]
    gap: bool
    needs: frozenset[str] = frozenset()

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Element:
        keys, prefixes, exact, gap = row
        return cls(frozenset(keys), tuple(prefixes), frozenset(exact), gap, frozenset((*keys, *exact)))

    def as_row(self) -> list[Any]:
        return [sorted(self.keys), list(self.prefixes), sorted(self.exact), self.gap]

    @property
    def index_keys(self) -> frozenset[str]:
        return self.keys | {text.keys(word, {})[0] for word in self.exact}

    def fits(self, word: Word) -> bool:
        if not self.keys.isdisjoint(word.keys) or word.text in self.exact:
            return True
        return bool(self.prefixes) and word.text.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class Pattern:
    elements: tuple[Element, ...]
    raw_words: frozenset[str] = frozenset()

    def positions(self, words: Sequence[Word], anchor: int, at: int, fillers: frozenset[str]) -> tuple[int, ...] | None:
        """Places of all words of the phrase if its word number `anchor` is the word at `at`."""
        if not self.elements[anchor].fits(words[at]):
            return None
        before = self._walk(words, range(anchor - 1, -1, -1), at, fillers)
        if before is None:
            return None
        after = self._walk(words, range(anchor + 1, len(self.elements)), at, fillers)
        return None if after is None else (*reversed(before), at, *after)

    def _walk(self, words: Sequence[Word], numbers: range, at: int, fillers: frozenset[str]) -> list[int] | None:
        places: list[int] = []
        for number in numbers:
            gap = self.elements[number if numbers.step > 0 else number + 1].gap
            way = _way(words, at, numbers.step, GAP_WORDS * SIGNS_PER_WORD if gap else 0, fillers)
            place = next((place for place in way if self.elements[number].fits(words[place])), None)
            if place is None:
                return None
            places.append(place)
            at = place
        return places


def _way(words: Sequence[Word], at: int, step: int, room: int, fillers: frozenset[str]) -> Iterator[int]:
    """Places where the next word of a phrase may be, nearest first, in the sentence of the word at `at`."""
    sentence = words[at].sentence
    skipped = passed = 0
    place = at + step
    while 0 <= place < len(words) and words[place].sentence == sentence:
        yield place
        word = words[place]
        if word.text in fillers:
            skipped += 1
        else:
            passed += 1 if len(word.text) == 1 and not word.text.isascii() else SIGNS_PER_WORD
        if passed > room or skipped > FILLER_WORDS:
            return
        place += step


def compile_phrase(phrase: str, same: Mapping[str, str]) -> Pattern:
    """Raises ValueError for a phrase that has no word, or starts or ends with a gap."""
    elements: list[Element] = []
    raw: list[str] = []
    gap = False
    for part in _parts(phrase):
        if part == "...":
            gap = True
            continue
        elements.append(_element(part.split("|"), same, raw, gap=gap and bool(elements)))
        gap = False
    if not elements or gap or phrase.startswith("..."):
        raise ValueError(f"{phrase!r} has no words, or a gap at its edge")
    return Pattern(tuple(elements), frozenset(word for word in raw if word.isalpha()))


def _element(alternatives: Sequence[str], same: Mapping[str, str], raw: list[str], *, gap: bool) -> Element:
    """One word of a phrase. Words that stand in it as they are go to `raw` as well."""
    keys: list[str] = []
    prefixes: list[str] = []
    exact: list[str] = []
    for word in alternatives:
        last = word[-1:]
        if last == "*":
            prefixes.append(word[:-1])
            if len(word) <= PREFIX_LETTERS and word.isascii():
                raise ValueError(f"{word}: at least {PREFIX_LETTERS} letters before *")
        elif last == "!":
            exact.append(word[:-1])
            raw.append(word[:-1])
        else:
            keys.append(text.keys(word, same)[0])
            raw.append(word)
    return Element(frozenset(keys), tuple(prefixes), frozenset(exact), gap)


def _parts(phrase: str) -> Iterator[str]:
    """The words of a phrase as the text is cut, so that `zero-downtime` is two and `查询` is two."""
    folded, _ = text.fold(phrase)
    if "-" in folded and "->" not in folded and "<-" not in folded:
        folded = folded.replace("-", " ")
    for part in folded.split():
        if part.isalpha() and part.isascii():
            yield part
        elif part == "..." or "|" in part or part.endswith(("*", "!")):
            yield part.replace("'", "")
        else:
            yield from (word.text for word in text.words(part, {}))
