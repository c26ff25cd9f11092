"""From rules that hold to one agent: scores, the lead that is needed, and who wins when two are close."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.router.match import find

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.match import Hit, Matches

THRESHOLD = 2.5
LEAD = 1.0
HINT = 2.0  # words below this weight are hints: together they add at most this much, so hints alone never route
NONE = "none"  # also the agent of phrases that are nobody's ground, so that they can outweigh a chance match


@dataclass(frozen=True, kw_only=True)
class Scored:
    agent: str
    score: float

    def as_json(self) -> dict[str, object]:
        return {"agent": self.agent, "score": self.score}


@dataclass(frozen=True, kw_only=True)
class RankedSkill:
    name: str
    score: float
    built: bool

    def as_json(self) -> dict[str, object]:
        return {"name": self.name, "score": self.score, "built": self.built}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`ranking` has every agent with a score, best first."""

    agent: str
    decided_by: str
    ranking: tuple[Scored, ...]
    lead: float


def decide(matches: Matches, lexicon: Lexicon, prior: Mapping[str, float]) -> Decision:
    """The agent for `matches`. `prior` (from the project) counts only for agents that the words already name."""
    ranking = rank(matches.hits, prior)
    if not ranking or ranking[0].score < THRESHOLD:
        return Decision(agent=NONE, decided_by="none: no agent reaches the threshold", ranking=ranking, lead=0.0)
    if ranking[0].agent == NONE:
        return Decision(agent=NONE, decided_by="none: the words name nobody's ground", ranking=ranking, lead=0.0)
    second = ranking[1].score if len(ranking) > 1 else 0.0
    lead = round(ranking[0].score - second, 2)
    if lead >= LEAD:
        return Decision(agent=ranking[0].agent, decided_by="score", ranking=ranking, lead=lead)
    if ranking[1].agent == NONE:
        return Decision(agent=ranking[0].agent, decided_by="score", ranking=ranking, lead=lead)
    agent, reason = _tie(matches, lexicon, ranking[0].agent, ranking[1].agent)
    return Decision(agent=agent, decided_by=reason, ranking=ranking, lead=lead)


def rank(hits: Sequence[Hit], prior: Mapping[str, float]) -> tuple[Scored, ...]:
    scores: dict[str, float] = defaultdict(float)
    hints: dict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.weight < HINT:
            hints[hit.agent] += hit.weight
        else:
            scores[hit.agent] += hit.weight
    for agent, hint in hints.items():
        scores[agent] += min(hint, HINT)
    leaning = {agent: round(score + min(prior.get(agent, 0.0), 1.0), 2) for agent, score in scores.items()}
    ordered = sorted(leaning.items(), key=lambda item: (-item[1], item[0] != NONE, item[0]))
    return tuple(Scored(agent=agent, score=score) for agent, score in ordered)


def skills(hits: Sequence[Hit], agent: str, lexicon: Lexicon) -> tuple[RankedSkill, ...]:
    """Skills that the agent's rules ask for, best first. A rule's second skill counts half, its third a third.

    The skill of a phrase that opens the request (remember: ...) comes first: the rest is what the work is about.
    """
    scores: dict[str, float] = defaultdict(float)
    leading = {name for hit in hits if hit.agent == agent and hit.leading for name in hit.skills[:1]}
    for hit in hits:
        if hit.agent == agent:
            for position, name in enumerate(hit.skills, start=1):
                scores[name] += hit.weight / position
    order = {name: index for index, name in enumerate(lexicon.skills)}
    ranked = sorted(
        scores.items(),
        key=lambda item: (item[0] not in leading, -round(item[1], 2), order.get(item[0], len(order)), item[0]),
    )
    return tuple(
        RankedSkill(name=name, score=round(score, 2), built=name in lexicon.skills and lexicon.skills[name].built)
        for name, score in ranked
    )


def _tie(matches: Matches, lexicon: Lexicon, first: str, second: str) -> tuple[str, str]:
    phrases = {found.rule.id for found in find(matches.words, lexicon) if found.rule.kind == "ownership"}
    for owner in lexicon.owners:
        if owner.between == {first, second} and any(rule.id in phrases for rule in owner.phrases):
            return owner.agent, f"ownership: {owner.because}"
    starts = {agent: min(hit.start for hit in matches.hits if hit.agent == agent) for agent in (first, second)}
    if starts[first] != starts[second]:
        earlier = min((first, second), key=starts.__getitem__)
        return earlier, "position: named first in the task"
    return NONE, f"none: {first} and {second} fit alike"
