"""A collection of agents that does not exist, and requests for each of them: four agents for every domain of a table.

They differ as agents of real collections do: some are known by their domain, some also by the kind of work, and their
descriptions come in the forms that people use.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "domains.txt"


@dataclass(frozen=True, kw_only=True)
class Domain:
    name: str
    title: str
    terms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Work:
    """A kind of work: how descriptions call it, and how requests do, with other words around it."""

    name: str
    described: str
    requests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Agent:
    name: str
    text: str
    requests: tuple[str, ...]


WORKS = (
    Work(
        name="performance",
        described="makes {title} fast: profiling, latency, throughput and memory use, for {terms}",
        requests=(
            "profile our {term}, it takes too much memory",
            "the latency of {term} doubled since last week",
            "more throughput for {title} please",
        ),
    ),
    Work(
        name="security",
        described="finds vulnerabilities in {title}, hardens permissions and secrets, for {terms}",
        requests=(
            "are there vulnerabilities in our {term}",
            "harden {title} and check who has which permissions",
            "someone put secrets into {term}",
        ),
    ),
    Work(
        name="upgrades",
        described="upgrades {title} to new versions: deprecations, breaking changes, staged rollouts, for {terms}",
        requests=(
            "upgrade {title} to the newest version",
            "deprecations in {term} have to go before the upgrade",
            "plan the rollout of the new version of {term}",
        ),
    ),
    Work(
        name="testing",
        described="writes tests for {title}: fixtures, mocks, flaky suites and coverage, for {terms}",
        requests=(
            "our suite for {term} is flaky",
            "raise the coverage of {title}",
            "we need fixtures and mocks for {term}",
        ),
    ),
)
FORMS = (
    "Expert who {described}. Use PROACTIVELY for {title}.",
    "Use this agent when someone {described}. Not for {other}.",
    r"Senior specialist. {Described}.\n\nExamples:\n<example>\nContext: work on {title}.\nuser: \"{example}\"\n"
    r"assistant: \"I will use the {name} agent.\"\n</example>",
    "{Described}. MUST BE USED for every {title} request. Keywords: {keywords}",
)


def domains() -> list[Domain]:
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    split = (line.split("|") for line in lines)
    return [Domain(name=name, title=title, terms=tuple(terms.split("; "))) for name, title, terms in split]


def agents(count: int, seed: int = 7) -> list[Agent]:
    """The first `count` agents of the table, always the same ones for one seed."""
    chance = random.Random(seed)  # noqa: S311
    every = domains()
    pairs = [(domain, work) for work in WORKS for domain in every]
    # All works of the first domains come before the next domain.
    pairs.sort(key=lambda pair: every.index(pair[0]))
    return [_agent(domain, work, every, chance) for domain, work in pairs[:count]]


def _agent(domain: Domain, work: Work, every: Sequence[Domain], chance: random.Random) -> Agent:
    name = f"{domain.name}-{work.name}"
    described = work.described.format(title=domain.title, terms=", ".join(domain.terms[:4]))
    description = chance.choice(FORMS).format(
        described=described,
        Described=described[0].upper() + described[1:],
        title=domain.title,
        other=chance.choice(every).title,
        example=work.requests[0].format(title=domain.title, term=domain.terms[4]),
        name=name,
        keywords=", ".join([domain.name, *domain.terms]),
    )
    text = f'---\nname: {name}\ndescription: "{description}"\ntools: Read, Grep\n---\nYou work on {domain.title}.\n'
    return Agent(name=name, text=text, requests=tuple(_requests(domain, work)))


def _requests(domain: Domain, work: Work) -> Iterator[str]:
    """Requests with one term of the domain each; the fifth term is in few descriptions, so it is left out."""
    for form, term in zip(work.requests, domain.terms, strict=False):
        yield form.format(title=domain.title, term=term)


def write(folder: Path, made: Sequence[Agent]) -> None:
    """The agents as files, in folders of fifty."""
    for number, agent in enumerate(made):
        parent = folder / f"part-{number // 50:02d}" / "agents"
        parent.mkdir(parents=True, exist_ok=True)
        (parent / f"{agent.name}.md").write_text(agent.text, encoding="utf-8")
