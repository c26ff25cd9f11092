"""`orchestrate agents`: what the agent and skill files say, and whether it holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.problems import Problem

KEPT = ("validated", "enforced", "executed", "proved", "prose")


@click.group("agents")
def command() -> None:
    """Check and show agent and skill files.

    \b
    Example:
      orchestrate agents check
    """


@command.command("check", epilog="Exit status: 0 nothing found, 1 findings, 2 a path that holds no agent or skill.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def check_command(*, paths: tuple[Path, ...], style: str, as_json: bool) -> None:
    """Hold the agents and skills in PATHS against their schemas and against each other.

    Without PATHS, the ones that come with this program and the lexicon of its router.

    \b
    Example:
      orchestrate agents check agents/database-engineer.md --format github
    """
    from orchestrator.plugin import paths as places
    from orchestrator.plugin.check import check
    from orchestrator.router.lint import lint

    root = places.root()
    report = check(root, [path.resolve() for path in paths])
    if not paths:
        checked, problems = lint(root)
        report.checked += checked
        report.problems += problems
    if as_json or style == "json":
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        for problem in report.problems:
            click.echo(_github(problem) if style == "github" else _text(problem))
        count = len(report.problems)
        click.echo(f"{len(report.checked)} files checked, {count or 'no'} finding{'s' if count != 1 else ''}", err=True)
    if report.problems:
        raise click.exceptions.Exit(1)


@command.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="The definition as one JSON object.")
def show_command(*, name: str, as_json: bool) -> None:
    """Show the agent NAME: version, hash, tools, skills, boundaries, budgets and hand-offs.

    \b
    Example:
      orchestrate agents show database-engineer
    """
    from orchestrator.plugin.definitions import load_agent

    agent = load_agent(name)
    if as_json:
        click.echo(json.dumps(_agent_json(agent), indent=2, ensure_ascii=False))
        return
    click.echo(f"{agent.name} {agent.version}  sha256 {agent.sha256[:12]}")
    click.echo(agent.description)
    for label, values in (
        ("tools", agent.tools),
        ("skills", agent.skills),
        ("may write", agent.boundaries.allow),
        ("may not write", agent.boundaries.forbid),
        ("receives from", agent.receives_from),
        ("hands off to", agent.hands_off_to),
    ):
        click.echo(f"  {label}: {', '.join(values) or 'none'}")
    for kind, budget in agent.budgets.items():
        click.echo(f"  budget {kind}: {budget.low} to {budget.high} tool calls, stopped past {budget.cap}")


@command.command("coverage")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, by schemas/agents-coverage.schema.json.")
def coverage_command(*, name: str | None, as_json: bool) -> None:
    """Show for each clause of each agent, or of NAME, what keeps it, and which skills have a playbook.

    NAME is an agent or its file.

    \b
    Example:
      orchestrate agents coverage agents/database-engineer.md
    """
    from orchestrator.plugin.definitions import find, load_agents, load_skills

    agents = load_agents()
    chosen = [find(agents, Path(name).name.removesuffix(".md"))] if name else list(agents)
    playbooks = {skill.name: skill.playbook for skill in load_skills()}
    if as_json:
        document = {"schema": "agents-coverage", "agents": [_coverage_json(agent) for agent in chosen]}
        skills = [{"name": skill, "playbook": playbook} for skill, playbook in playbooks.items()]
        click.echo(json.dumps(document | {"skills": skills}, indent=2, ensure_ascii=False))
        return
    for agent in chosen:
        click.echo(f"{agent.name} {agent.version}: {_totals(agent)}; {_prose_share(agent):.0%} prose")
        for clause in agent.clauses:
            by = clause.by or ("a check or hook is planned" if clause.planned else "the text alone")
            click.echo(f"  {clause.kept:<9}  {clause.id}: {clause.text}  ({by})")
    with_one = [f"{skill} ({playbook})" for skill, playbook in playbooks.items() if playbook]
    without = [skill for skill, playbook in playbooks.items() if not playbook]
    click.echo(f"skills with a playbook: {', '.join(with_one) or 'none'}")
    click.echo(f"skills without one yet, which teach and name what can be run today: {', '.join(without) or 'none'}")


def _text(problem: Problem) -> str:
    return f"{problem}\n  fix: {problem.fix}"


def _github(problem: Problem) -> str:
    kind = "notice" if problem.severity == "note" else problem.severity
    text = f"{problem.message}. {problem.fix}".replace("%", "%25").replace("\n", "%0A")
    return f"::{kind} file={problem.file},line={problem.line},col={problem.column},title={problem.code}::{text}"


def _totals(agent: AgentDefinition) -> str:
    counted = Counter[str](clause.kept for clause in agent.clauses)
    return ", ".join(f"{counted[kept]} {kept}" for kept in KEPT if counted[kept])


def _prose_share(agent: AgentDefinition) -> float:
    """The share of clauses that only the text asks for."""
    return sum(clause.kept == "prose" for clause in agent.clauses) / len(agent.clauses)


def _coverage_json(agent: AgentDefinition) -> dict[str, object]:
    counted = Counter[str](clause.kept for clause in agent.clauses)
    return {
        "name": agent.name,
        "version": agent.version,
        "sha256": agent.sha256,
        "totals": {kept: counted[kept] for kept in KEPT},
        "prose_share": round(_prose_share(agent), 3),
        "clauses": [
            {"id": clause.id, "text": clause.text, "kept": clause.kept, "by": clause.by, "planned": clause.planned}
            for clause in agent.clauses
        ],
    }


def _agent_json(agent: AgentDefinition) -> dict[str, object]:
    return {
        "name": agent.name,
        "version": agent.version,
        "sha256": agent.sha256,
        "description": agent.description,
        "tools": list(agent.tools),
        "model": agent.model,
        "skills": list(agent.skills),
        "boundaries": {
            "allow": list(agent.boundaries.allow),
            "forbid": list(agent.boundaries.forbid),
            "dont": list(agent.boundaries.dont),
        },
        "budgets": {
            kind: {"range": [budget.low, budget.high], "cap": budget.cap} for kind, budget in agent.budgets.items()
        },
        "output_schema": agent.output_schema,
        "receives_from": list(agent.receives_from),
        "hands_off_to": list(agent.hands_off_to),
    }
