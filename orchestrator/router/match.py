"""Which rules of the lexicon a text satisfies, and which of them do not count there."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from orchestrator.router import terms, text
from orchestrator.router.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from orchestrator.router.lexicon import Lexicon, Rule, Symptom
    from orchestrator.router.text import Word

GRAM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that the text satisfies. `places` are word numbers; a signature has none and cannot be suppressed.

    `leading`: the phrase opens the request, so it names the work, and the rest is what the work is about.
    `entry` is the item of the data files that the rule belongs to.
    """

    rule: str
    agent: str
    skills: tuple[str, ...]
    weight: float
    places: tuple[int, ...]
    start: int
    end: int
    leading: bool = False
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    hit: Hit
    because: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    rule: Rule
    places: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Matches:
    """`hits` in the order of the text, without overlaps for one agent; `owned` has the ownership phrases found.

    `learned` is what single words say for one agent, and `leaning` what they say for its skills.
    """

    words: Sequence[Word]
    hits: Sequence[Hit]
    suppressed: Sequence[Suppressed]
    owned: frozenset[str] = frozenset()
    learned: Sequence[Hit] = ()
    leaning: Callable[[], Mapping[str, float]] = dict


@dataclass
class _Text:
    """The words of a task, and the classes of words that stand in it."""

    words: Sequence[Word]
    found: Sequence[Found]
    classes: dict[str, list[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for one in self.found:
            if one.rule.kind == "class":
                self.classes[one.rule.id].append(one.places)

    @cached_property
    def _by_sentence(self) -> dict[int, set[str]]:
        present: dict[int, set[str]] = defaultdict(set)
        for word in self.words:
            present[word.sentence].update(word.keys)
        for name, places in self.classes.items():
            for place in places:
                present[self.words[place[0]].sentence].add(name)
        return present

    def has(self, item: str, sentence: int) -> bool:
        """True if the word or the class stands in that sentence."""
        return item in self._by_sentence[sentence]


def match(task: str, lexicon: Lexicon) -> Matches:
    folded, origin = text.fold(task[: text.MAX_CHARACTERS])
    words = _repaired(text.cut(folded, origin, lexicon.same, lexicon.keys), lexicon)
    found = list(find(words, lexicon))
    read = _Text(words, found)
    hits = [*_signatures(folded, origin, lexicon), *_phrases(read, lexicon), *terms.hits(words, lexicon)]
    hits += [hit for symptom in lexicon.symptoms for hit in _symptom(symptom, read)]
    claims = Claims(words, found, lexicon, task)
    counted: list[Hit] = []
    suppressed: list[Suppressed] = []
    for hit in hits:
        because, entry = claims.because(hit)
        if because:
            suppressed.append(Suppressed(hit=hit, because=because, entry=entry))
        else:
            counted.append(hit)
    owned = frozenset(one.rule.id for one in found if one.rule.kind == "ownership")
    learned, leaning = _learned(words, claims, lexicon)
    return Matches(
        words=words, hits=_disjoint(counted), suppressed=suppressed, owned=owned, learned=learned, leaning=leaning
    )


def meaningful(task: str, lexicon: Lexicon) -> tuple[list[Word], frozenset[int]]:
    """The words of a task, and the places of those that do not count."""
    folded, origin = text.fold(task[: text.MAX_CHARACTERS])
    words = _repaired(text.cut(folded, origin, lexicon.same, lexicon.keys), lexicon)
    return words, Claims(words, list(find(words, lexicon)), lexicon, task).places


def _learned(
    words: Sequence[Word], claims: Claims, lexicon: Lexicon
) -> tuple[list[Hit], Callable[[], Mapping[str, float]]]:
    if lexicon.learned is None:
        return [], dict
    evidence = lexicon.learned.evidence(words, claims.places)
    hits = [
        Hit(
            rule=f"word:{words[place].text}",
            agent=evidence.agent,
            skills=(),
            weight=points,
            places=(place,),
            start=words[place].start,
            end=words[place].end,
        )
        for place, points in evidence.words
        if points > 0
    ]
    return hits, evidence.skills


def in_order(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda one: (one.start, one.end, one.agent, one.rule))


def find(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Every rule with a phrase, wherever it stands; a rule may be found more than once."""
    present = {key for word in words for key in word.keys} | {word.text for word in words}
    for at, word in enumerate(words):
        for number, anchor, other in _candidates(word, lexicon):
            rule = lexicon.rule(number)
            # Most candidates miss another of their words, and one look tells.
            if other >= 0 and rule.pattern.elements[other].needs.isdisjoint(present):
                continue
            places = rule.pattern.positions(words, anchor, at, lexicon.fillers)
            if places is not None:
                yield Found(rule, places)


def _candidates(word: Word, lexicon: Lexicon) -> list[Sequence[int]]:
    """Rule number, the element that the word may be, and another element, or -1, that the text must have."""
    found: list[Sequence[int]] = []
    for key in word.keys:
        found += lexicon.by_key.get(key, ())
    if word.text[: lexicon.head_length] in lexicon.heads:
        for length in lexicon.prefix_lengths:
            if length > len(word.text):
                break
            found += lexicon.by_prefix.get(word.text[:length], ())
    return found


def _repaired(words: list[Word], lexicon: Lexicon) -> list[Word]:
    return [word if _known(word, lexicon) else _repair(word, lexicon) for word in words]


def _known(word: Word, lexicon: Lexicon) -> bool:
    return word.text in lexicon.fillers or not lexicon.vocabulary.isdisjoint(word.keys)


def _repair(word: Word, lexicon: Lexicon) -> Word:
    meant = lexicon.typos.repair(word.text)
    return replace(word, text=meant, keys=text.keys(meant, lexicon.same)) if meant else word


def _signatures(folded: str, origin: list[int] | None, lexicon: Lexicon) -> Iterator[Hit]:
    if not lexicon.grams:
        return
    present = lexicon.grams.keys() & {folded[index : index + GRAM] for index in range(len(folded) - GRAM + 1)}
    heard: dict[int, int] = {}
    for gram in present:
        for number, index in lexicon.grams[gram]:
            if lexicon.signatures[number].has[index] in folded:
                heard[number] = min(index, heard.get(number, index))
    for number, index in sorted(heard.items()):
        span = _span(folded, number, index, lexicon)
        if span:
            signature = lexicon.signatures[number]
            yield Hit(
                rule=f"signature:{signature.id}",
                agent=signature.agent,
                skills=signature.skills,
                weight=signature.weight,
                places=(),
                start=span[0] if origin is None else origin[span[0]],
                end=span[1] if origin is None else origin[span[1] - 1] + 1,
            )


def _span(folded: str, number: int, index: int, lexicon: Lexicon) -> tuple[int, int] | None:
    signature = lexicon.signatures[number]
    if signature.regex is not None:
        match = signature.regex.search(folded)
        return match.span() if match else None
    start = folded.index(signature.has[index])
    return start, start + len(signature.has[index])


def _phrases(read: _Text, lexicon: Lexicon) -> Iterator[Hit]:
    for one in read.found:
        rule = one.rule
        if rule.kind != "phrase" or (rule.at_start and not _opens(read.words, one.places[0], lexicon)):
            continue
        sentence = read.words[one.places[0]].sentence
        if rule.near and not any(read.has(item, sentence) for item in rule.near):
            continue
        if any(read.has(item, sentence) for item in rule.not_near):
            continue
        yield _hit(rule, f"phrase:{rule.id}", one.places, read.words, rule.entry)


def _opens(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """True if only openers (please, can you) stand before `place` in its sentence."""
    for before in range(place - 1, -1, -1):
        word = words[before]
        if word.sentence != words[place].sentence:
            return True
        if word.text not in lexicon.openers and word.text not in lexicon.fillers:
            return False
    return True


def _symptom(symptom: Symptom, read: _Text) -> Iterator[Hit]:
    """The closest pair of the two classes, if it is close enough."""
    firsts, seconds = read.classes.get(symptom.first), read.classes.get(symptom.second)
    if not firsts or not seconds:
        return
    best: tuple[int, tuple[int, ...]] | None = None
    ordered = sorted(seconds)
    for first in firsts:
        at = bisect_left(ordered, first)
        # Phrases of a class are short: the nearest one begins among the next few on either side.
        for second in ordered[max(0, at - 3) : at + 3]:
            between = _between(first, second, read.words, ordered=symptom.ordered)
            if between is not None and between <= symptom.within and (best is None or between < best[0]):
                best = (between, (*first, *second))
    if best is not None:
        places = tuple(sorted(best[1]))
        yield _hit(symptom, f"symptom:{symptom.id}", places, read.words, f"symptom:{symptom.id}")


def _between(first: tuple[int, ...], second: tuple[int, ...], words: Sequence[Word], *, ordered: bool) -> int | None:
    if words[first[0]].sentence != words[second[0]].sentence or set(first) & set(second):
        return None
    if first[-1] < second[0]:
        return second[0] - first[-1] - 1
    if second[-1] < first[0] and not ordered:
        return first[0] - second[-1] - 1
    return None


def _hit(rule: Rule | Symptom, name: str, places: tuple[int, ...], words: Sequence[Word], entry: str) -> Hit:
    return Hit(
        rule=name,
        agent=rule.agent,
        skills=rule.skills,
        weight=rule.weight,
        places=places,
        start=words[places[0]].start,
        end=words[places[-1]].end,
        leading=rule.at_start,
        entry=entry,
    )


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """For each agent the heaviest hits whose words do not overlap, each rule once, in the order of the text."""
    taken: dict[str, set[int]] = defaultdict(set)
    rules: set[tuple[str, str]] = set()
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (-one.weight, -len(one.places), one.start, one.rule)):
        if (hit.agent, hit.rule) in rules or not taken[hit.agent].isdisjoint(hit.places):
            continue
        rules.add((hit.agent, hit.rule))
        taken[hit.agent].update(hit.places)
        kept.append(hit)
    return in_order(kept)
