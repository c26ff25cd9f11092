"""The real client on many small agents and skills, one trap each, held against the prediction of what it does.

A new client that does something else shows it here: each line of a failure names the file, the key, what
`orchestrator/plugin/host` expects and what the client did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import host_cases
import pytest
from client_script import SKIP_PERMISSIONS

from orchestrator.demo.messages_api import Lane, Request, Said, ToolUse
from orchestrator.plugin import frontmatter, host
from orchestrator.plugin.host.client import client as record
from orchestrator.plugin.host.prediction import Kind, Prediction, Scope

PLUGIN = "demo"
RULES = "RULES-OF-THE-PROJECT"
AT_ONCE = 15
# What the client says of an agent of a plugin that says nothing.
SILENT = f"Agent from {PLUGIN} plugin"
STARTED = re.compile(r"FILE<(.*?)>")
AGENT_LINE = re.compile(r"^- (\S.*?): (.*?) \(Tools: [^\n]*\)$", re.MULTILINE | re.DOTALL)
SKILL_LINE = re.compile(r"^- (\S+)(?: \([^)\n]*\))?: (.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A file with what is expected of it. `name` is the name that the client has it under."""

    file: str
    name: str
    prediction: Prediction


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the client did with the files of one scope. `started` has the request of each agent by its file."""

    version: str
    agents: dict[str, str]
    skills: dict[str, str]
    all_skills: Sequence[str]
    started: dict[str, Request]


@pytest.fixture
def folder(tmp_path) -> Callable[[Scope], Path]:
    """Writes every case into a plugin or into the project."""

    def write(scope: Scope) -> Path:
        top = tmp_path / PLUGIN if scope == "plugin" else tmp_path / "project" / ".claude"
        files = {f"agents/{name}.md": text for name, text in host_cases.agents().items()}
        files |= {f"skills/{name}/SKILL.md": text for name, text in host_cases.skills().items()}
        files["skills/small-letters/skill.md"] = host_cases.skills()["sound"]
        if scope == "plugin":
            files[".claude-plugin/plugin.json"] = f'{{"name": "{PLUGIN}"}}'
        for name, text in files.items():
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_bytes(text.encode())
        (tmp_path / "project" / "CLAUDE.md").write_text(RULES)
        return top

    return write


def expected(top: Path, kind: Kind, scope: Scope) -> list[Expected]:
    prefix = f"{PLUGIN}:" if scope == "plugin" else ""
    found = []
    for path in sorted(top.glob("agents/*.md" if kind == "agent" else "skills/*/*.md")):
        document = frontmatter.read_leniently(path, path.relative_to(top).as_posix())
        prediction = host.predict(document, kind, scope)
        found.append(Expected(file=document.file, name=f"{prefix}{prediction.name}", prediction=prediction))
    return found


def spawner(agents: Sequence[Expected]) -> Callable[[Request], Said]:
    """The turns of a main thread that starts every agent, some at once."""

    def turn(request: Request) -> Said:
        some = agents[AT_ONCE * request.turn : AT_ONCE * (request.turn + 1)]
        return [
            ToolUse(
                name="Agent",
                input={"subagent_type": each.name, "description": "Work", "prompt": f"FILE<{each.file}>"},
            )
            for each in some
        ] or "done"

    return turn


@pytest.fixture
def seen(run, folder):
    def see(scope: Scope, agents: Sequence[Expected], top: Path) -> Seen:
        session = run(
            lanes=[Lane(turns=[spawner(agents)]), Lane(turns=["done"], subagent=True)],
            plugin=top if scope == "plugin" else None,
            flags=SKIP_PERMISSIONS,
            variables={"CLAUDE_CODE_DISABLE_BACKGROUND_TASKS": "1"},
        )
        context = session.api.of()[0].context
        listing = context[context.index("Available agent types") :]
        skills = context[context.index("The following skills are available") :]
        started = {}
        for request in session.api.of(subagent=True):
            for file in STARTED.findall(request.context):
                started.setdefault(file, request)
        return Seen(
            version=session.init["claude_code_version"],
            agents=dict.fromkeys(session.init["agents"], "") | dict(AGENT_LINE.findall(listing.split("\n\nWhen ")[0])),
            skills=dict(SKILL_LINE.findall(skills)),
            all_skills=session.init["skills"],
            started=started,
        )

    return see


@pytest.mark.parametrize("scope", ["plugin", "project"])
def test_the_client_does_what_is_predicted(seen, folder, scope):
    top = folder(scope)
    agents, skills = expected(top, "agent", scope), expected(top, "skill", scope)
    found = seen(scope, [each for each in agents if each.prediction.loads], top)
    differences = [*agent_differences(agents, found), *skill_differences(skills, found)]
    versions = f"client {found.version}, predicted for {host.client_version()}"
    assert not differences, "\n".join([versions, *differences])
    assert len(found.started) > 60


def difference(each: Expected, key: str, predicted: object, done: object) -> str:
    return f"{each.file}: {key}: predicted {predicted!r}, the client has {done!r}"


def agent_differences(agents: Sequence[Expected], found: Seen) -> Iterator[str]:
    base = next(request for file, request in found.started.items() if file == "agents/sound.md")
    for each in agents:
        is_there = each.name in found.agents
        if is_there != each.prediction.loads:
            yield difference(each, "loads", each.prediction.loads, is_there)
        elif is_there:
            yield from listed_differences(each, found)
            yield from started_differences(each, found.started.get(each.file), base)


def listed_differences(each: Expected, found: Seen) -> Iterator[str]:
    said = found.agents[each.name].strip()
    predicted = each.prediction.description or SILENT
    if said != predicted:
        yield difference(each, "description", predicted, said)


def started_differences(each: Expected, request: Request | None, base: Request) -> Iterator[str]:
    if (request is not None) != each.prediction.starts:
        yield difference(each, "starts", each.prediction.starts, request is not None)
    if request is None:
        return
    has = {
        "tools": tools(each.prediction, base),
        "model": each.prediction.model,
        "effort": each.prediction.effective.get("effort"),
        "omitClaudeMd": each.prediction.effective.get("omitClaudeMd", False),
        "skills": [name for name in each.prediction.effective.get("skills", []) if name in host_cases.SKILL_HEADERS],
        "body": "text-lost" not in {problem.code.removeprefix("host-") for problem in each.prediction.problems},
    }
    did = {
        "tools": sorted(request.tools),
        "model": model(request, base, each.prediction.model),
        "effort": effort(request, has["effort"]),
        "omitClaudeMd": RULES not in request.context,
        "skills": re.findall(rf"(?m)^{host_cases.SKILL_MARK}(\S+)", request.context),
        "body": f"{host_cases.MARK}{Path(each.file).stem}" in request.system,
    }
    yield from (difference(each, key, has[key], did[key]) for key in has if has[key] != did[key])


def tools(prediction: Prediction, base: Request) -> list[str]:
    if prediction.tools is not None:
        return sorted(set(prediction.tools) & record().tools)
    away = set(prediction.effective.get("disallowedTools", []))
    names = {name.partition("(")[0] for name in away}
    names |= {fallen for name in names for fallen in record().falls_with.get(name, ())}
    added = {"ExitPlanMode"} if prediction.effective.get("permissionMode") == "plan" else set()
    return sorted(set(base.tools) - names | added)


def model(request: Request, base: Request, predicted: str) -> str:
    """What was predicted, if the request has what that stands for; otherwise what it has."""
    sent = request.body["model"]
    word = predicted.lower().removesuffix("[1m]")
    families = {"opusplan": "sonnet", "best": "opus"}
    if word in ("", "inherit"):
        return predicted if sent == base.body["model"] else sent
    if word in record().models:
        return predicted if f"claude-{families.get(word, word)}-" in sent else sent
    return sent


def effort(request: Request, predicted: Any) -> Any:
    """A number of tokens is not sent as a word, and nothing is predicted where no effort is given."""
    sent = (request.body.get("output_config") or {}).get("effort")
    return sent if isinstance(predicted, str) else predicted


def skill_differences(skills: Sequence[Expected], found: Seen) -> Iterator[str]:
    for each in skills:
        effective = each.prediction.effective
        is_listed = each.name in found.skills
        if is_listed != effective["listed"]:
            yield difference(each, "listed", effective["listed"], is_listed)
        elif is_listed:
            told = " - ".join(filter(None, [each.prediction.description, effective.get("when_to_use")]))
            if found.skills[each.name] != told:
                yield difference(each, "description", told, found.skills[each.name])
        if not each.prediction.loads and each.name in found.all_skills:
            yield difference(each, "loads", False, True)
