"""The text tells the agent to run commands, and it has no shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext, grants
from orchestrator.plugin.record import Check, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.surroundings import Surroundings

HEAD = "---\nname: example\ndescription: Writes the report of a month.\ntools: [Read]\n---\n"
_TELLS = re.compile(r"(?:^|[\s*>.;:,(])(?:run|execute)\s*:?\s*$", re.IGNORECASE)
# Other words in backticks may be names; with an option or a path in front it is a command all the same.
_PROGRAMS = frozenset(
    {"alembic", "aws", "awk", "az", "bash", "black", "bundle", "cargo", "cat", "composer", "curl", "docker", "dotnet"}
    | {
        "eslint",
        "find",
        "flutter",
        "gcloud",
        "gh",
        "git",
        "go",
        "gradle",
        "grep",
        "helm",
        "jest",
        "jq",
        "kubectl",
        "ls",
    }
    | {"make", "mvn", "mypy", "node", "npm", "npx", "orchestrate", "php", "pip", "pnpm", "poetry", "psql", "pytest"}
    | {"python", "python3", "rails", "rg", "ruff", "sed", "sh", "terraform", "tsc", "uv", "vitest", "wget", "yarn"}
)


def find(agent: AgentDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    held = grants.granted(agent.document.data)
    if held.has_any(grants.SHELLS):
        return
    for span in bodytext.spans(agent.document):
        if _is_command(span.text) and _TELLS.search(span.before) and not span.is_negated:
            yield Fault(
                message=f'the body tells to run "{span.text}", and tools does not grant Bash',
                line=span.number,
                column=span.column,
            )


def _is_command(text: str) -> bool:
    first, *others = text.split() or [""]
    return first in _PROGRAMS or first.startswith("./") or any(word.startswith("-") for word in others)


CHECK = Check(
    id="commands-without-shell",
    severity="warning",
    of=("agent",),
    why="without Bash the agent cannot run the command, and is left to guess what it would have said",
    mend="add Bash to tools, or say who runs the command",
    source="https://code.claude.com/docs/en/sub-agents#available-tools",
    find=find,
    fires_on=(
        HEAD + "1. Run `git log --oneline` first.\n",
        HEAD + "Read the code. Then execute `pytest -q tests`.\n",
    ),
    silent_on=(
        HEAD.replace("[Read]", "[Read, Bash]") + "1. Run `git log --oneline` first.\n",
        HEAD.replace("tools: [Read]\n", "") + "1. Run `git log --oneline` first.\n",
        HEAD + "Never run `git push origin`.\n",
        HEAD + "Tell the author to use `git rebase main`.\n",
        HEAD + "Then run `the second pass` over the text.\n",
        HEAD + "The long run `of_numbers` is sorted.\n",
    ),
)
