"""The plugin that Claude Code has installed: where from, which version, and what is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orchestrator
from orchestrator.cli import gate_hook, gate_log
from orchestrator.cli.doctor_checks import Check, Result, Subject, Trouble, judged, problem, warning
from orchestrator.model.errors import CouldNotFindOut
from orchestrator.plugin import definitions, paths

AGAIN = "claude plugin install pgwright@pgwright"


def call(subject: Subject) -> Result:  # noqa: ARG001
    markets = gate_hook.markets()
    if not markets:
        where = f"it is not installed in {gate_log.config()}: no session has its agents, skills and hooks"
        return judged([], [warning(where, f"claude plugin marketplace add {_source()}, then {AGAIN}")])
    folder = gate_hook.installed()
    market = ", ".join(markets)
    if not folder.is_dir():
        text = f"its folder is gone: there is no {folder}, so the client loads neither agents nor hooks"
        mend = f"claude plugin marketplace remove {market}, claude plugin marketplace add {_source()}, then {AGAIN}"
        return judged([f"from the marketplace {market}"], [problem(text, mend)])
    version = read(folder / ".claude-plugin" / "plugin.json").get("version")
    counts = _counts(folder)
    listed = ", ".join(f"{number} {what}" for what, number in counts.items())
    facts = [f"{version} from the marketplace {market}, run from {folder}", listed]
    return judged(facts, [*_empty(counts), *_versions(version, market)])


def _source() -> str:
    checkout = paths.root()
    return str(checkout) if (checkout / ".claude-plugin").is_dir() else "FOLDER-OF-A-CHECKOUT"


def read(path: Path) -> dict[str, Any]:
    """The JSON object in `path`; an empty one where there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def servers(folder: Path) -> dict[str, Any]:
    """The MCP servers of the plugin by name."""
    found = read(folder / ".mcp.json")
    inner = found.get("mcpServers", found)
    return inner if isinstance(inner, dict) else {}


def _counts(folder: Path) -> dict[str, int]:
    try:
        entries = [entry for each in gate_hook.wired(folder).values() for entry in each]
    except CouldNotFindOut:
        entries = []
    return {
        "agents": len(definitions.agent_paths(folder)),
        "skills": len(definitions.skill_paths(folder)),
        "hooks": sum(len(entry["hooks"]) for entry in entries),
        "MCP servers": len(servers(folder)),
    }


def _empty(counts: Mapping[str, int]) -> list[Trouble]:
    missing = [what for what, number in counts.items() if not number]
    return [problem(f"it has no {' and no '.join(missing)}", f"Install it again: {AGAIN}")] if missing else []


def _versions(version: object, market: str) -> list[Trouble]:
    own = orchestrator.__version__
    if version == own:
        return []
    mend = f"Bring both to one version: claude plugin update pgwright@{market}, and pip install --upgrade pgwright"
    return [warning(f"the plugin is {version}, this program is {own}", mend)]


CHECK = Check(id="plugin", title="the plugin that Claude Code has installed", order=30, deadline_s=20, call=call)
