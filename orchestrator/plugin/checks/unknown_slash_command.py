"""The text calls a slash command that nothing here defines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin import bodytext, bundled
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings

# With a colon or a dot it is a command; a single word may as well be a path or an address.
_QUALIFIED = re.compile(r"(?<![\w/.:~$}\-])/([a-z][a-z0-9_-]*(?::[a-z0-9_-]+|\.[a-z][a-z0-9_-]*))(?![\w/.:(-])", re.I)
# "/orders.json" is a path.
_ENDING = re.compile(
    r"\.(?:c|cfg|conf|cpp|css?|csv|gz|go|h|html?|ico|ini|java|jpg|jsx?|jsonl?|lock|log|mdx?|mjs|php|png|ps|py|rb|rs|sh|"
    r"sql|svg|tar|toml|tsx?|txt|vue|xml|ya?ml|zip)$",
    re.IGNORECASE,
)
# "Call `/users`" is an address of a service.
_CALLED = re.compile(r"\b(?:run|invoke|type)\s+(?:the\s+)?$", re.IGNORECASE)
_PLAIN = re.compile(r"^/([a-z][a-z0-9-]*)$")


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, column, name in sorted(_called(found)):
        if name not in seen and not _resolves(name, around):
            seen.add(name)
            foreign = around.is_foreign(name) or around.kind == "alone"
            yield Fault(
                message=f"nothing here defines the command /{name}",
                line=number,
                column=column,
                severity="note" if foreign else "warning",
            )


def _called(found: AgentDefinition | SkillDefinition) -> Iterator[tuple[int, int, str]]:
    for line in bodytext.prose(found.document):
        for match in _QUALIFIED.finditer(line.text):
            name = match[1].rstrip(".")
            if not _ENDING.search(name):
                yield line.number, match.start() + 1, name
    for span in bodytext.spans(found.document):
        plain_name = _PLAIN.match(span.text)
        if plain_name and _CALLED.search(span.before):
            yield span.number, span.column, plain_name[1]


def _resolves(name: str, around: Surroundings) -> bool:
    bare = around.bare(name)
    return (
        name in bundled.COMMANDS | bundled.SKILLS
        or around.command(name)
        or around.skill(name) is not None
        or around.command(bare)
    )


CHECK = Check(
    id="unknown-slash-command",
    severity="warning",
    of=("agent", "skill"),
    why="what the text calls is not there, so the step is left out or made up",
    mend="write the skill or command, or say in words what to do",
    source="https://code.claude.com/docs/en/skills",
    find=find,
    fires_on=(
        plain(body="Begin with /sp.specify and go on.\n"),
        plain(body="Call `/demo:tables` for the layout.\n"),
        plain(body="Then run `/make-tables` for the layout.\n"),
        MANIFEST | {"skills/example/SKILL.md": skill(body="Run the `/absent` command first.\n")},
    ),
    silent_on=(
        MANIFEST
        | {
            "agents/example.md": plain(
                body="Run `/demo:tables`, then use `/tables`, then run `/compact` and `/code-review`.\n"
            ),
            "skills/tables/SKILL.md": skill(name="tables"),
        },
        plain(
            body="GET `/users`, then call `/orders` and POST /orders.json; see /etc/hosts, and/or http://localhost:80/a.b.\n"
        ),
        plain(body="```\nrun `/absent`\n/sp.plan\n```\n"),
    ),
)
