"""A password or key in a definition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.record import Check, Fault
from orchestrator.plugin.sample import MANIFEST, plain, skill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.surroundings import Surroundings

_KEYS = (
    ("a key of AWS", re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")),
    ("a token of GitHub", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})\b")),
    ("a token of Slack", re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{20,}")),
    ("a key of a model's provider", re.compile(r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{24,}")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")),
    ("a signed token", re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")),
)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@]+:([^\s:/@]{3,})@[\w.-]+", re.IGNORECASE)
_ASSIGNED = re.compile(
    r"\b(?:password|passwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|PGPASSWORD)\b[\"']?\s*[:=]\s*"
    r"[\"']?([^\s\"'`,;]{8,})[\"']?",
    re.IGNORECASE,
)
_PLACE_HOLDER = re.compile(
    r"[<>{}$%*\[\]()|]|\.\.\.|^(?:your|my|the|some|xxx|change|replace|env|os\.|process\.|example|placeholder|test|dummy)"
    r"|example|password|passwd|secret|placeholder|changeme|^pass$|^pw$",
    re.IGNORECASE,
)


# Words and a single number are a rule for passwords rather than one.
_MIXED = re.compile(r"(?=.*[A-Za-z])(?:.*\d.*\d|(?=.*[a-z])(?=.*[A-Z]).*\d)")


def find(found: AgentDefinition | SkillDefinition, around: Surroundings) -> Iterator[Fault]:  # noqa: ARG001
    for number, line in enumerate(found.document.source.text.split("\n"), start=1):
        for what, column in _secrets(line):
            yield Fault(message=f"the line has {what}", line=number, column=column)


def _secrets(line: str) -> Iterator[tuple[str, int]]:
    for what, pattern in _KEYS:
        for match in pattern.finditer(line):
            if "EXAMPLE" not in match[0] and len(set(match[0])) > 8:
                yield what, match.start() + 1
    for match in _ADDRESS.finditer(line):
        if not _PLACE_HOLDER.search(match[1]):
            yield "an address with a password", match.start() + 1
    for match in _ASSIGNED.finditer(line):
        value = match[1]
        if not _PLACE_HOLDER.search(value) and _MIXED.match(value[:100]):
            yield "a password", match.start() + 1


CHECK = Check(
    id="secret-in-definition",
    severity="warning",
    of=("agent", "skill"),
    why="definitions are shared, kept in version control and sent to the model with every task",
    mend="take it out, replace it where it is valid, and read it from the environment",
    find=find,
    fires_on=(
        plain(body="Log in with ghp_" + "a1B2c3D4e5F6" * 3 + ".\n"),
        plain(body="The key is AKIA" + "J7Q2M9X4T5W8R3ZK.\n"),
        plain(body="Connect to postgresql://report:" + "Tr0ub4dor7@db.internal/sales.\n"),
        plain(body="Use password: " + "hunter2hunter2\n"),
        plain(body="-----BEGIN RSA " + "PRIVATE KEY-----\n"),
        MANIFEST | {"skills/example/SKILL.md": skill(body="Send sk-ant-" + "api03-9fK2mQ7xT4bW8zR1vC6n.\n")},
    ),
    silent_on=(
        plain(body="The key is AKIAIOSFODNN7EXAMPLE in the manual.\n"),
        plain(body="Connect to postgresql://user:password@localhost/db or postgres://u:$PW@host/db.\n"),
        plain(body="Set password: <your password>, api_key=${API_KEY}, secret: os.environ['S3CRET_NAME'].\n"),
        plain(body="A password: at-least-8 characters, 12 or more. Never write a secret: read it.\n"),
    ),
)
