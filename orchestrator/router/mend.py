"""The phrase that would have sent a task to the right agent, tried out before it is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal

from orchestrator.router import pattern, text
from orchestrator.router.decision import NONE
from orchestrator.router.lexicon import Rule

if TYPE_CHECKING:
    from orchestrator.router.answer import Route, Router
    from orchestrator.router.examples import Example
    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.shipped import Line

WEIGHTS = (4.0, 5.0)
MOST_TRIALS = 60
LONGEST = 3


@dataclass(frozen=True, kw_only=True)
class Mend:
    """An entry for the routing of `agent`: a phrase with a weight, or a negative, for words that misled."""

    kind: Literal["phrases", "negatives"]
    agent: str
    phrase: str
    weight: float | None
    skill: str | None

    @property
    def entry(self) -> str:
        """The line of YAML."""
        if self.weight is None:
            return f'- {{phrase: "{self.phrase}", means: something else}}'
        skills = f", skills: [{self.skill}]" if self.skill else ""
        return f'- {{phrase: "{self.phrase}", weight: {self.weight:g}{skills}}}'

    def as_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "agent": self.agent,
            "phrase": self.phrase,
            "weight": self.weight,
            "entry": self.entry,
        }


def propose(wanted: Example, router: Router, kept: Sequence[Line | Example]) -> Mend | None:
    """The first entry that gives the wanted answer and leaves the answers for `kept` as they are."""
    today = replace(router, labelled={})
    before = [today.route(each.task) for each in kept]
    for mend in islice(_trials(wanted, today), MOST_TRIALS):
        trial = replace(today, lexicon=today.lexicon.extended(rule(mend, today.lexicon)))
        if not _fits(wanted, trial.route(wanted.task)):
            continue
        if all(_same(trial.route(each.task), old) for each, old in zip(kept, before, strict=True)):
            return mend
    return None


def _fits(wanted: Example, found: Route) -> bool:
    return found.agent == wanted.agent and (not wanted.skill or [s.name for s in found.skills[:1]] == [wanted.skill])


def _same(found: Route, old: Route) -> bool:
    return (found.agent, found.skills[:1]) == (old.agent, old.skills[:1]) or found.agent == old.agent == NONE


def _trials(wanted: Example, today: Router) -> Iterator[Mend]:
    found = today.route(wanted.task)
    phrases = list(_phrases(wanted.task, today.lexicon))
    if wanted.agent != NONE:
        for weight in WEIGHTS:
            for phrase in phrases:
                yield Mend(kind="phrases", agent=wanted.agent, phrase=phrase, weight=weight, skill=wanted.skill)
    if found.agent not in (NONE, wanted.agent):
        for phrase in phrases:
            yield Mend(kind="negatives", agent=found.agent, phrase=phrase, weight=None, skill=None)


def rule(mend: Mend, lexicon: Lexicon) -> Rule:
    compiled = pattern.compile_phrase(mend.phrase, lexicon.same)
    if mend.weight is None:
        return Rule("negative", mend.phrase, compiled, mend.agent, means="something else")
    return Rule("phrase", mend.phrase, compiled, mend.agent, (mend.skill,) if mend.skill else (), mend.weight)


def _phrases(task: str, lexicon: Lexicon) -> Iterator[str]:
    """Two, three, then one of the words of the task that stand side by side, those nobody knows yet first."""
    words = [word for word in text.words(task, lexicon.same) if _is_content(word, lexicon)][:30]
    for length in (2, LONGEST, 1):
        runs = [words[at : at + length] for at in range(len(words) - length + 1)]
        runs = [run for run in runs if run[0].sentence == run[-1].sentence]
        unknown = {id(word) for word in words if lexicon.vocabulary.isdisjoint(word.keys)}
        for run in sorted(runs, key=lambda each: -sum(id(word) in unknown for word in each)):
            if length > 1 or len(run[0].text) > 3:
                yield " ".join(word.text for word in run)


def _is_content(word: text.Word, lexicon: Lexicon) -> bool:
    if word.text in lexicon.fillers or word.text in lexicon.openers:
        return False
    return word.text.replace("_", "").isalnum() and not word.text.isdigit()
