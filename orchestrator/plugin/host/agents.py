"""What the client makes of an agent's keys."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.plugin.host import hooks, keys, values
from orchestrator.plugin.host.client import client
from orchestrator.plugin.host.prediction import shown

if TYPE_CHECKING:
    from orchestrator.plugin.host.prediction import Case

LONGEST_NAME = 256
_WRITES = ("Write", "Edit", "Read")


@dataclass(frozen=True, kw_only=True)
class Judged:
    loads: bool
    name: str
    description: str
    tools: tuple[str, ...] | None
    model: str


def judge(case: Case) -> Judged:
    name = _plugin_name(case) if case.scope == "plugin" else _project_name(case)
    description = _description(case)
    loads = case.scope == "plugin" or _loads_in_project(case, name, description)
    keys.judge(case)
    tools = _tools(case)
    _note_model(case)
    if loads:
        case.effective |= {"name": name, "description": description}
    return Judged(
        loads=loads, name=name, description=description, tools=tools, model=str(case.effective.get("model", ""))
    )


def _stem(case: Case) -> str:
    return case.document.source.path.name.removesuffix(".md")


def _plugin_name(case: Case) -> str:
    given = case.keys.get("name")
    written = values.as_written(given)
    name = written if written and len(written) <= LONGEST_NAME else _stem(case)
    if given is None:
        if case.document.source.path.stem.upper() == "README":
            message = "the client makes an agent of every .md file below agents/, also of this one"
            case.problem("readme-is-agent", "", message, "Move the file out of agents/.")
        elif case.reading.state != "failed" and case.keys:
            message = f'there is no name: the client takes that of the file, "{name}"'
            case.problem("no-name", "", message, f"Add `name: {name}`.", severity="note")
    elif not isinstance(given, str) or name != given:
        case.drop("name", given, f'the client calls the agent "{name}"', "Write the name as a text in quotes.")
    return name


def _project_name(case: Case) -> str:
    given = case.keys.get("name")
    return given if isinstance(given, str) else ""


def _loads_in_project(case: Case, name: str, description: str) -> bool:
    why, fix = _refusal(case, name, description)
    if why:
        key = next((each for each in ("name", "hooks") if each in why), "")
        case.problem("not-loaded", key, f"the client does not load the agent: {why}", fix)
    return not why


def _refusal(case: Case, name: str, description: str) -> tuple[str, str]:
    if not name:
        return "it has no name that is a text", "Add `name:` with a text."
    if name.startswith("-"):
        return "its name starts with a hyphen", "Start the name with a letter."
    if len(name) > LONGEST_NAME:
        return f"its name has more than {LONGEST_NAME} characters", "Shorten the name."
    if ":" in unicodedata.normalize("NFKC", name):
        return "its name has a colon, which is for the names of plugins", "Write a hyphen in place of the colon."
    if not description:
        return "it has no description that is a text", "Add `description:` that says when to use the agent."
    return hooks.refusal(case)


def _description(case: Case) -> str:
    given = case.keys.get("description")
    if case.scope == "project":
        return given.replace("\\n", "\n").strip() if isinstance(given, str) else ""
    for key in ("description", "when_to_use", "when-to-use"):
        found = values.text(case.keys.get(key))
        if found is not None:
            _note_literal_breaks(case, key, found)
            return found
    if case.keys:
        message = "there is no description: the client says only which plugin the agent is from, so it is hardly chosen"
        case.problem("no-description", "", message, "Add `description:` that says when to use the agent.")
    return ""


def _note_literal_breaks(case: Case, key: str, text: str) -> None:
    if "\\n" in text:
        message = r"\n stands in the description as two characters: in a plugin, the model reads them so"
        case.problem("literal-newline", key, message, "Write line breaks, in a block that starts with `|`.")


def _tools(case: Case) -> tuple[str, ...] | None:
    if "tools" not in case.keys:
        _without_disallowed(case, [])
        return None
    given = case.keys["tools"]
    listed = values.names(given)
    if "*" in listed:
        case.effective["tools"] = ["*"]
        return None
    found = list(dict.fromkeys(name for each in listed if (name := _tool(case, each))))
    if not listed:
        message = f"tools: {shown(given)} leaves the agent without any tool"
        case.problem("no-tools", "tools", message, "List the tools, or remove the key for all of them.")
    elif case.effective.get("memory"):
        added = [name for name in _WRITES if name not in found]
        _note_added(case, added, found)
        found += added
    found = _without_disallowed(case, _without_what_bash_has(case, found))
    if listed and not found:
        case.starts = False
        message = "none of its tools is left: the client refuses to start the agent"
        case.problem("no-tools", "tools", message, "List tools of the client, or remove the key for all of them.")
    case.effective["tools"] = found
    return tuple(found)


def _note_added(case: Case, added: list[str], listed: list[str]) -> None:
    writes = {"Write", "Edit"}
    # Whoever may write files already gains nothing.
    if added and not writes & set(listed):
        message = f"memory gives the agent {', '.join(sorted(added))}, which its tools do not list"
        case.problem(
            "memory-adds-tools", "memory", message, "List them in tools, or remove memory.", severity="warning"
        )


def _tool(case: Case, written: str) -> str:
    """The tool that the client offers for a name in a list; empty for one that it passes over."""
    base, bracket, _ = written.partition("(")
    if base.startswith("mcp__"):
        return written
    name = client().old_tools.get(base, base)
    if name not in client().tools | client().other_tools:
        close = next((each for each in client().tools if each.lower() == base.lower()), "")
        fix = f"Write {close}." if close else f"Remove {written}."
        case.drop("tools", written, "the client has no tool of that name", fix, "unknown-tool")
        return ""
    if bracket and name != "Agent":
        message = f"{written} gives the whole of {name}: what stands in brackets limits nothing here"
        case.problem("limit-without-effect", "tools", message, f"Write {name}, and limit it with a hook.")
    return name


def _without_what_bash_has(case: Case, found: list[str]) -> list[str]:
    hidden = [name for name in found if name in client().in_bash] if "Bash" in found else []
    # Nothing is lost by it, so it is no problem.
    case.dropped += [("tools", name, "Bash stands beside it, which has grep and find") for name in hidden]
    return [name for name in found if name not in hidden]


def _without_disallowed(case: Case, found: list[str]) -> list[str]:
    disallowed: set[str] = set()
    for written in values.names(case.keys.get("disallowedTools")):
        base, bracket, _ = written.partition("(")
        name = client().old_tools.get(base, base)
        disallowed |= {name, *client().falls_with.get(name, ())}
        if bracket and base != "Agent":
            message = f"disallowedTools: {written} takes the whole of {base} away, whatever the brackets say"
            fix = f"Write {base}, or limit it with a hook."
            case.problem("limit-without-effect", "disallowedTools", message, fix)
    return [name for name in found if name not in disallowed]


def _note_model(case: Case) -> None:
    model = case.effective.get("model")
    if not isinstance(model, str) or "claude-" in model:
        return
    if model.lower().removesuffix("[1m]") not in client().models:
        message = f"the client does not know the model {shown(model)} and sends the name as it stands"
        fix = f"Use {', '.join(sorted(client().models))}, or the full name of a model."
        case.problem("unknown-model", "model", message, fix, severity="warning")
