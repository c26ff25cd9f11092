"""`orchestrate agents lock`: write down the versions of the definitions with the hashes of their texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.versions import Kind, Lock, Refusal, Update

    Definition = AgentDefinition | SkillDefinition


@click.command("lock", epilog="Exit status: 0 written, or nothing to write, 1 a version must be raised first.")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, by schemas/agents-lock.schema.json.")
def lock_command(*, folder: Path | None, as_json: bool) -> None:
    """Write new versions into agents/versions.json and skills/versions.json of the plugin in FOLDER.

    Without FOLDER, of this program's own. A version whose text changed is refused, and the part of the version that
    is due is named: nothing is written then.

    \b
    Example:
      orchestrate agents lock
    """
    from orchestrator.plugin import paths, surroundings, versions

    root = (folder or paths.root()).resolve()
    found: dict[Kind, list[Definition]] = {
        "agent": surroundings.read("agent", surroundings.agent_files(root), root),
        "skill": surroundings.read("skill", surroundings.skill_files(root), root),
    }
    updates = {kind: versions.updated(versions.lock(root, kind), held) for kind, held in found.items()}
    refused = [
        {
            "name": each.name,
            "version": each.version,
            "why": each.why,
            "mend": _mend(each, found[kind], update.lock),
        }
        for kind, update in updates.items()
        for each in update.refused
    ]
    added = [
        {"name": name, "version": entry.version, "sha256": entry.sha256}
        for update in updates.values()
        for name, entry in update.added
    ]
    if not refused:
        for update in updates.values():
            _write(update)
    if as_json:
        document = {"schema": "agents-lock", "added": [] if refused else added, "refused": refused}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        _print([] if refused else added, refused)
    if refused:
        raise click.exceptions.Exit(1)


def _write(update: Update) -> None:
    if update.added:
        update.lock.write()


def _print(added: list[dict[str, str]], refused: list[dict[str, str]]) -> None:
    for entry in added:
        click.echo(f"locked {entry['name']} {entry['version']}  sha256 {entry['sha256'][:12]}")
    for entry in refused:
        click.echo(f"refused {entry['name']} {entry['version']}: {entry['why']}\n  fix: {entry['mend']}")
    if not added and not refused:
        click.echo("every version is locked already", err=True)


def _mend(refusal: Refusal, definitions: list[Definition], held: Lock) -> str:
    """What to raise: told from the text that was locked, where git has it."""
    from orchestrator.model.errors import OrchestrateError
    from orchestrator.plugin import history, versions
    from orchestrator.plugin.definitions import from_text

    found = next(each for each in definitions if versions.name_in_lock(each) == refusal.name)
    newest = held.of(refusal.name)[-1]
    try:
        text = history.text_of(found.path, newest.sha256, newest.version)
        part = versions.due(from_text(text, found.path, found.path.parent), found)
    except OrchestrateError:
        return (
            f"Raise the version above {newest.version}: the last number for wording, the second for the header, the "
            "first where something that others build on is gone or another."
        )
    return f"A {part} version is due: {versions.raised(newest.version, part)}."
