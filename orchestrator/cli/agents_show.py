"""`orchestrate agents show`: what one definition says, today or in an earlier version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.versions import Lock

    Definition = AgentDefinition | SkillDefinition


@click.command("show", epilog="Exit status: 0 shown, 2 no such definition or version, 3 no history that has it.")
@click.argument("name", metavar="NAME[@VERSION]")
@click.option("--versions", "list_versions", is_flag=True, help="List the versions of NAME with their hashes.")
@click.option("--source", is_flag=True, help="Print the file of that version as it is.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, by schemas/agents-show.schema.json.")
def show_command(*, name: str, list_versions: bool, source: bool, as_json: bool) -> None:
    """Show the agent or skill NAME: version, hash, tools, skills, boundaries, budgets and hand-offs.

    With @VERSION the definition of that version, which is looked up in the history of git by its hash. NAME may be a
    file.

    \b
    Example:
      orchestrate agents show database-engineer@1.1.0
    """
    name, _, version = name.rpartition("@") if "@" in name else (name, "", "")
    newest = _newest(name)
    held = _lock(newest)
    if list_versions:
        _print_versions(newest, held, as_json)
        return
    found, text = _at(newest, held, version)
    if source:
        click.echo(text, nl=False)
    elif as_json:
        click.echo(json.dumps(_json(found), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found)))


def _newest(name: str) -> Definition:
    """The definition in the file `name`, or the one of that name that comes with this program."""
    from orchestrator.plugin import definitions

    path = Path(name).resolve()
    if path.is_file():
        one = definitions.skill if path.name == "SKILL.md" else definitions.agent
        return one(path, path.parent)
    skills = {skill.name: skill for skill in definitions.load_skills()}
    return skills.get(name) or definitions.find(definitions.load_agents(), name)


def _lock(found: Definition) -> Lock:
    from orchestrator.plugin import surroundings, versions

    kind, root = surroundings.place(found.path)
    top = root / surroundings.PROJECT_FOLDER if kind == "project" else root
    return versions.lock(top, "skill" if found.path.name == "SKILL.md" else "agent")


def _at(newest: Definition, held: Lock, version: str) -> tuple[Definition, str]:
    """The definition and its text in that version; the newest where none is asked for."""
    from orchestrator.model.errors import UsageError
    from orchestrator.plugin import definitions, history, versions

    if version in ("", newest.version):
        return newest, newest.path.read_text(encoding="utf-8-sig")
    name = versions.name_in_lock(newest)
    entry = held.entry(name, version)
    if entry is None:
        known = ", ".join(dict.fromkeys([*(each.version for each in held.of(name)), newest.version]))
        raise UsageError(f"{name} has no version {version}", hint=f"Versions: {known or 'none'}.")
    text = history.text_of(newest.path, entry.sha256, version)
    return definitions.from_text(text, newest.path, newest.path.parent), text


def _print_versions(newest: Definition, held: Lock, as_json: bool) -> None:
    from orchestrator.plugin import versions

    name = versions.name_in_lock(newest)
    entries = [{"version": entry.version, "sha256": entry.sha256} for entry in held.of(name)]
    if as_json:
        document = {"schema": "agents-versions", "name": name, "current": newest.version, "versions": entries}
        click.echo(json.dumps(document, indent=2))
        return
    for entry in entries:
        mark = "  current" if entry["version"] == newest.version else ""
        click.echo(f"{name} {entry['version']}  sha256 {entry['sha256'][:12]}{mark}")
    if not entries:
        click.echo(f"{name} {newest.version or 'has no version'}  not locked")


def _lines(found: Definition) -> Iterator[str]:
    document = _json(found)
    yield f"{found.name} {found.version or '(no version)'}  sha256 {found.sha256[:12]}"
    yield found.description
    if document["kind"] == "skill":
        yield f"  commands: {', '.join(document['commands']) or 'none'}"
        yield f"  playbook: {document['playbook'] or 'none'}"
        return
    paths = document["boundaries"]
    for label, values in (
        ("tools", document["tools"]),
        ("skills", document["skills"]),
        ("may write", paths["allow"]),
        ("may not write", paths["forbid"]),
        ("receives from", document["receives_from"]),
        ("hands off to", document["hands_off_to"]),
    ):
        yield f"  {label}: {', '.join(values) or 'none'}"
    for kind, budget in document["budgets"].items():
        low, high = budget["range"]
        yield f"  budget {kind}: {low} to {high} tool calls, stopped past {budget['cap']}"


def _json(found: Definition) -> dict[str, Any]:
    from orchestrator.plugin.definitions import AgentDefinition

    head = {"schema": "agents-show", "kind": "agent" if isinstance(found, AgentDefinition) else "skill"}
    head |= {"name": found.name, "version": found.version, "sha256": found.sha256, "description": found.description}
    if not isinstance(found, AgentDefinition):
        return {**head, "commands": list(found.commands), "playbook": found.playbook}
    return {
        **head,
        "tools": list(found.tools),
        "model": found.model,
        "skills": list(found.skills),
        "boundaries": {
            "allow": list(found.boundaries.allow),
            "forbid": list(found.boundaries.forbid),
            "dont": list(found.boundaries.dont),
        },
        "budgets": {
            kind: {"range": [budget.low, budget.high], "cap": budget.cap} for kind, budget in found.budgets.items()
        },
        "output_schema": found.output_schema,
        "receives_from": list(found.receives_from),
        "hands_off_to": list(found.hands_off_to),
    }
