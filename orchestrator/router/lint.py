"""Whether the lexicon is sound: its schema, its names, and no phrase that says the same thing twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import definitions
from orchestrator.plugin.check import Checked
from orchestrator.plugin.problems import Problem
from orchestrator.plugin.validation import validate
from orchestrator.router import lexicon
from orchestrator.router.decision import NONE
from orchestrator.router.pattern import compile_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def lint(root: Path) -> tuple[list[Checked], list[Problem]]:
    """The data files that were read, and what is wrong with them. Agents and skills are those under `root`."""
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
        problems = list(_names(lexicon.read_data(), root))
    return checked, problems


def _checked(file: str, content: bytes) -> Checked:
    digest = hashlib.sha256(content).hexdigest()
    return Checked(file=file, kind="lexicon", name=None, version=None, sha256=digest, loads=(), ignores=())


def _names(data: Mapping[str, Any], root: Path) -> Iterator[Problem]:
    agents = {NONE} | {found.name for found in definitions.read_agents(root)}
    built = {found.name for found in definitions.read_skills(root)}
    skills = data["skills"]
    for name, entry in skills.items():
        if entry["built"] != (name in built):
            yield _problem("built-wrong", f'skill "{name}" says built: {entry["built"]}', "Set it to what is there.")
    for name in sorted(built - set(skills)):
        yield _problem("unlisted-skill", f'skill "{name}" is not in skills.yaml', "Add it with built: true.")
    for entry in [*data["lexicon"], *data["signatures"], *data["symptoms"], *data["signals"]]:
        where = str(entry.get("id") or entry.get("file") or entry["phrases"][0])
        if entry["agent"] not in agents:
            yield _problem(
                "unknown-agent", f'"{where}" names the agent "{entry["agent"]}"', "Use an agent that is there."
            )
        for name in entry.get("skills", ()):
            if name not in skills:
                yield _problem("unknown-skill", f'"{where}" names the skill "{name}"', "Add it to skills.yaml.")
    yield from _classes(data)
    yield from _phrases(data, root)


def _classes(data: Mapping[str, Any]) -> Iterator[Problem]:
    for symptom in data["symptoms"]:
        for name in (symptom["first"], symptom["second"]):
            if name.removeprefix("@") not in data["classes"]:
                yield _problem("unknown-class", f'"{symptom["id"]}" names {name}', "Add the class.")


def _phrases(data: Mapping[str, Any], root: Path) -> Iterator[Problem]:
    pairs = [(entry["agent"], phrase) for entry in data["lexicon"] for phrase in entry["phrases"]]
    for agent in definitions.read_agents(root):
        pairs += [(agent.name, str(entry["phrase"])) for entry in agent.routing.phrases]
    for (agent, phrase), count in Counter(pairs).items():
        if count > 1:
            yield _problem("duplicate-phrase", f'"{phrase}" of {agent} stands {count} times', "Keep one.")
        try:
            compile_phrase(phrase, {})
        except ValueError as error:
            yield _problem("bad-phrase", str(error), "Start and end a phrase with a word.")


def _problem(code: str, message: str, fix: str) -> Problem:
    return Problem(code=code, message=message, fix=fix, file="orchestrator/router")
