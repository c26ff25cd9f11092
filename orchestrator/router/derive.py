"""What an agent without phrases of its own is for, read from its name, its description and its keywords.

A word weighs the more, the fewer agents use it: a word of one agent decides, a word of every other agent hardly counts.
Words of almost every description (code, expert, use) weigh little however few agents there are.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestrator.router import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orchestrator.router.candidates import Candidate

FULL = 5.0
NAME, KEYWORD, PURPOSE, PROSE, EXAMPLE = 1.0, 0.62, 0.48, 0.46, 0.4
GENERIC = 0.15  # of its strength is left of a word of almost every description
PROPER = 1.17  # the name of a thing (BigQuery, MVP) decides alone where no other agent has it
ONLY_GENERIC = 0.5
LEAST, LEAST_PAIR = 0.2, 1.0  # lighter terms are dropped
PAIR = 1.15  # two words side by side weigh more than the two alone
REPEATED = 1.1
NEGATIVE_WORDS = 4

_EXAMPLE = re.compile(r"(?is)<example>(.*?)(?:</example>|$)|\bexamples?:\s*(.*)$")
_SPEAKER = re.compile(r"(?i)\b(user|assistant|context|commentary)\s*:|<commentary>|</?example>|</commentary>")
_KEYWORDS = re.compile(r"(?i)\b(?:auto[ -]mode )?(?:keywords?|triggers?|tags|topics)\s*:\s*([^.\n]+)")
_NOT_FOR = re.compile(
    r"(?i)\b(?:(?:is |are )?not (?:meant |intended |suitable )?for|do(?:es)? not use (?:it |this )?(?:for|when|if)|"
    r"don['’]t use (?:it |this )?(?:for|when|if)|never use (?:it |this )?for|do not use|except for)\s+([^.;\n]+)"
)
_PURPOSE = re.compile(r"(?i)\b(?:use|used|invoke|proactively|when|whenever|asks?|mentions?)\b")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\\n")
_LIST = re.compile(r"(?i)\s*(?:,|/|\bor\b|\band\b)\s*")


@dataclass(kw_only=True)
class Terms:
    """`terms` and `pairs` hold weights by stem and agent, heaviest first; negatives are agent, phrase, meaning."""

    terms: dict[str, dict[str, float]] = field(default_factory=dict)
    pairs: dict[str, dict[str, float]] = field(default_factory=dict)
    negatives: list[tuple[str, str, str]] = field(default_factory=list)
    repairable: set[str] = field(default_factory=set)


@dataclass(kw_only=True)
class _Reader:
    """Strengths of the words and pairs of one agent."""

    same: Mapping[str, str]
    fillers: frozenset[str]
    generic: frozenset[str]
    words: dict[str, float] = field(default_factory=dict)
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)
    repairable: set[str] = field(default_factory=set)

    def read(self, prose: str, strength: float) -> None:
        """Words side by side are pairs. A keyword of several words is a pair first: each of them alone is prose."""
        words = [word for word in text.words(prose, self.same) if word.text not in self.fillers]
        alone = min(strength, PROSE) if strength == KEYWORD and len(words) > 1 else strength
        for before, word in zip((None, *words), words, strict=False):
            key = word.keys[0]
            proper = strength < KEYWORD and _is_proper(prose[word.start : word.end], is_first=before is None)
            self._add(key, alone * PROPER if proper else alone)
            for other in word.keys[1:]:
                self._add(other, alone * 0.6)
            if proper or strength >= KEYWORD:
                self.repairable.add(word.text)
            beside = before is not None and not prose[before.end : word.start].strip("- ")
            if before and beside and not self._is_plain((before.keys[0], key), strength):
                pair = (before.keys[0], key)
                self.pairs[pair] = max(strength, self.pairs.get(pair, 0.0))

    def _add(self, key: str, strength: float) -> None:
        given = strength * (GENERIC if key in self.generic else 1.0)
        held = self.words.get(key, 0.0)
        self.words[key] = max(given, min(held * REPEATED, held + 0.05) if held else 0.0)

    def _is_plain(self, pair: tuple[str, str], strength: float) -> bool:
        """Two words of almost every description say nothing together either, unless a name or keyword joins them."""
        return strength < KEYWORD and all(key in self.generic for key in pair)


def _is_proper(written: str, *, is_first: bool) -> bool:
    """A capital that is not that of a sentence, or a digit, makes a name."""
    return written[1:] != written[1:].lower() or written[:1].isdigit() or (not is_first and written[:1].isupper())


def terms(agents: Sequence[Candidate], data: Mapping[str, Any], same: Mapping[str, str]) -> Terms:
    """The terms of `agents`, weighed against each other."""
    found = Terms()
    if not agents:
        return found
    fillers = frozenset(data.get("fillers", ()))
    generic = frozenset(key for word in data.get("generic", ()) for key in text.keys(word, same))
    readers: dict[str, _Reader] = {}
    for agent in agents:
        reader = readers[agent.name] = _Reader(same=same, fillers=fillers, generic=generic)
        _read(agent, reader, found)
    _weigh(readers, found)
    return found


def _read(agent: Candidate, reader: _Reader, found: Terms) -> None:
    name = agent.name.rpartition("/")[2]
    words = text.words(_spaced(name), reader.same)
    own = [word for word in words if word.keys[0] not in reader.generic]
    # A word that is the whole name is worth more than one of several.
    reader.read(_spaced(name), NAME if len(own) < 2 else NAME - 0.08)
    if not own:  # code-reviewer: common words, but they are all that it has
        reader.words.update({word.keys[0]: NAME * ONLY_GENERIC for word in words})
    for keyword in (item for listed in agent.keywords for item in re.split(r"[,;\n]", listed)):
        reader.read(_spaced(keyword) if " " not in keyword else keyword, KEYWORD if len(keyword) < 60 else EXAMPLE)
    _read_description(agent.description.replace("\\n", "\n"), reader)
    found.repairable |= reader.repairable
    found.negatives += [(agent.name, phrase, means) for phrase, means in _negatives(agent.description, reader)]


def _negatives(description: str, reader: _Reader) -> Iterator[tuple[str, str]]:
    """What the description says the agent is not for, as phrases with their meaning."""
    for match in _NOT_FOR.finditer(description):
        for item in _LIST.split(match[1]):
            words = [word.text for word in text.words(item, reader.same) if word.text not in reader.fillers]
            if 0 < len(words) <= NEGATIVE_WORDS:
                yield " ... ".join(words), f"not for {item.strip()}, it says"


def _read_description(description: str, reader: _Reader) -> None:
    rest = _NOT_FOR.sub(". ", description)
    for match in _KEYWORDS.finditer(rest):
        for keyword in re.split(r"[,;]", match[1]):
            reader.read(keyword, KEYWORD)
    rest = _KEYWORDS.sub(". ", rest)
    for match in _EXAMPLE.finditer(rest):
        for said in _said_by_user(match[1] or match[2] or ""):
            reader.read(said, EXAMPLE)
    for sentence in _SENTENCE.split(_EXAMPLE.sub(". ", rest)):
        reader.read(sentence, PURPOSE if _PURPOSE.search(sentence) else PROSE)


def _spaced(name: str) -> str:
    """`reactNative-developer` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[-_/]+", " ", name)


def _said_by_user(example: str) -> Iterator[str]:
    """What the user says in an example; the rest of it repeats the name of the agent."""
    parts = _SPEAKER.split(example)
    if len(parts) == 1:
        yield example
    for speaker, said in zip(parts[1::2], parts[2::2], strict=True):
        if speaker and speaker.lower() == "user":
            yield said


def _weigh(readers: Mapping[str, _Reader], found: Terms) -> None:
    shared = Counter(key for reader in readers.values() for key in reader.words)
    shared_pairs = Counter(pair for reader in readers.values() for pair in reader.pairs)
    words: dict[str, dict[str, float]] = defaultdict(dict)
    pairs: dict[str, dict[str, float]] = defaultdict(dict)
    for name, reader in readers.items():
        weights = {key: FULL * strength * _rarity(shared[key], len(readers)) for key, strength in reader.words.items()}
        for key, weight in weights.items():
            words[key][name] = round(weight, 2)
        for (first, second), strength in reader.pairs.items():
            alone = PAIR * (weights[first] + weights[second])
            together = 0.8 * FULL * strength * _rarity(shared_pairs[first, second], len(readers))
            pairs[f"{first} {second}"][name] = round(max(alone, together), 2)
    found.terms = _heaviest_first(words, LEAST)
    found.pairs = _heaviest_first(pairs, LEAST_PAIR)


def _rarity(count: int, agents: int) -> float:
    """1 for a word of one agent, falling to 0 for a word of all, slowly at first."""
    return math.sqrt(max(0.0, math.log((agents + 1) / (count + 0.5)) / math.log((agents + 1) / 1.5)))


def _heaviest_first(weights: Mapping[str, Mapping[str, float]], least: float) -> dict[str, dict[str, float]]:
    kept = {key: {name: weight for name, weight in held.items() if weight >= least} for key, held in weights.items()}
    return {key: dict(sorted(held.items(), key=lambda item: (-item[1], item[0]))) for key, held in kept.items() if held}
