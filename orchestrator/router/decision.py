"""From rules that hold to one agent: scores, the lead that is needed, and who wins when two are close."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.match import Hit, Matches

THRESHOLD = 2.5
LEAD = 1.0
HINT = 2.0  # words below this weight are hints: together they add at most this much, so hints alone never route
LEAST = 1.5  # points of single words below this change nothing
SURE = 5.0
PLAIN_HINT, PLAIN_LEAD = 1.0, 0.3  # the same for agents whose words were read from their description: they weigh finer
SKILLED = "database-engineer"  # whose skills the examples name
NEAR = 0.5  # part of the first skill's points that a skill needs which only words speak for
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
    """`ranking` has every agent with a score, best first. `learned` are the words that changed what the rules say."""

    agent: str
    decided_by: str
    ranking: tuple[Scored, ...]
    lead: float
    learned: tuple[Hit, ...] = ()


def decide(matches: Matches, lexicon: Lexicon, prior: Mapping[str, float]) -> Decision:
    """The agent for `matches`. `prior` (from the project) counts only for agents that the words already name.

    What was learned of single words counts where it leads to another agent than the rules do, except against a rule
    with which only one agent can be meant.
    """
    ranking = rank(matches.hits, prior, lexicon)
    by_rules = _by_rules(matches, ranking, lexicon)
    if not matches.learned or any(hit.agent == by_rules.agent and hit.weight >= SURE for hit in matches.hits):
        return by_rules
    agent = matches.learned[0].agent
    points = sum(hit.weight for hit in matches.learned)
    scores = {entry.agent: entry.score for entry in ranking}
    scores[agent] = round(scores.get(agent, 0.0) + points, 2)
    others = max((score for other, score in scores.items() if other != agent), default=0.0)
    if agent == by_rules.agent or points < LEAST or scores[agent] < THRESHOLD or scores[agent] <= others:
        return by_rules
    return Decision(
        agent=agent,
        decided_by=f"words: {', '.join(hit.rule.removeprefix('word:') for hit in matches.learned)}",
        ranking=_ranked(scores),
        lead=round(scores[agent] - others, 2),
        learned=tuple(matches.learned),
    )


def _by_rules(matches: Matches, ranking: tuple[Scored, ...], lexicon: Lexicon) -> Decision:
    if not ranking or ranking[0].score < THRESHOLD:
        return Decision(agent=NONE, decided_by="none: no agent reaches the threshold", ranking=ranking, lead=0.0)
    if ranking[0].agent == NONE:
        return Decision(agent=NONE, decided_by="none: the words name nobody's ground", ranking=ranking, lead=0.0)
    second = ranking[1].score if len(ranking) > 1 else 0.0
    lead = round(ranking[0].score - second, 2)
    if lead >= LEAD or ranking[1].agent == NONE:
        return Decision(agent=ranking[0].agent, decided_by="score", ranking=ranking, lead=lead)
    if lead >= PLAIN_LEAD and not all(lexicon.is_explicit(entry.agent) for entry in ranking[:2]):
        return Decision(agent=ranking[0].agent, decided_by="score", ranking=ranking, lead=lead)
    agent, reason = _tie(matches, lexicon, ranking[0].agent, ranking[1].agent)
    return Decision(agent=agent, decided_by=reason, ranking=ranking, lead=lead)


def rank(hits: Sequence[Hit], prior: Mapping[str, float], lexicon: Lexicon) -> tuple[Scored, ...]:
    scores: dict[str, float] = defaultdict(float)
    hints: dict[str, float] = defaultdict(float)
    limits = {hit.agent: HINT if lexicon.is_explicit(hit.agent) else PLAIN_HINT for hit in hits}
    for hit in hits:
        if hit.weight < limits[hit.agent]:
            hints[hit.agent] += hit.weight
        else:
            scores[hit.agent] += hit.weight
    for agent, hint in hints.items():
        scores[agent] += min(hint, limits[agent])
    return _ranked({agent: round(score + min(prior.get(agent, 0.0), 1.0), 2) for agent, score in scores.items()})


def _ranked(scores: Mapping[str, float]) -> tuple[Scored, ...]:
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0] != NONE, item[0]))
    return tuple(Scored(agent=agent, score=score) for agent, score in ordered)


def skills(matches: Matches, agent: str, lexicon: Lexicon) -> tuple[RankedSkill, ...]:
    """Skills that the agent's rules ask for, best first. A rule's second skill counts half, its third a third.

    What was learned of skills from examples is added for the agent whose skills they are. A skill that no rule names
    stays only if it comes near the first.

    The skill of a phrase that opens the request (remember: ...) comes first: the rest is what the work is about.
    """
    scores: dict[str, float] = defaultdict(float)
    leading = {name for hit in matches.hits if hit.agent == agent and hit.leading for name in hit.skills[:1]}
    if agent == SKILLED:
        scores.update({name: points for name, points in matches.leaning().items() if points > 0})
    for hit in matches.hits:
        if hit.agent == agent:
            for position, name in enumerate(hit.skills, start=1):
                scores[name] += hit.weight / position
    named = {name for hit in matches.hits if hit.agent == agent for name in hit.skills}
    least = NEAR * max(scores.values(), default=0.0)
    scores = {name: score for name, score in scores.items() if name in named or score >= least}
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
    for owner in lexicon.owners:
        if owner.between == {first, second} and not owner.phrases.isdisjoint(matches.owned):
            return owner.agent, f"ownership: {owner.because}"
    starts = {agent: min(hit.start for hit in matches.hits if hit.agent == agent) for agent in (first, second)}
    if starts[first] != starts[second]:
        earlier = min((first, second), key=starts.__getitem__)
        return earlier, "position: named first in the task"
    return NONE, f"none: {first} and {second} fit alike"
