"""What the client makes of a skill's keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orchestrator.plugin.host import keys, values
from orchestrator.plugin.host.agents import Judged
from orchestrator.plugin.host.prediction import shown

if TYPE_CHECKING:
    from orchestrator.plugin.host.prediction import Case

_HEADING = re.compile(r"\A#+\s+(\S.*)\Z")
_LONGEST_LINE = 100


def judge(case: Case) -> Judged:
    """`effective` gets one entry more, `listed`: whether the model is told of the skill when a session starts."""
    folder = case.document.source.path.parent.name
    given = values.text(case.keys.get("description"))
    description = given if given is not None else _first_line(case)
    _name(case, folder)
    keys.judge(case)
    loads = _loads(case)
    case.effective |= {"description": description, "listed": loads and _is_listed(case, given)}
    _agent(case)
    allowed = case.effective.get("allowed-tools")
    return Judged(
        loads=loads,
        name=folder,
        description=description,
        tools=tuple(allowed) if allowed is not None else None,
        model=str(case.effective.get("model", "")),
    )


def _loads(case: Case) -> bool:
    file = case.document.source.path.name
    if file == "SKILL.md":
        return True
    message = f"{file} is no skill: the client reads SKILL.md, in capitals"
    case.problem("not-a-skill", "", message, "Rename the file to SKILL.md.")
    return False


def _name(case: Case, folder: str) -> None:
    given = case.keys.get("name")
    if given is not None and values.as_written(given) != folder:
        message = f'the client lists the skill under the name of its folder, "{folder}"'
        case.problem("folder-names-skill", "name", message, "Rename the folder, or the skill.", severity="warning")


def _is_listed(case: Case, given: str | None) -> bool:
    told = given is not None or "when_to_use" in case.effective
    if given is None:
        _note_no_description(case, told)
    if case.effective.get("disable-model-invocation") is True:
        return False
    if case.scope == "project" and "paths" in case.effective:
        return False
    return told or case.scope == "project"


def _note_no_description(case: Case, told: bool) -> None:
    line = f'takes the first line of the text for it, "{_first_line(case)}"'
    does = line if told or case.scope == "project" else "does not tell the model of the skill"
    written = "description" in case.keys and case.keys["description"] is not None
    what = f"the description is {shown(case.keys['description'])}, no text" if written else "there is no description"
    key = "description" if written else ""
    case.problem(
        "no-description", key, f"{what}: the client {does}", "Add `description:` that says when to use the skill."
    )


def _first_line(case: Case) -> str:
    line = next((line.strip() for line in case.reading.body.split("\n") if line.strip()), "")
    heading = _HEADING.match(line)
    text = heading[1] if heading else line
    return text[: _LONGEST_LINE - 3] + "..." if len(text) > _LONGEST_LINE else text


def _agent(case: Case) -> None:
    if "agent" in case.effective and case.effective.get("context") != "fork":
        message = "agent has no effect without `context: fork`"
        case.problem(
            "agent-without-fork", "agent", message, "Add `context: fork`, or remove agent.", severity="warning"
        )
