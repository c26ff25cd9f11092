"""The compiled lexicon: the data files beside this module and the agent files, as one inverted index.

It is made from an image, plain JSON values that `image.py` computes and `cached.py` keeps. Rules become records when a
task first asks for them, so that a start does not pay for the rules of agents that the task is not about.
"""

from __future__ import annotations

import copy
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from orchestrator.router.pattern import Element, Pattern
from orchestrator.router.typos import Typos
from orchestrator.router.words import Learned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.router.candidates import Candidate

HERE = Path(__file__).resolve().parent
EVERY_AGENT = ""
Kind = Literal["phrase", "class", "negative", "ownership", "excluder"]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One phrase and what it means. `kind` class, negative and excluder rules score nothing themselves.

    `words` of a negative are the keys that lose their meaning; empty means all words of the phrase.
    `entry` is the item of the data files that the phrase belongs to.
    """

    kind: Kind
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
    entry: str = ""

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Rule:
        kind, id_, elements, agent, skills, weight, near, not_near, at_start, words, means, entry = row
        pattern = Pattern(tuple(Element.from_row(element) for element in elements))
        return cls(
            kind,
            id_,
            pattern,
            agent,
            tuple(skills),
            weight,
            tuple(near),
            tuple(not_near),
            at_start,
            frozenset(words),
            means,
            entry,
        )

    def as_row(self) -> list[Any]:
        return [
            self.kind,
            self.id,
            [element.as_row() for element in self.pattern.elements],
            self.agent,
            list(self.skills),
            self.weight,
            list(self.near),
            list(self.not_near),
            self.at_start,
            sorted(self.words),
            self.means,
            self.entry,
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    id: str
    has: tuple[str, ...]
    pattern: str | None
    agent: str
    skills: tuple[str, ...]
    weight: float

    @property
    def regex(self) -> re.Pattern[str] | None:
        return _compiled(self.pattern) if self.pattern else None


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


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
    entry: str

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Context:
        id_, words, near, within, unless, means, entry = row
        return cls(id_, frozenset(words), frozenset(near), within, frozenset(unless), means, entry)


@dataclass(frozen=True, kw_only=True)
class Owner:
    between: frozenset[str]
    phrases: frozenset[str]
    agent: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Skill:
    built: bool
    writes_migration: bool


@dataclass(frozen=True, kw_only=True)
class Agent:
    """`explicit`: the agent says itself what it is for; otherwise its terms were read from its description."""

    name: str
    about: str
    hands_off_to: tuple[str, ...]
    explicit: bool


class Lexicon:
    """What the router knows. Two lexicons of one image answer alike."""

    def __init__(self, image: Mapping[str, Any]) -> None:
        self.sha256: str = image["sha256"]
        self.same: Mapping[str, str] = image["same"]
        self._read_lists(image)
        self.agents = {
            name: Agent(name=name, about=about, hands_off_to=tuple(after), explicit=explicit)
            for name, about, after, explicit in image["agents"]
        }
        self.skills = {
            name: Skill(built=built, writes_migration=writes) for name, (built, writes) in image["skills"].items()
        }
        self.signatures = [Signature(i, tuple(h), p, a, tuple(s), w) for i, h, p, a, s, w in image["signatures"]]
        self.grams: Mapping[str, Sequence[Sequence[int]]] = image["grams"]
        self.symptoms = [Symptom(i, f, s, n, o, a, tuple(k), w) for i, f, s, n, o, a, k, w in image["symptoms"]]
        self.contexts = [Context.from_row(row) for row in image["contexts"]]
        self.contexts_by_key: Mapping[str, Sequence[int]] = image["contexts_by_key"]
        self.owners = [
            Owner(between=frozenset(between), phrases=frozenset(phrases), agent=agent, because=because)
            for between, phrases, agent, because in image["owners"]
        ]
        self.signals: Sequence[Mapping[str, Any]] = image["signals"]
        self.typos = Typos(image["repairable"], image["not_typos"])
        self.vocabulary = frozenset(cast("list[str]", image["vocabulary"]))
        self.by_key: Mapping[str, Sequence[Sequence[int]]] = image["by_key"]
        self.by_prefix: Mapping[str, Sequence[Sequence[int]]] = image["by_prefix"]
        self.prefix_lengths: Sequence[int] = image["prefix_lengths"]
        self.head_length = self.prefix_lengths[0] if self.prefix_lengths else 0
        self.heads = frozenset(prefix[: self.head_length] for prefix in self.by_prefix)
        self.terms: Mapping[str, Mapping[str, float]] = image["terms"]
        self.pairs: Mapping[str, Mapping[str, float]] = image["pairs"]
        self.warnings: Sequence[str] = image["warnings"]
        self.learned = Learned(image["learned"]) if image.get("learned") else None
        self.keys: dict[str, tuple[str, ...]] = {}
        self._rows: Sequence[Sequence[Any]] = image["rules"]
        self._rules: dict[int, Rule] = {}

    def _read_lists(self, image: Mapping[str, Sequence[str]]) -> None:
        self.fillers = frozenset(image["fillers"])
        self.openers = frozenset(image["openers"])
        self.imperatives = tuple(image["imperatives"])
        self.connectors = tuple(image["connectors"])
        self.reversers = tuple(image["reversers"])
        self.postponers = tuple(image["postponers"])

    @property
    def rules(self) -> list[Rule]:
        return [self.rule(number) for number in range(len(self._rows))]

    def rule(self, number: int) -> Rule:
        found = self._rules.get(number)
        if found is None:
            found = self._rules[number] = Rule.from_row(self._rows[number])
        return found

    def extended(self, rule: Rule) -> Lexicon:
        """This lexicon with one rule more, found by its first word."""
        more = copy.copy(self)
        more._rows, more._rules = [*self._rows, rule.as_row()], {}
        first = rule.pattern.elements[0]
        entry = (len(self._rows), 0, -1)
        more.by_key = {**self.by_key, **{key: [*self.by_key.get(key, ()), entry] for key in first.index_keys}}
        more.vocabulary = self.vocabulary.union(*(element.index_keys for element in rule.pattern.elements))
        return more

    def is_explicit(self, agent: str) -> bool:
        found = self.agents.get(agent)
        return found is None or found.explicit


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
    """The lexicon with the agents of the plugin under `root`, our own by default."""
    from orchestrator.plugin import paths

    return load_folders((((root or paths.root()) / "agents"),))


def load_folders(folders: tuple[Path, ...]) -> Lexicon:
    """The lexicon with every agent file below `folders`."""
    from orchestrator.router import cached

    return Lexicon(cached.image(folders))


def build(data: Mapping[str, Any], agents: Sequence[Candidate]) -> Lexicon:
    """The lexicon of `data` (of lexicon.schema.json) and of the agents' own phrases. An entry may name any agent."""
    from orchestrator.router import image

    return Lexicon(image.of(data, agents))
