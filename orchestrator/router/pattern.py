"""Phrases of the lexicon, and where they stand in a text.

A phrase is words in order. `a|b` is either word, `word*` any ending, `word!` this form only, `...` up to five words
between. Filler words (articles, pronouns) may stand anywhere between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    """One word of a phrase. `gap`: other words may stand before it."""

    keys: frozenset[str]
    prefixes: tuple[str, ...]
    exact: frozenset[str]
    gap: bool

    @property
    def index_keys(self) -> frozenset[str]:
        return self.keys | {text.keys(word, {})[0] for word in self.exact}

    def fits(self, word: Word) -> bool:
        if not self.keys.isdisjoint(word.keys) or word.text in self.exact:
            return True
        return bool(self.prefixes) and word.text.startswith(self.prefixes)


@dataclass(frozen=True, slots=True)
class Pattern:
    phrase: str
    elements: tuple[Element, ...]
    raw_words: frozenset[str]

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
    raw: set[str] = set()
    gap = False
    for part in _parts(phrase):
        if part == "...":
            gap = True
            continue
        alternatives = part.split("|")
        prefixes = tuple(word[:-1] for word in alternatives if word.endswith("*"))
        exact = frozenset(word[:-1] for word in alternatives if word.endswith("!"))
        plain = [word for word in alternatives if not word.endswith(("*", "!"))]
        if any(len(prefix) < PREFIX_LETTERS and prefix.isascii() for prefix in prefixes):
            raise ValueError(f"{part}: at least {PREFIX_LETTERS} letters before *")
        keys = frozenset(text.keys(word, same)[0] for word in plain)
        elements.append(Element(keys, prefixes, exact, gap and bool(elements)))
        raw |= {word for word in (*plain, *exact) if word.isalpha()}
        gap = False
    if not elements or gap or phrase.startswith("..."):
        raise ValueError(f"{phrase!r} has no words, or a gap at its edge")
    return Pattern(phrase, tuple(elements), frozenset(raw))


def _parts(phrase: str) -> Iterator[str]:
    """The words of a phrase as the text is cut, so that `zero-downtime` is two and `查询` is two."""
    folded, _ = text.fold(phrase)
    for part in folded.replace("-", " ").split() if "->" not in folded and "<-" not in folded else folded.split():
        if part == "..." or "|" in part or part.endswith(("*", "!")):
            yield part.replace("'", "")
        else:
            yield from (word.text for word in text.words(part, {}))
