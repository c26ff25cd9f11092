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


class Typos:
    """Words indexed by what is left of them when one letter is taken away."""

    def __init__(self, known: Iterable[str], real: Iterable[str]) -> None:
        self._known = {word for word in known if len(word) >= SHORTEST and word.isascii() and word.isalpha()}
        self._real = frozenset(real)
        self._by_shorter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            for shorter in _shorter(word):
                self._by_shorter[shorter].append(word)

    def repair(self, word: str) -> str | None:
        """The one known word that is one edit away, or None. Inflections of the same word count as one."""
        if len(word) < SHORTEST or not word.isascii() or not word.isalpha() or word in self._real:
            return None
        near = {known for shorter in _shorter(word) for known in self._by_shorter.get(shorter, ())}
        near |= set(self._by_shorter.get(word, ())) | ({s for s in _shorter(word) if s in self._known})
        fitting = sorted(candidate for candidate in near if one_edit(word, candidate) and _same_start(word, candidate))
        if not fitting or any(not longer.startswith(fitting[0]) for longer in fitting):
            return None
        return fitting[0]


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
