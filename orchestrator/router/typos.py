"""Repair of one wrong, missing, extra or swapped letter, toward words that the lexicon knows.

Only words of five letters and more are repaired, only to one word, and never a word's first letter, except that its
first two may be swapped: people seldom mistype it, and real words (cable, hector) differ there from ours.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 5
LONGEST = 40
REMEMBERED = 20_000


class Typos:
    """Words by first letter; those of a letter are indexed, by what is left without one letter, when first needed."""

    def __init__(self, known: Iterable[str], real: Iterable[str]) -> None:
        self._known = frozenset(word for word in known if _repairable(word))
        self._real = frozenset(real)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_first[word[0]].append(word)
        self._indexed: dict[str, dict[str, list[str]]] = {}
        self._repaired: dict[str, str | None] = {}

    def repair(self, word: str) -> str | None:
        """The one known word that is one edit away, or None. Inflections of the same word count as one."""
        if word not in self._repaired:
            if len(self._repaired) > REMEMBERED:
                self._repaired.clear()
            self._repaired[word] = self._nearest(word)
        return self._repaired[word]

    def _nearest(self, word: str) -> str | None:
        if not _repairable(word) or word in self._real:
            return None
        index = self._index(word[0])
        near = {known for shorter in _shorter(word) for known in index.get(shorter, ())} | set(index.get(word, ()))
        near |= {other for other in (word[1] + word[0] + word[2:], *_shorter(word)) if other in self._known}
        fitting = sorted(other for other in near if one_edit(word, other) and _same_start(word, other))
        if not fitting or any(not longer.startswith(fitting[0]) for longer in fitting):
            return None
        return fitting[0]

    def _index(self, letter: str) -> dict[str, list[str]]:
        if letter not in self._indexed:
            index: dict[str, list[str]] = defaultdict(list)
            for word in self._by_first.get(letter, ()):
                for shorter in _shorter(word):
                    index[shorter].append(word)
            self._indexed[letter] = dict(index)
        return self._indexed[letter]


def _repairable(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()


def _shorter(word: str) -> Iterator[str]:
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _same_start(word: str, candidate: str) -> bool:
    return word[0] == candidate[0] or word[:2] == candidate[1::-1]


def one_edit(word: str, other: str) -> bool:
    """True if one letter is wrong, missing or extra, or two neighbours are swapped."""
    if len(word) == len(other):
        wrong = [index for index, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        if len(wrong) == 2:
            first, second = wrong
            return second == first + 1 and word[first] == other[second] and word[second] == other[first]
        return len(wrong) == 1
    short, long = sorted((word, other), key=len)
    return len(long) == len(short) + 1 and short in set(_shorter(long))
