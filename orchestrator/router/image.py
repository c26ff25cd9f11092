"""From data files and agents to the image of a lexicon: compiled phrases, indexes, and the terms of plain agents."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from orchestrator.router import candidates, derive, lexicon, pattern, text, words
from orchestrator.router.lexicon import EVERY_AGENT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from orchestrator.router.candidates import Candidate

NONE = "none"
MOST = 5.0  # the weight that no phrase of any file exceeds
GRAM = 4  # letters by which a text of a signature is found


def of_files(paths: Sequence[Path]) -> dict[str, Any]:
    """The image with the agents in `paths`. An entry of the data files counts where its agent is there and explicit.

    What is nobody's ground depends on who is there, so those entries count only among explicit agents.
    """
    data = lexicon.read_data()
    found = candidates.read(paths, data.get("keyword_fields", ()))
    there = {each.name for each in found.agents if each.is_explicit}
    if there and len(there) == len(found.agents):
        there.add(NONE)
    for kind in ("lexicon", "signatures", "symptoms", "signals"):
        data[kind] = [entry for entry in data.get(kind, ()) if entry["agent"] in there]
    data["ownership"] = [entry for entry in data.get("ownership", ()) if there.issuperset(entry["between"])]
    made = of(data, found.agents)
    if words.FILE.is_file() and {*there, NONE}.issuperset(words.labels()):
        made["learned"] = words.image()
        made["sha256"] = hashlib.sha256(f"{made['sha256']}{made['learned']}".encode()).hexdigest()
    made["warnings"] = [*found.warnings, *made["warnings"]]
    return made


def of(data: Mapping[str, Any], agents: Sequence[Candidate]) -> dict[str, Any]:
    same = same_words(data)
    contexts = [
        [*_context(entry, same), f"negatives/{number}"]
        for number, entry in enumerate(data.get("negatives", ()))
        if entry.get("near")
    ]
    derived = derive.terms([each for each in agents if not each.is_explicit], data, same)
    rules, faults = _rules(data, agents, same)
    rules += [rule for agent, phrase, means in derived.negatives for rule in _left_out(agent, phrase, means, same)]
    image = {
        "sha256": _sha256(data, agents),
        "same": same,
        "agents": [[each.name, each.about, list(each.hands_off_to), each.is_explicit] for each in agents],
        "skills": {
            name: [entry["built"], entry.get("writes_migration", False)]
            for name, entry in data.get("skills", {}).items()
        },
        "symptoms": [_symptom(entry) for entry in data.get("symptoms", ())],
        "contexts": contexts,
        "contexts_by_key": _numbers((key, number) for number, row in enumerate(contexts) for key in row[1]),
        "owners": [
            [entry["between"], entry["phrases"], entry["owner"], entry["because"]]
            for entry in data.get("ownership", ())
        ],
        "signals": list(data.get("signals", ())),
        "repairable": sorted(_repairable(data, rules) | derived.repairable),
        "not_typos": list(data.get("not_typos", ())),
        "rules": [rule.as_row() for rule in rules],
        "terms": derived.terms,
        "pairs": derived.pairs,
        "warnings": faults,
    }
    for key in ("fillers", "openers", "imperatives", "connectors", "reversers", "postponers"):
        image[key] = list(data.get(key, ()))
    return image | _signatures(data) | _index(rules, contexts, derived.terms)


def same_words(data: Mapping[str, Any]) -> dict[str, str]:
    """The word that each other word is read as."""
    return {text.fold(word)[0]: main for main, others in data.get("same", {}).items() for word in others}


def _numbers(pairs: Iterator[tuple[str, int]]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for key, number in pairs:
        numbers[key].append(number)
    return dict(numbers)


def _index(rules: Sequence[Rule], contexts: Sequence[Sequence[Any]], terms: Mapping[str, Any]) -> dict[str, Any]:
    """Each rule under the rarest of its words, so that a task looks at few rules however many agents there are."""
    common = Counter(key for rule in rules for element in rule.pattern.elements for key in element.index_keys)
    by_key: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    by_prefix: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, rule in enumerate(rules):
        elements = rule.pattern.elements
        order = sorted(range(len(elements)), key=lambda n: sum(common[key] for key in elements[n].index_keys) or 1)
        anchor = order[0]
        other = next((n for n in order[1:] if not elements[n].prefixes), -1)
        for key in elements[anchor].index_keys:
            by_key[key].append((number, anchor, other))
        for prefix in elements[anchor].prefixes:
            by_prefix[prefix].append((number, anchor, other))
    around = {key for row in contexts for key in (*row[1], *row[2])}
    return {
        "by_key": dict(by_key),
        "by_prefix": dict(by_prefix),
        "prefix_lengths": sorted({len(prefix) for prefix in by_prefix}),
        "vocabulary": sorted(common.keys() | around | terms.keys()),
    }


def _rules(
    data: Mapping[str, Any], agents: Sequence[Candidate], same: Mapping[str, str]
) -> tuple[list[Rule], list[str]]:
    """The rules of the data files and of the agents, and a line for each phrase of an agent that cannot be read."""
    rules = [*_data_rules(data, same)]
    faults: list[str] = []
    for agent in agents:
        try:
            rules += _agent_rules(agent, same)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"{agent.path}: routing: {error}")
    return rules, faults


def _data_rules(data: Mapping[str, Any], same: Mapping[str, str]) -> Iterator[Rule]:
    for number, entry in enumerate(data.get("lexicon", ())):
        for phrase in entry["phrases"]:
            yield _phrase(phrase, entry, entry["agent"], same, item=f"lexicon/{number}")
    for number, entry in enumerate(data.get("negatives", ())):
        words = _words(entry["word"].split("|"), same)
        for phrase in entry.get("phrases", ()):
            yield _negative(phrase, words, entry["means"], EVERY_AGENT, same, item=f"negatives/{number}")
    yield from _bare_rules(data, same)


def _bare_rules(data: Mapping[str, Any], same: Mapping[str, str]) -> Iterator[Rule]:
    """Phrases that only say what stands there."""
    for name, phrases in data.get("classes", {}).items():
        for phrase in phrases:
            yield Rule("class", f"@{name}", pattern.compile_phrase(phrase, same))
    for entry in data.get("ownership", ()):
        for phrase in entry["phrases"]:
            yield Rule("ownership", phrase, pattern.compile_phrase(phrase, same))
    for phrase in data.get("excluders", ()):
        yield Rule("excluder", phrase, pattern.compile_phrase(phrase, same))


def _agent_rules(agent: Candidate, same: Mapping[str, str]) -> list[Rule]:
    rules = [_phrase(entry["phrase"], entry, agent.name, same) for entry in agent.phrases]
    for entry in agent.negatives:
        words = _words(entry.get("word", "").split("|"), same) if entry.get("word") else frozenset()
        means = str(entry.get("means", "something else"))
        rules.append(_negative(str(entry["phrase"]), words, means, agent.name, same))
    return rules


def _left_out(agent: str, phrase: str, means: str, same: Mapping[str, str]) -> Iterator[Rule]:
    try:
        yield _negative(phrase, frozenset(), means, agent, same)
    except ValueError:
        return


def _phrase(phrase: str, entry: Mapping[str, Any], agent: str, same: Mapping[str, str], *, item: str = "") -> Rule:
    return Rule(
        "phrase",
        phrase,
        pattern.compile_phrase(phrase, same),
        agent,
        tuple(entry.get("skills", ())),
        min(MOST, max(0.0, float(entry["weight"]))),
        tuple(_near(word, same) for word in entry.get("near", ())),
        tuple(_near(word, same) for word in entry.get("not_near", ())),
        entry.get("at") == "start",
        entry=item,
    )


def _near(word: str, same: Mapping[str, str]) -> str:
    return word if word.startswith("@") else text.keys(text.fold(word)[0], same)[0]


def _words(words: Sequence[str], same: Mapping[str, str]) -> frozenset[str]:
    return frozenset(text.keys(text.fold(word)[0], same)[0] for word in words)


def _negative(
    phrase: str, words: frozenset[str], means: str, agent: str, same: Mapping[str, str], *, item: str = ""
) -> Rule:
    compiled = pattern.compile_phrase(phrase, same)
    return Rule("negative", phrase, compiled, agent, words=words, means=means, entry=item)


def _context(entry: Mapping[str, Any], same: Mapping[str, str]) -> list[Any]:
    return [
        f"{entry['word']} near {entry['near'][0]}",
        sorted(_words(entry["word"].split("|"), same)),
        sorted(_words(entry["near"], same)),
        entry.get("within", 3),
        sorted(_words(entry.get("unless", ()), same)),
        entry["means"],
    ]


def _signatures(data: Mapping[str, Any]) -> dict[str, Any]:
    """The error texts, each under the rarest run of four letters in it, so that one pass over a task finds them all."""
    rows = [
        [entry["id"], entry["has"], entry.get("pattern"), entry["agent"], entry["skills"], float(entry["weight"])]
        for entry in data.get("signatures", ())
    ]
    texts = [(number, index, has) for number, row in enumerate(rows) for index, has in enumerate(row[1])]
    common = Counter(gram for _, _, has in texts for gram in grams(has))
    by_gram: dict[str, list[list[int]]] = defaultdict(list)
    for number, index, has in texts:
        by_gram[min(sorted(grams(has)), key=common.__getitem__)].append([number, index])
    return {"signatures": rows, "grams": dict(by_gram)}


def grams(folded: str) -> set[str]:
    return {folded[index : index + GRAM] for index in range(len(folded) - GRAM + 1)}


def _symptom(entry: Mapping[str, Any]) -> list[Any]:
    return [
        entry["id"],
        entry["first"],
        entry["second"],
        entry["within"],
        entry.get("ordered", False),
        entry["agent"],
        entry["skills"],
        float(entry["weight"]),
    ]


def _repairable(data: Mapping[str, Any], rules: Sequence[Rule]) -> set[str]:
    """Words worth repairing to: those of English phrases that speak for an agent, and of the classes."""
    foreign = {phrase for entry in data.get("lexicon", ()) if "lang" in entry for phrase in entry["phrases"]}
    raw = {
        word
        for rule in rules
        if rule.kind == "class" or (rule.kind == "phrase" and rule.agent != NONE and rule.id not in foreign)
        for word in rule.pattern.raw_words
    }
    return raw | {_plural(word) for word in raw}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _sha256(data: Mapping[str, Any], agents: Sequence[Candidate]) -> str:
    """Over all that a route depends on, so that it can be repeated."""
    routing = [
        [each.name, each.about, list(each.phrases), list(each.negatives), each.description, list(each.keywords)]
        for each in agents
    ]
    return hashlib.sha256(json.dumps([data, routing], sort_keys=True, default=str).encode()).hexdigest()
