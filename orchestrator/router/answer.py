"""`route`: the agent and the skills for a task, and every word that decided it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from orchestrator.router import examples, question
from orchestrator.router import lexicon as lexicons
from orchestrator.router.decision import NONE, THRESHOLD, Decision, RankedSkill, Scored, decide, skills
from orchestrator.router.match import in_order, match
from orchestrator.router.segments import cut, without_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from orchestrator.router.examples import Example
    from orchestrator.router.lexicon import Lexicon
    from orchestrator.router.match import Hit, Matches, Suppressed


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One part of a compound task, in the order of the work."""

    text: str
    start: int
    end: int
    agent: str
    skills: tuple[RankedSkill, ...]
    score: float
    hands_off_to: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "text": self.text,
            "span": [self.start, self.end],
            "agent": self.agent,
            "skills": [skill.as_json() for skill in self.skills],
            "score": self.score,
            "hands_off_to": list(self.hands_off_to),
        }


@dataclass(frozen=True, kw_only=True)
class Route:
    """`agent` is a name or "none". With none, `nearest` and `question` say what to ask."""

    task: str
    agent: str
    skills: tuple[RankedSkill, ...]
    score: float
    lead: float
    matched: tuple[Hit, ...]
    suppressed: tuple[Suppressed, ...]
    runner_up: Scored | None
    nearest: tuple[Scored, ...]
    question: str | None
    decided_by: str
    segments: tuple[Segment, ...]
    hands_off_to: tuple[str, ...]
    lexicon_sha: str

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": "route",
            "task": self.task,
            "agent": self.agent,
            "skills": [skill.as_json() for skill in self.skills],
            "score": self.score,
            "lead": self.lead,
            "threshold": THRESHOLD,
            "matched": [_hit_json(hit, self.task) for hit in self.matched],
            "suppressed": [_suppressed_json(entry, self.task) for entry in self.suppressed],
            "runner_up": self.runner_up.as_json() if self.runner_up else None,
            "nearest": [entry.as_json() for entry in self.nearest],
            "question": self.question,
            "decided_by": self.decided_by,
            "segments": [segment.as_json() for segment in self.segments],
            "hands_off_to": list(self.hands_off_to),
            "lexicon_sha": self.lexicon_sha,
        }


@dataclass(frozen=True, kw_only=True)
class Router:
    """A lexicon, how far a project leans to each agent, and what that project has corrected."""

    lexicon: Lexicon
    prior: Mapping[str, float]
    labelled: Mapping[str, Example]

    def route(self, task: str) -> Route:
        """Who is meant for `task`. The same task and router always give the same answer."""
        whole = match(task, self.lexicon)
        label = self.labelled.get(examples.normal(task)) if self.labelled else None
        if label and (label.agent == NONE or label.agent in self.lexicon.agents):
            return _labelled(task, whole, label, self.lexicon, self.prior)
        segments = _segments(task, self.lexicon, self.prior)
        if len({segment.agent for segment in segments}) > 1:
            decision = Decision(
                agent=segments[0].agent,
                decided_by="order: first of the parts of a compound task",
                ranking=_with_lead(segments),
                lead=0.0,
            )
            return _route(task, whole, decision, segments, self.lexicon)
        decision = decide(whole, self.lexicon, self.prior)
        return _route(task, whole, decision, (), self.lexicon)


def router(
    *,
    root: Path | None = None,
    agents: Sequence[Path] = (),
    project: Path | None = None,
    context: Path | None = None,
) -> Router:
    """`root` is the plugin whose agents are asked, our own by default; `agents` are folders to take instead.

    Files in `project` lean the answer a little. `context` is the store with the project's own examples.
    """
    lexicon = lexicons.load_folders(tuple(agents)) if agents else lexicons.load(root)
    prior = signals(project, lexicon) if project else {}
    return Router(lexicon=lexicon, prior=prior, labelled=examples.read(context) if context else {})


def route(task: str, *, root: Path | None = None, project: Path | None = None) -> Route:
    """Who is meant for `task` in `project`, whose examples count as well."""
    from orchestrator.memory.location import locate

    return router(root=root, project=project, context=locate(project) if project else None).route(task)


def signals(project: Path, lexicon: Lexicon) -> dict[str, float]:
    """How far the files of `project` lean to each agent, at most 1.0."""
    prior: dict[str, float] = {}
    for signal in lexicon.signals:
        if next(iter(project.glob(signal["file"])), None) is not None:
            prior[signal["agent"]] = min(1.0, prior.get(signal["agent"], 0.0) + signal["weight"])
    return prior


def _labelled(task: str, whole: Matches, label: Example, lexicon: Lexicon, prior: Mapping[str, float]) -> Route:
    """The answer that the project has given itself, with what the words say beside it."""
    ranking = decide(whole, lexicon, prior).ranking
    scores = {entry.agent: entry.score for entry in ranking}
    others = max((score for agent, score in scores.items() if agent != label.agent), default=0.0)
    lead = round(max(0.0, scores.get(label.agent, 0.0) - others), 2)
    by = f"example: labelled in line {label.line} of routing/examples.jsonl"
    found = _route(task, whole, Decision(agent=label.agent, decided_by=by, ranking=ranking, lead=lead), (), lexicon)
    if label.agent == NONE:
        return replace(
            found, question=f"Line {label.line} of routing/examples.jsonl gives it to nobody: is that still so?"
        )
    if label.skill is None:
        return found
    known = lexicon.skills.get(label.skill)
    named = [skill for skill in found.skills if skill.name == label.skill]
    first = named[0] if named else RankedSkill(name=label.skill, score=0.0, built=bool(known and known.built))
    chosen = (first, *(skill for skill in found.skills if skill.name != label.skill))
    return replace(found, skills=chosen, hands_off_to=_reviewers(label.agent, chosen, lexicon))


def _route(task: str, whole: Matches, decision: Decision, segments: tuple[Segment, ...], lexicon: Lexicon) -> Route:
    chosen = segments[0].skills if segments else skills(whole, decision.agent, lexicon)
    others = [entry for entry in decision.ranking if entry.agent != decision.agent]
    none = decision.agent == NONE
    score = next((entry.score for entry in decision.ranking if entry.agent == decision.agent or none), 0.0)
    nearest = question.nearest(decision.ranking, lexicon) if none else ()
    return Route(
        task=task,
        agent=decision.agent,
        skills=chosen,
        score=score,
        lead=decision.lead,
        matched=tuple(in_order([*whole.hits, *decision.learned])),
        suppressed=tuple(whole.suppressed),
        runner_up=others[0] if others and not none else None,
        nearest=nearest,
        question=question.ask(nearest, whole, lexicon) if none else None,
        decided_by=decision.decided_by,
        segments=segments,
        hands_off_to=_after(segments) if segments else _reviewers(decision.agent, chosen, lexicon),
        lexicon_sha=lexicon.sha256,
    )


def _segments(task: str, lexicon: Lexicon, prior: Mapping[str, float]) -> tuple[Segment, ...]:
    """Parts that have an agent of their own; neighbours of one agent are one part, and parts without one join them."""
    groups: list[tuple[str, int, int]] = []
    parts = cut(task, lexicon)
    if len(parts) == 1:
        return ()
    for part in parts:
        # Only what the rules say makes a part: single words say too little of a few of them.
        matches = replace(match(task[part.start : part.end], lexicon), learned=())
        agent = decide(matches, lexicon, prior).agent
        if groups and agent in (NONE, groups[-1][0]):
            groups[-1] = (groups[-1][0], min(groups[-1][1], part.start), max(groups[-1][2], part.end))
        elif agent != NONE and part.first and groups:
            groups.insert(len(groups) - 1, (agent, part.start, part.end))
        elif agent != NONE:
            groups.append((agent, part.start, part.end))
    if len({agent for agent, _, _ in groups}) < 2:
        return ()
    return _handing_off([_segment(task, group, lexicon, prior) for group in groups], lexicon)


def _segment(task: str, group: tuple[str, int, int], lexicon: Lexicon, prior: Mapping[str, float]) -> Segment:
    agent, start, end = group
    text = task[start:end]
    matches = match(text, lexicon)
    score = next((one.score for one in decide(matches, lexicon, prior).ranking if one.agent == agent), 0.0)
    chosen = skills(matches, agent, lexicon)
    said = without_mark(text).strip()
    start += text.index(said)
    end = start + len(said)
    return Segment(text=said, start=start, end=end, agent=agent, skills=chosen, score=score, hands_off_to=())


def _handing_off(segments: Sequence[Segment], lexicon: Lexicon) -> tuple[Segment, ...]:
    """Each part hands off to the next; a part that writes a migration also to whoever reviews it."""
    done = []
    for index, segment in enumerate(segments):
        following = [segments[index + 1].agent] if index + 1 < len(segments) else []
        reviewers = [name for name in _reviewers(segment.agent, segment.skills, lexicon) if name not in following]
        done.append(replace(segment, hands_off_to=(*reviewers, *following)))
    return tuple(done)


def _reviewers(agent: str, chosen: Iterable[RankedSkill], lexicon: Lexicon) -> tuple[str, ...]:
    writes = any(lexicon.skills[skill.name].writes_migration for skill in chosen if skill.name in lexicon.skills)
    return lexicon.agents[agent].hands_off_to if writes and agent in lexicon.agents else ()


def _after(segments: Sequence[Segment]) -> tuple[str, ...]:
    names = [name for segment in segments for name in segment.hands_off_to]
    return tuple(dict.fromkeys(names))


def _with_lead(segments: Sequence[Segment]) -> tuple[Scored, ...]:
    best: dict[str, float] = {}
    for segment in segments:
        best[segment.agent] = max(segment.score, best.get(segment.agent, 0.0))
    return tuple(Scored(agent=agent, score=score) for agent, score in best.items())


def _hit_json(hit: Hit, task: str) -> dict[str, object]:
    return {
        "rule": hit.rule,
        "span": [hit.start, hit.end],
        "text": task[hit.start : hit.end],
        "weight": hit.weight,
        "agent": hit.agent,
        "skill": hit.skills[0] if hit.skills else None,
    }


def _suppressed_json(entry: Suppressed, task: str) -> dict[str, object]:
    return {
        "rule": entry.hit.rule,
        "span": [entry.hit.start, entry.hit.end],
        "text": task[entry.hit.start : entry.hit.end],
        "agent": entry.hit.agent,
        "because": entry.because,
    }
