"""The words of a task that plain agents are known by, as hits."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.match import Hit
    from orchestrator.router.text import Word

POSTINGS = 64  # a word of more agents brings in only its heaviest: what many share decides among those that others name
HEAVIEST = 8
CANDIDATES = 24
FINALISTS = 6


def hits(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Hit]:
    """Hits of the agents that the words name most; the others cannot win."""
    if not lexicon.terms:
        return
    places = _places(words, lexicon)
    weights = {name: _weights(name, lexicon) for name in places}
    totals = {agent: sum(weights[name].get(agent, 0.0) for name in places) for agent in _candidates(weights)}
    for agent in sorted(totals, key=lambda each: (-totals[each], each))[:FINALISTS]:
        for name, where in places.items():
            weight = weights[name].get(agent)
            if weight:
                yield _hit(name, agent, weight, where, words)


def _places(words: Sequence[Word], lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """Each known term of the task, and where it stands first."""
    found: dict[str, tuple[int, ...]] = {}
    before: int | None = None
    for place, word in enumerate(words):
        if word.text in lexicon.fillers:
            continue
        for key in word.keys:
            if key in lexicon.terms:
                found.setdefault(key, (place,))
        if before is not None and words[before].sentence == word.sentence:
            pair = f"{words[before].keys[0]} {word.keys[0]}"
            if pair in lexicon.pairs:
                found.setdefault(pair, (before, place))
        before = place
    return found


def _candidates(weights: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The agents that the rarer words name most."""
    scores: dict[str, float] = defaultdict(float)
    for held in weights.values():
        for agent, weight in islice(held.items(), HEAVIEST if len(held) > POSTINGS else None):
            scores[agent] += weight
    return sorted(scores, key=lambda agent: (-scores[agent], agent))[:CANDIDATES]


def _weights(name: str, lexicon: Lexicon) -> Mapping[str, float]:
    return lexicon.pairs[name] if " " in name else lexicon.terms[name]


def _hit(name: str, agent: str, weight: float, places: tuple[int, ...], words: Sequence[Word]) -> Hit:
    from orchestrator.router.match import Hit

    return Hit(
        rule=f"term:{name}",
        agent=agent,
        skills=(),
        weight=weight,
        places=places,
        start=words[places[0]].start,
        end=words[places[-1]].end,
    )
