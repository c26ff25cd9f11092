"""`orchestrate agents coverage`: what keeps each clause of an agent."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from orchestrator.plugin.definitions import AgentDefinition

KEPT = ("validated", "enforced", "executed", "proved", "prose")


@click.command("coverage")
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
