"""What must be true of a session before anything that happens in it is trusted: our plugin, whole, with its hooks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestrator.model.errors import CouldNotFindOut
from orchestrator.runner.live_prompt import PLUGIN, qualified

# Since then a hook of a plugin that fails holds the call (`onFailure: block`); older clients ignore the key.
OLDEST_CLIENT = (2, 1, 295)
_GATED = re.compile(r"Bash|Write|Edit|MultiEdit|NotebookEdit|PowerShell|Monitor|mcp__.*")


def check_start(init: Mapping[str, Any], *, plugin: Path, agents: Sequence[str]) -> None:
    """Raises CouldNotFindOut unless the session, by its first message, runs our plugin without errors."""
    faults = [_client_fault(init), _plugin_fault(init, plugin), _agents_fault(init, agents)]
    if fault := next((each for each in faults if each), ""):
        raise CouldNotFindOut(
            f"the session is not trusted: {fault}",
            detail="Its agents would work without the gate, so nothing was asked of them.",
            hint="orchestrate agents check; then try again.",
        )


def _client_fault(init: Mapping[str, Any]) -> str:
    found = str(init.get("claude_code_version", ""))
    numbers = re.match(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})", found)
    if numbers and tuple(map(int, numbers.groups())) >= OLDEST_CLIENT:
        return ""
    wanted = ".".join(map(str, OLDEST_CLIENT))
    return f"the client is Claude Code {found or 'of an unknown version'}, {wanted} or newer is needed"


def _plugin_fault(init: Mapping[str, Any], plugin: Path) -> str:
    errors = [str(each.get("message", each)) for each in init.get("plugin_errors") or ()]
    if errors:
        return f"the client could not load a part of the plugin: {' '.join(errors[0].split())[:200]}"
    ours = [each for each in init.get("plugins") or () if each.get("name") == PLUGIN]
    if not any(Path(str(each.get("path", ""))).resolve() == plugin.resolve() for each in ours):
        return f"the client has not loaded the plugin from {plugin}"
    return ""


def _agents_fault(init: Mapping[str, Any], agents: Sequence[str]) -> str:
    missing = [agent for agent in agents if qualified(agent) not in (init.get("agents") or ())]
    return f"the client does not know the agent {missing[0]}" if missing else ""


class Hooks:
    """Makes sure that the plugin's hooks ran: settings, an environment or a policy could have switched them off."""

    def __init__(self) -> None:
        self._started = False
        self._answered: Counter[str] = Counter()
        self._returned: Counter[str] = Counter()

    def ran(self, event: str, name: str, outcome: str) -> None:
        """`name` is for example PreToolUse:Bash."""
        self._started = self._started or event == "SessionStart"
        if event == "PreToolUse" and outcome == "success":
            self._answered[name.partition(":")[2]] += 1

    def check_started(self) -> None:
        if not self._started:
            raise _off("no hook ran when the session began")

    def check_result(self, tool: str) -> None:
        """Called for each result of a tool that was not refused."""
        self._returned[tool] += 1
        if _GATED.fullmatch(tool) and self._answered[tool] < self._returned[tool]:
            raise _off(f"{tool} ran, and the gate was not asked")


def _off(what: str) -> CouldNotFindOut:
    return CouldNotFindOut(
        f"the hooks of the plugin are off: {what}",
        detail="The session was ended, because nothing would hold what its agents do.",
        hint="A policy of this machine may forbid hooks (disableAllHooks, allowManagedHooksOnly).",
    )
