"""The compiled lexicon: the data files beside this module and the routing of the agent files, as one inverted index."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin.definitions import read_agents
from orchestrator.router import pattern, text
from orchestrator.router.typos import Typos

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.router.pattern import Pattern

HERE = Path(__file__).resolve().parent
EVERY_AGENT = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One phrase and what it means. `kind` class and negative rules score nothing themselves.

    `words` of a negative are the keys that lose their meaning; empty means all words of the phrase.
    """

    kind: Literal["phrase", "class", "negative", "ownership"]
    id: str
    pattern: Pattern
    agent: str = EVERY_AGENT
    skills: tuple[str, ...] = ()
    weight: float = 0.0
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    at_start: bool = False
    words: frozenset[str] = frozenset()
    means: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    id: str
    has: tuple[str, ...]
    regex: re.Pattern[str] | None
    agent: str
    skills: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Symptom:
    id: str
    first: str
    second: str
    within: int
    ordered: bool
    agent: str
    skills: tuple[str, ...]
    weight: float
    at_start: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A word that means something else when one of `near` stands within `within` words of it."""

    id: str
    words: frozenset[str]
    near: frozenset[str]
    within: int
    unless: frozenset[str]
    means: str


@dataclass(frozen=True, kw_only=True)
class Owner:
    between: frozenset[str]
    phrases: tuple[Rule, ...]
    agent: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Skill:
    built: bool
    writes_migration: bool


@dataclass(frozen=True, kw_only=True)
class Agent:
    name: str
    about: str
    hands_off_to: tuple[str, ...]


@dataclass(kw_only=True)
class Lexicon:
    sha256: str
    same: Mapping[str, str]
    fillers: frozenset[str]
    openers: frozenset[str]
    imperatives: tuple[str, ...]
    connectors: tuple[str, ...]
    reversers: tuple[str, ...]
    agents: Mapping[str, Agent]
    skills: Mapping[str, Skill]
    rules: Sequence[Rule]
    signatures: Sequence[Signature]
    symptoms: Sequence[Symptom]
    contexts: Sequence[Context]
    owners: Sequence[Owner]
    signals: Sequence[Mapping[str, Any]]
    typos: Typos
    vocabulary: frozenset[str] = frozenset()
    by_key: dict[str, list[tuple[Rule, int]]] = field(default_factory=dict)
    by_prefix: dict[str, list[tuple[Rule, int]]] = field(default_factory=dict)
    prefix_lengths: tuple[int, ...] = ()


def data_files() -> tuple[Path, ...]:
    return tuple(sorted(HERE.glob("*.yaml")))


def read_data() -> dict[str, Any]:
    """All data files merged: lists are joined, mappings united."""
    import yaml

    merged: dict[str, Any] = {}
    for path in data_files():
        loaded = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        for key, value in loaded.items():
            if isinstance(value, list):
                merged.setdefault(key, []).extend(value)
            else:
                merged.setdefault(key, {}).update(value)
    return merged


@functools.cache
def load(root: Path | None = None) -> Lexicon:
    return build(read_data(), read_agents(root))


def build(data: Mapping[str, Any], agents: Sequence[AgentDefinition]) -> Lexicon:
    """The lexicon of `data` (of lexicon.schema.json) and of the agents' own phrases. An entry may name any agent."""
    same = {text.fold(word)[0]: main for main, others in data.get("same", {}).items() for word in others}
    rules = [*_data_rules(data, same), *_agent_rules(agents, same)]
    owners = tuple(_owner(entry, same) for entry in data.get("ownership", ()))
    contexts = tuple(_context(entry, same) for entry in data.get("negatives", ()) if entry.get("near"))
    raw = _repairable(data, rules)
    lexicon = Lexicon(
        sha256=_sha256(data, agents),
        same=same,
        fillers=frozenset(data.get("fillers", ())),
        openers=frozenset(data.get("openers", ())),
        imperatives=tuple(data.get("imperatives", ())),
        connectors=tuple(data.get("connectors", ())),
        reversers=tuple(data.get("reversers", ())),
        agents={
            found.name: Agent(name=found.name, about=found.routing.about, hands_off_to=found.hands_off_to)
            for found in agents
        },
        skills={
            name: Skill(built=entry["built"], writes_migration=entry.get("writes_migration", False))
            for name, entry in data.get("skills", {}).items()
        },
        rules=rules,
        signatures=[_signature(entry) for entry in data.get("signatures", ())],
        symptoms=[_symptom(entry) for entry in data.get("symptoms", ())],
        contexts=contexts,
        owners=owners,
        signals=data.get("signals", ()),
        typos=Typos(raw | {_plural(word) for word in raw}, data.get("not_typos", ())),
    )
    _index(lexicon, [*rules, *(rule for owner in owners for rule in owner.phrases)])
    return lexicon


def _index(lexicon: Lexicon, rules: Sequence[Rule]) -> None:
    """Each rule under the rarest of its words, so that a task looks at few rules however many agents there are."""
    common = Counter(key for rule in rules for element in rule.pattern.elements for key in element.index_keys)
    by_key: dict[str, list[tuple[Rule, int]]] = defaultdict(list)
    by_prefix: dict[str, list[tuple[Rule, int]]] = defaultdict(list)
    for rule in rules:
        elements = rule.pattern.elements
        anchor = min(range(len(elements)), key=lambda n: sum(common[key] for key in elements[n].index_keys) or 1)
        for key in elements[anchor].index_keys:
            by_key[key].append((rule, anchor))
        for prefix in elements[anchor].prefixes:
            by_prefix[prefix].append((rule, anchor))
    lexicon.by_key, lexicon.by_prefix = dict(by_key), dict(by_prefix)
    lexicon.prefix_lengths = tuple(sorted({len(prefix) for prefix in by_prefix}))
    context_words = {key for context in lexicon.contexts for key in context.words | context.near}
    lexicon.vocabulary = frozenset(common) | frozenset(context_words)


def _data_rules(data: Mapping[str, Any], same: Mapping[str, str]) -> list[Rule]:
    rules = [
        _phrase(phrase, entry, entry["agent"], same) for entry in data.get("lexicon", ()) for phrase in entry["phrases"]
    ]
    rules += [
        Rule("class", f"@{name}", pattern.compile_phrase(phrase, same))
        for name, phrases in data.get("classes", {}).items()
        for phrase in phrases
    ]
    for entry in data.get("negatives", ()):
        words = _words(entry["word"].split("|"), same)
        rules += [_negative(phrase, words, entry["means"], EVERY_AGENT, same) for phrase in entry.get("phrases", ())]
    return rules


def _agent_rules(agents: Sequence[AgentDefinition], same: Mapping[str, str]) -> list[Rule]:
    rules = []
    for found in agents:
        rules += [_phrase(entry["phrase"], entry, found.name, same) for entry in found.routing.phrases]
        for entry in found.routing.negatives:
            words = _words(entry.get("word", "").split("|"), same) if entry.get("word") else frozenset()
            rules.append(_negative(entry["phrase"], words, entry["means"], found.name, same))
    return rules


def _phrase(phrase: str, entry: Mapping[str, Any], agent: str, same: Mapping[str, str]) -> Rule:
    return Rule(
        "phrase",
        phrase,
        pattern.compile_phrase(phrase, same),
        agent,
        tuple(entry.get("skills", ())),
        float(entry["weight"]),
        tuple(_near(word, same) for word in entry.get("near", ())),
        tuple(_near(word, same) for word in entry.get("not_near", ())),
        entry.get("at") == "start",
    )


def _near(word: str, same: Mapping[str, str]) -> str:
    return word if word.startswith("@") else text.keys(text.fold(word)[0], same)[0]


def _words(words: Sequence[str], same: Mapping[str, str]) -> frozenset[str]:
    return frozenset(text.keys(text.fold(word)[0], same)[0] for word in words)


def _negative(phrase: str, words: frozenset[str], means: str, agent: str, same: Mapping[str, str]) -> Rule:
    return Rule("negative", phrase, pattern.compile_phrase(phrase, same), agent, words=words, means=means)


def _context(entry: Mapping[str, Any], same: Mapping[str, str]) -> Context:
    return Context(
        f"{entry['word']} near {entry['near'][0]}",
        _words(entry["word"].split("|"), same),
        _words(entry["near"], same),
        entry.get("within", 3),
        _words(entry.get("unless", ()), same),
        entry["means"],
    )


def _owner(entry: Mapping[str, Any], same: Mapping[str, str]) -> Owner:
    rules = tuple(Rule("ownership", phrase, pattern.compile_phrase(phrase, same)) for phrase in entry["phrases"])
    return Owner(between=frozenset(entry["between"]), phrases=rules, agent=entry["owner"], because=entry["because"])


def _signature(entry: Mapping[str, Any]) -> Signature:
    regex = re.compile(entry["pattern"]) if "pattern" in entry else None
    skills = tuple(entry["skills"])
    return Signature(entry["id"], tuple(entry["has"]), regex, entry["agent"], skills, float(entry["weight"]))


def _symptom(entry: Mapping[str, Any]) -> Symptom:
    return Symptom(
        entry["id"],
        entry["first"],
        entry["second"],
        entry["within"],
        entry.get("ordered", False),
        entry["agent"],
        tuple(entry["skills"]),
        float(entry["weight"]),
    )


def _repairable(data: Mapping[str, Any], rules: Sequence[Rule]) -> set[str]:
    """Words worth repairing to: those of English phrases that speak for an agent, and of the classes."""
    foreign = {phrase for entry in data.get("lexicon", ()) if "lang" in entry for phrase in entry["phrases"]}
    return {
        word
        for rule in rules
        if rule.kind == "class" or (rule.kind == "phrase" and rule.agent != "none" and rule.id not in foreign)
        for word in rule.pattern.raw_words
    }


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return word if word.endswith("s") else f"{word}s"


def _sha256(data: Mapping[str, Any], agents: Sequence[AgentDefinition]) -> str:
    routing = [
        [found.name, found.routing.about, list(found.routing.phrases), list(found.routing.negatives)]
        for found in agents
    ]
    return hashlib.sha256(json.dumps([data, routing], sort_keys=True).encode()).hexdigest()
