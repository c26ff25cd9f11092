"""Which rules of the lexicon a text satisfies, and which of them do not count there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orchestrator.router import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orchestrator.router.lexicon import Context, Lexicon, Rule, Symptom
    from orchestrator.router.text import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that the text satisfies. `places` are word numbers; a signature has none and cannot be suppressed.

    `leading`: the phrase opens the request, so it names the work, and the rest is what the work is about.
    """

    rule: str
    agent: str
    skills: tuple[str, ...]
    weight: float
    places: tuple[int, ...]
    start: int
    end: int
    leading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    hit: Hit
    because: str


@dataclass(frozen=True, slots=True)
class Found:
    rule: Rule
    places: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Matches:
    """`hits` in the order of the text, without overlaps for one agent."""

    words: Sequence[Word]
    hits: Sequence[Hit]
    suppressed: Sequence[Suppressed]


def match(task: str, lexicon: Lexicon) -> Matches:
    words = _repaired(text.words(task, lexicon.same), lexicon)
    found = list(find(words, lexicon))
    classes = _classes(found)
    hits = [*_signatures(task, lexicon), *_phrases(words, found, classes, lexicon)]
    hits += [hit for symptom in lexicon.symptoms for hit in _symptom(symptom, words, classes)]
    claims = _claims(words, found, lexicon)
    counted: list[Hit] = []
    suppressed: list[Suppressed] = []
    for hit in hits:
        because = _claimed(hit, claims)
        if because:
            suppressed.append(Suppressed(hit=hit, because=because))
        else:
            counted.append(hit)
    return Matches(words=words, hits=_disjoint(counted), suppressed=suppressed)


def find(words: Sequence[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Every rule with a phrase, wherever it stands; a rule may be found more than once."""
    for at, word in enumerate(words):
        for rule, anchor in _candidates(word, lexicon):
            places = rule.pattern.positions(words, anchor, at, lexicon.fillers)
            if places is not None:
                yield Found(rule, places)


def _candidates(word: Word, lexicon: Lexicon) -> Iterator[tuple[Rule, int]]:
    for key in word.keys:
        yield from lexicon.by_key.get(key, ())
    for length in lexicon.prefix_lengths:
        if length > len(word.text):
            break
        yield from lexicon.by_prefix.get(word.text[:length], ())


def _repaired(words: list[Word], lexicon: Lexicon) -> list[Word]:
    return [word if _known(word, lexicon) else _repair(word, lexicon) for word in words]


def _known(word: Word, lexicon: Lexicon) -> bool:
    return word.text in lexicon.fillers or not lexicon.vocabulary.isdisjoint(word.keys)


def _repair(word: Word, lexicon: Lexicon) -> Word:
    meant = lexicon.typos.repair(word.text)
    return replace(word, text=meant, keys=text.keys(meant, lexicon.same)) if meant else word


def _classes(found: Sequence[Found]) -> dict[str, list[tuple[int, ...]]]:
    classes: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for one in found:
        if one.rule.kind == "class":
            classes[one.rule.id].append(one.places)
    return classes


def _signatures(task: str, lexicon: Lexicon) -> Iterator[Hit]:
    lowered = task.lower()
    for signature in lexicon.signatures:
        has = next((literal for literal in signature.has if literal in lowered), None)
        if has is None:
            continue
        start = lowered.index(has)
        end = start + len(has)
        if signature.regex is not None:
            match = signature.regex.search(lowered)
            if match is None:
                continue
            start, end = match.span()
        rule = f"signature:{signature.id}"
        yield Hit(
            rule=rule,
            agent=signature.agent,
            skills=signature.skills,
            weight=signature.weight,
            places=(),
            start=min(start, len(task)),
            end=min(end, len(task)),
        )


def _phrases(
    words: Sequence[Word], found: Sequence[Found], classes: dict[str, list[tuple[int, ...]]], lexicon: Lexicon
) -> Iterator[Hit]:
    for one in found:
        rule = one.rule
        if rule.kind != "phrase" or (rule.at_start and not _opens(words, one.places[0], lexicon)):
            continue
        sentence = words[one.places[0]].sentence
        if rule.near and not any(_present(item, sentence, words, classes) for item in rule.near):
            continue
        if any(_present(item, sentence, words, classes) for item in rule.not_near):
            continue
        yield _hit(rule, f"phrase:{rule.id}", one.places, words)


def _opens(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """True if only openers (please, can you) stand before `place` in its sentence."""
    before = [word for word in words[:place] if word.sentence == words[place].sentence]
    return all(word.text in lexicon.openers or word.text in lexicon.fillers for word in before)


def _present(item: str, sentence: int, words: Sequence[Word], classes: dict[str, list[tuple[int, ...]]]) -> bool:
    if item.startswith("@"):
        return any(words[places[0]].sentence == sentence for places in classes.get(item, ()))
    return any(item in word.keys for word in words if word.sentence == sentence)


def _symptom(symptom: Symptom, words: Sequence[Word], classes: dict[str, list[tuple[int, ...]]]) -> Iterator[Hit]:
    """The closest pair of the two classes, if it is close enough."""
    best: tuple[int, tuple[int, ...]] | None = None
    for first in classes.get(symptom.first, ()):
        for second in classes.get(symptom.second, ()):
            between = _between(first, second, words, ordered=symptom.ordered)
            if between is not None and between <= symptom.within and (best is None or between < best[0]):
                best = (between, (*first, *second))
    if best is not None:
        places = tuple(sorted(best[1]))
        yield _hit(symptom, f"symptom:{symptom.id}", places, words)


def _between(first: tuple[int, ...], second: tuple[int, ...], words: Sequence[Word], *, ordered: bool) -> int | None:
    if words[first[0]].sentence != words[second[0]].sentence or set(first) & set(second):
        return None
    if first[-1] < second[0]:
        return second[0] - first[-1] - 1
    if second[-1] < first[0] and not ordered:
        return first[0] - second[-1] - 1
    return None


def _hit(rule: Rule | Symptom, name: str, places: tuple[int, ...], words: Sequence[Word]) -> Hit:
    return Hit(
        rule=name,
        agent=rule.agent,
        skills=rule.skills,
        weight=rule.weight,
        places=places,
        start=words[places[0]].start,
        end=words[places[-1]].end,
        leading=rule.at_start,
    )


def _claims(words: Sequence[Word], found: Sequence[Found], lexicon: Lexicon) -> dict[tuple[str, int], str]:
    """Words that lost their meaning, by agent ("" for all) and place, and what they mean instead."""
    claims: dict[tuple[str, int], str] = {}
    for one in found:
        if one.rule.kind != "negative":
            continue
        for place in one.places:
            if not one.rule.words or not one.rule.words.isdisjoint(words[place].keys):
                claims[one.rule.agent, place] = one.rule.means
    for context in lexicon.contexts:
        for place in _misread(context, words):
            claims["", place] = context.means
    return claims


def _misread(context: Context, words: Sequence[Word]) -> Iterator[int]:
    for place, word in enumerate(words):
        if context.words.isdisjoint(word.keys):
            continue
        around = words[max(0, place - context.within) : place + context.within + 1]
        beside = [other for other in around if other.sentence == word.sentence and other is not word]
        if any(not context.near.isdisjoint(other.keys) for other in beside) and not any(
            not context.unless.isdisjoint(other.keys) for other in words if other.sentence == word.sentence
        ):
            yield place


def _claimed(hit: Hit, claims: dict[tuple[str, int], str]) -> str:
    for place in hit.places:
        because = claims.get(("", place)) or claims.get((hit.agent, place))
        if because:
            return because
    return ""


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
    return sorted(kept, key=lambda one: (one.start, one.end, one.agent, one.rule))
