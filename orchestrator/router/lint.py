"""Whether the lexicon is sound: its schema, its names, no phrase twice, and an example for every entry."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import definitions
from orchestrator.plugin.check import Checked
from orchestrator.plugin.problems import Problem
from orchestrator.plugin.validation import validate
from orchestrator.router import answer, candidates, image, lexicon, shipped
from orchestrator.router.decision import NONE
from orchestrator.router.pattern import compile_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from orchestrator.router.candidates import Candidate
    from orchestrator.router.examples import Example
    from orchestrator.router.shipped import Line

FOLDER = "orchestrator/router"


def lint(root: Path) -> tuple[list[Checked], list[Problem]]:
    """The data files that were read, and what is wrong with them, with the agents, skills and examples of `root`."""
    import yaml

    checked: list[Checked] = []
    problems: list[Problem] = []
    for path in lexicon.data_files():
        content = path.read_bytes()
        file = definitions.shown(path, root)
        checked.append(_checked(file, content))
        document = yaml.load(content, Loader=yaml.CSafeLoader)
        problems += [problem.at(file, 0, 0) for problem in validate(document, "lexicon")]
    if not problems:
        data = lexicon.read_data()
        agents = candidates.read(candidates.files([root / "agents"]), data["keyword_fields"]).agents
        problems = [*_names(data, agents, root), *_phrases(data, agents)]
        lines = shipped.read(root)
        if lines and not problems:
            problems = list(_examples(data, agents, lines))
    return checked, problems


def lint_examples(found: Mapping[str, Example], router: answer.Router, file: str) -> Iterator[Problem]:
    """The examples of a project that the words alone would route elsewhere, or whose agent is gone."""
    plain = answer.Router(lexicon=router.lexicon, prior=router.prior, labelled={})
    for example in found.values():
        if example.agent != NONE and example.agent not in router.lexicon.agents:
            message = f'"{example.task}" is labelled with "{example.agent}", which is not there'
            yield _problem("unknown-agent", message, "Label it anew with orchestrate feedback.", file, example.line)
            continue
        line = shipped.Line(
            task=example.task, agent=example.agent, skill=example.skill, must=True, file=file, line=example.line
        )
        yield from _judged(line, plain)


def _checked(file: str, content: bytes) -> Checked:
    digest = hashlib.sha256(content).hexdigest()
    return Checked(file=file, kind="lexicon", name=None, version=None, sha256=digest, loads=(), ignores=())


def _names(data: Mapping[str, Any], agents: Sequence[Candidate], root: Path) -> Iterator[Problem]:
    built = {path.parent.name for path in definitions.skill_paths(root)}
    skills = data["skills"]
    for name, entry in skills.items():
        if entry["built"] != (name in built):
            yield _problem("built-wrong", f'skill "{name}" says built: {entry["built"]}', "Set it to what is there.")
    for name in sorted(built - set(skills)):
        yield _problem("unlisted-skill", f'skill "{name}" is not in skills.yaml', "Add it with built: true.")
    known = {NONE} | {found.name for found in agents}
    named = [*data["lexicon"], *data["signatures"], *data["symptoms"], *data["signals"]]
    for entry in [*named, *(phrase for agent in agents for phrase in agent.phrases)]:
        where = str(entry.get("id") or entry.get("file") or entry.get("phrase") or entry["phrases"][0])
        if "agent" in entry and entry["agent"] not in known:
            message = f'"{where}" names the agent "{entry["agent"]}"'
            yield _problem("unknown-agent", message, "Use an agent that is there.")
        for name in entry.get("skills", ()):
            if name not in skills:
                yield _problem("unknown-skill", f'"{where}" names the skill "{name}"', "Add it to skills.yaml.")
    yield from _references(data, known)


def _references(data: Mapping[str, Any], agents: set[str]) -> Iterator[Problem]:
    for symptom in data["symptoms"]:
        for name in (symptom["first"], symptom["second"]):
            if name.removeprefix("@") not in data["classes"]:
                yield _problem("unknown-class", f'"{symptom["id"]}" names {name}', "Add the class.")
    for owner in data["ownership"]:
        for name in (*owner["between"], owner["owner"]):
            if name not in agents:
                message = f'ownership of "{owner["phrases"][0]}" names the agent "{name}"'
                yield _problem("unknown-agent", message, "Use an agent that is there.")


def _phrases(data: Mapping[str, Any], agents: Sequence[Candidate]) -> Iterator[Problem]:
    """Phrases that cannot be read, stand twice, or mean the same words as one of another weight."""
    entries = [(entry, phrase, entry["agent"]) for entry in data["lexicon"] for phrase in entry["phrases"]]
    entries += [(entry, str(entry["phrase"]), agent.name) for agent in agents for entry in agent.phrases]
    written = Counter((agent, " ".join(phrase.lower().split())) for _, phrase, agent in entries)
    for (agent, phrase), count in written.items():
        if count > 1:
            yield _problem("duplicate-phrase", f'"{phrase}" of {agent} stands {count} times', "Keep one.")
    same = image.same_words(data)
    weights: dict[object, dict[float, str]] = defaultdict(dict)
    for entry, phrase, agent in entries:
        try:
            elements = compile_phrase(phrase, same).elements
        except ValueError as error:
            yield _problem("bad-phrase", str(error), "Start and end a phrase with a word.")
            continue
        conditions = (entry.get("at"), tuple(entry.get("near", ())), tuple(entry.get("not_near", ())))
        weights[agent, elements, conditions][float(entry["weight"])] = phrase
    for (agent, *_), phrases in weights.items():  # type: ignore[misc]
        if len(phrases) > 1:
            light, heavy = phrases[min(phrases)], phrases[max(phrases)]
            message = f'"{light}" of {agent} is the same words as "{heavy}", which weighs more and always wins'
            yield _problem("shadowed-phrase", message, "Keep one of the two.")


def _examples(data: Mapping[str, Any], agents: Sequence[Candidate], lines: Sequence[Line]) -> Iterator[Problem]:
    """Examples that are routed wrongly, and entries that no example shows at work."""
    router = answer.Router(lexicon=lexicon.build(data, agents), prior={}, labelled={})
    for line in lines:
        yield from _judged(line, router)
    shown = {entry for line in lines for entry in exercised(router.route(line.task), router)}
    for entry, named in entries(data).items():
        if entry not in shown:
            message = f"no example of tests/routes shows {named} at work"
            problem = _problem("no-example", message, "Add a request that needs it to tests/routes.")
            yield replace(problem, severity="warning")


def _judged(line: Line, router: answer.Router) -> Iterator[Problem]:
    fault = line.fault(router.route(line.task))
    if fault:
        fix = "Mend the phrases of the agent, or the example. orchestrate feedback proposes a phrase."
        yield _problem("wrong-route", f'"{line.task}" {fault}', fix, line.file, line.line)


def entries(data: Mapping[str, Any]) -> dict[str, str]:
    """Every item of the data files that an example must show, and how to call it."""
    found = {f"lexicon/{n}": f'the phrases from "{e["phrases"][0]}"' for n, e in enumerate(data["lexicon"])}
    found |= {f"signature:{e['id']}": f"the signature {e['id']}" for e in data["signatures"]}
    found |= {f"symptom:{e['id']}": f"the symptom {e['id']}" for e in data["symptoms"]}
    found |= {f"negatives/{n}": f'the negative "{e["word"]}" ({e["means"]})' for n, e in enumerate(data["negatives"])}
    return found


def exercised(found: answer.Route, router: answer.Router) -> Iterator[str]:
    """The items that decided or took a meaning away in this answer, and those that the parts of it show."""
    yield from (hit.entry or hit.rule for hit in found.matched)
    yield from (entry.entry for entry in found.suppressed)
    for segment in found.segments:
        yield from (hit.entry or hit.rule for hit in router.route(segment.text).matched)


def _problem(code: str, message: str, fix: str, file: str = FOLDER, line: int = 0) -> Problem:
    return Problem(code=code, message=message, fix=fix, file=file, line=line)
