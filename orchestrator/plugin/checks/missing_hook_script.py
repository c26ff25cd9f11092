"""A script that a definition names as its hook is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orchestrator.plugin import bodytext
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.problems import Pointer
    from orchestrator.plugin.surroundings import Surroundings

_ROOT = r"\$\{?CLAUDE_(?:PLUGIN_ROOT|PROJECT_DIR)\}?[\"']?/"
_SCRIPT = re.compile(_ROOT + r"([\w./-]+)")
_IN_BODY = re.compile(r"^(?:" + _ROOT + r")?((?:\.?[\w-]+/)*hooks/[\w./-]+\.(?:sh|py|js|mjs|ts|ps1))$")


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    for pointer, text in _commands(found.document.data.get("hooks"), ("hooks",)):
        for match in _SCRIPT.finditer(text):
            if not (around.root / match[1]).is_file():
                yield Fault(message=_message(match[1]), pointer=pointer, severity=around.unknown)
    for span in bodytext.spans(found.document):
        script = _IN_BODY.match(span.text)
        if script and not (around.root / script[1]).is_file():
            severity = around.unknown if span.text.startswith("$") else "note"
            yield Fault(message=_message(script[1]), line=span.number, column=span.column, severity=severity)


def _commands(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    """Every text under a key `command`, and the arguments beside it, with its place."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if isinstance(inner, str) and (key == "command" or "args" in pointer):
            yield (*pointer, key), inner
        yield from _commands(inner, (*pointer, key))


def _message(script: str) -> str:
    return f"the hook script {script} does not exist"


HOOK = 'hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: "{}"\n'

CHECK = Check(
    id="missing-hook-script",
    severity="error",
    of=("agent", "skill"),
    why="a hook whose script is missing fails at every call, and what it should have stopped goes through",
    mend="write the script, or remove the hook",
    source="https://code.claude.com/docs/en/hooks#reference-scripts-by-path",
    find=find,
    fires_on=(
        plain(HOOK.format("${CLAUDE_PLUGIN_ROOT}/hooks/absent.sh")),
        plain(body="What you write is checked by `${CLAUDE_PLUGIN_ROOT}/hooks/absent.py`.\n"),
        MANIFEST | {"skills/example/SKILL.md": skill(HOOK.format("${CLAUDE_PLUGIN_ROOT}/hooks/absent.sh"))},
    ),
    silent_on=(
        MANIFEST
        | {"agents/example.md": plain(HOOK.format("${CLAUDE_PLUGIN_ROOT}/hooks/look.sh")), "hooks/look.sh": "exit 0\n"},
        plain(HOOK.format("jq -r .tool_name")),
    ),
)
