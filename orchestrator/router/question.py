"""With no agent: the nearest ones, and the one question whose answer would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.router.decision import NONE, THRESHOLD, Scored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.match import Matches

NEAREST = 3
CLOSE = 1.0


def nearest(ranking: Sequence[Scored], lexicon: Lexicon) -> tuple[Scored, ...]:
    """The three agents with the highest score, by name where it is the same."""
    scored = {entry.agent: entry.score for entry in ranking if entry.agent in lexicon.agents}
    first = sorted(scored, key=lambda name: (-scored[name], name))[:NEAREST]
    rest = [] if len(first) == NEAREST else [name for name in sorted(lexicon.agents) if name not in scored]
    return tuple(Scored(agent=name, score=scored.get(name, 0.0)) for name in [*first, *rest][:NEAREST])


def ask(near: Sequence[Scored], whole: Matches, lexicon: Lexicon) -> str:
    named = [entry for entry in near if entry.score > 0]
    if whole.suppressed and (not named or named[0].score < THRESHOLD):
        return _after_all(whole, lexicon)
    if not named:
        return _open(whole, near, lexicon)
    if len(named) > 1 and named[0].score - named[1].score < CLOSE:
        close = [entry.agent for entry in named if named[0].score - entry.score < CLOSE]
        return f"Is it about {_either([_about(agent, lexicon) for agent in close])}?"
    first = named[0].agent
    words = list(dict.fromkeys(_said(whole, hit.places) for hit in whole.hits if hit.agent == first and hit.places))
    only = f' Only "{words[0]}" points there.' if len(words) == 1 else ""
    return f"Is it about {_about(first, lexicon)}?{only}"


def _after_all(whole: Matches, lexicon: Lexicon) -> str:
    """About the first word that was read as something else."""
    entry = next((each for each in whole.suppressed if each.hit.agent != NONE), whole.suppressed[0])
    owner = lexicon.agents.get(entry.hit.agent)
    about = owner.about if owner and owner.about else entry.hit.agent
    return f'"{_said(whole, entry.hit.places)}" was read as {entry.because}: is it about {about} after all?'


def _open(whole: Matches, near: Sequence[Scored], lexicon: Lexicon) -> str:
    if not whole.words:
        return "What is to be done?"
    if len(lexicon.agents) > NEAREST or not near:
        return f"What is it about? None of its words is known to any of the {len(lexicon.agents)} agents."
    return f"Which is it about: {_either([_about(entry.agent, lexicon) for entry in near])}?"


def _about(agent: str, lexicon: Lexicon) -> str:
    about = lexicon.agents[agent].about if agent in lexicon.agents else ""
    return f"{about.rstrip('.?!')} ({agent})" if about else agent


def _either(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"{', '.join(options[:-1])} or {options[-1]}"


def _said(whole: Matches, places: Sequence[int]) -> str:
    return " ".join(whole.words[place].text for place in places[:4])
