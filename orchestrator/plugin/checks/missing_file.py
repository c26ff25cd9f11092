"""A link of the text leads to a file that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from orchestrator.plugin import bodytext
from orchestrator.plugin.definitions import SkillDefinition
from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition
    from orchestrator.plugin.problems import Severity
    from orchestrator.plugin.surroundings import Surroundings

_LINK = re.compile(
    r"\]\((?![a-z][a-z0-9+.-]*:)([^)\s#<>{}$*]{1,300})(?:#[^)\s]{0,300})?(?:\s\"[^\"]{0,300}\")?\)", re.IGNORECASE
)
_CODE = re.compile(r"`[^`]*`")
_PATH = re.compile(r"[/.]")


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:
    is_skill = isinstance(found, SkillDefinition)
    for line in bodytext.prose(found.document):
        text = _CODE.sub(lambda match: " " * len(match[0]), line.text)
        for match in _LINK.finditer(text):
            target = unquote(match[1])
            # A single word is a place holder of an example of markdown, such as (url).
            if not _PATH.search(target) or _is_there(target, found, around):
                continue
            yield Fault(
                message=f"{target} does not exist",
                line=line.number,
                column=match.start(1) + 1,
                severity="error" if is_skill and around.kind != "alone" else _of_agent(around),
            )


def _is_there(target: str, found: AgentDefinition | SkillDefinition, around: Surroundings) -> bool:
    """A skill's links start at its folder; an agent works in the project, so they may start at the root as well."""
    bases = [found.path.parent] if isinstance(found, SkillDefinition) else [found.path.parent, around.root]
    return any((base / target.removeprefix("/")).exists() for base in bases)


def _of_agent(around: Surroundings) -> Severity:
    return "note" if around.kind == "alone" else "warning"


CHECK = Check(
    id="missing-file",
    severity="error",
    of=("agent", "skill"),
    why="the model follows the link, finds nothing, and goes on without what the file should say",
    mend="write the file, or remove the link",
    source="https://code.claude.com/docs/en/skills#add-supporting-files",
    find=find,
    fires_on=(
        MANIFEST | {"skills/example/SKILL.md": skill(body="See [forms](references/forms.md).\n")},
        plain(body="See [the rules](docs/rules.md).\n"),
    ),
    silent_on=(
        MANIFEST
        | {
            "skills/example/SKILL.md": skill(body="See [forms](references/forms.md#first).\n"),
            "skills/example/references/forms.md": "# Forms\n",
        },
        MANIFEST | {"agents/example.md": plain(body="See [the rules](docs/rules.md).\n"), "docs/rules.md": "# Rules\n"},
        plain(body="See [it](https://example.org/a.md), [b](#part), [c](url), `[d](e.md)`.\n\n```\n[f](g.md)\n```\n"),
    ),
)
