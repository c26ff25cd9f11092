"""What `orchestrate gate explain` shows: the parsed command, each program start, each effect, and the decision."""

from __future__ import annotations

import json
import os
import string
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UsageError

if TYPE_CHECKING:
    from orchestrator.gate.judgement import Judgement
    from orchestrator.gate.place import Place
    from orchestrator.gate.rule import Effect

WIDTH = 100
# What needs no quotes, and < and >, in which names of unknown parts stand.
PLAIN = frozenset(string.ascii_letters + string.digits + "%+,-./:=@_<>~")
NO_BASH = "not a bash command line: "
REFUSED_BY_THE_SHELL = "nothing is said, and the shell refuses it"
WORDS = {"deny": "the call does not run", "ask": "a person is asked", "allow": "nothing is said, and the call runs"}


def explained(command: str, *, tool: str, cwd: Path, agent: str) -> dict[str, Any]:
    """The document by schemas/gate-explain.schema.json. Raises UsageError if the input is not one of the tool."""
    from orchestrator.gate.place import Place
    from orchestrator.plugin import paths

    given = {"command": command} if tool == "Bash" else _input(command, tool)
    event = {"tool_name": tool, "tool_input": given, "cwd": str(cwd), "agent_type": _agent(agent)}
    place = Place.of(event | {"permission_mode": "default"}, str(paths.root()))
    if not os.environ.get("CLAUDE_PROJECT_DIR"):
        place.project = str(_project(cwd))
    found = _judged(event, place)
    if isinstance(found, str):
        return _held_unjudged(command, tool, cwd, found)
    because = _because(event, place, found)
    worst = found.worst()[:1]
    decision = "deny" if because else found.decision or "allow"
    return {
        "schema": "gate-explain",
        "tool": tool,
        "command": command,
        "cwd": str(cwd),
        "decision": decision,
        "rule": worst[0].rule.id if worst else None,
        "why": worst[0].rule.why if worst else None,
        "instead": worst[0].rule.instead if worst else None,
        "source": worst[0].rule.source if worst else None,
        "because": because or None,
        "parsed": _parsed(command) if tool == "Bash" else [],
        "steps": [{"depth": depth, "text": _typed(words)} for depth, words in found.steps],
        "effects": [_effect(effect) for effect in found.effects],
        "reads": sorted({path for path, _ in found.read}),
        "writes": [{"path": _shown(write.path), "removed": write.text is None} for write in found.writes],
    }


def _agent(name: str) -> str:
    """The agent type as the client gives it. Raises UsageError for an agent that this plugin does not have."""
    from orchestrator.plugin import paths

    plugin, colon, bare = name.rpartition(":")
    if not name or (colon and plugin != "pgwright"):
        return name
    known = sorted(path.stem for path in (paths.root() / "agents").glob("*.md"))
    if bare not in known:
        raise UsageError(f'no agent "{name}"', hint=f"Agents of pgwright: {', '.join(known)}.")
    return f"pgwright:{bare}"


def _project(cwd: Path) -> Path:
    """The folder that a session would have as its project: the nearest one with one of its marks."""
    for folder in (cwd, *cwd.parents):
        if any((folder / mark).exists() for mark in (".git", ".claude", "pyproject.toml")):
            return folder
    return cwd


def _input(text: str, tool: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except ValueError as error:
        given = error
    if not isinstance(given, dict):
        raise UsageError(f"the input of {tool} has to be one JSON object", hint='For example: \'{"sql": "SELECT 1"}\'.')
    return given


def _judged(event: dict[str, Any], place: Place) -> Judgement | str:
    """The judgement, or why there is none: then the hook holds the call."""
    from orchestrator.gate.judge import judge

    try:
        return judge(event, place)
    except Exception as error:  # whatever it is, the hook would end with it and hold the call
        return f"{type(error).__name__}: {error}"


def _held_unjudged(command: str, tool: str, cwd: Path, problem: str) -> dict[str, Any]:
    return {
        "schema": "gate-explain",
        "tool": tool,
        "command": command,
        "cwd": str(cwd),
        "decision": "deny",
        "rule": None,
        "why": f"the gate could not judge this call: {problem}",
        "instead": "write the command in a simpler form",
        "source": None,
        "because": None,
        "parsed": [],
        "steps": [],
        "effects": [],
        "reads": [],
        "writes": [],
    }


def _because(event: dict[str, Any], place: Place, found: Judgement) -> str:
    from orchestrator.gate import tighten

    return tighten.because(event, place, found.worst()) if found.decision == "ask" else ""


def _parsed(command: str) -> list[str]:
    from orchestrator.gate.shell import parser, show
    from orchestrator.gate.shell.nodes import Unparsable

    try:
        return show.lines(parser.parse(command))
    except (Unparsable, RecursionError) as error:
        return [f"{NO_BASH}{error}"]


def _effect(effect: Effect) -> dict[str, Any]:
    rule = effect.rule
    return {
        "rule": rule.id,
        "decision": rule.decision,
        "path": [_shown(each) for each in effect.path],
        "detail": _shown(effect.detail),
        "why": rule.why,
        "instead": rule.instead,
        "source": rule.source,
    }


def _typed(words: Sequence[str]) -> str:
    """The words as one would type them; unknown parts by their names."""
    from orchestrator.gate.shell.show import quoted

    plain = [_shown(word) for word in words]
    return " ".join(word if word and PLAIN.issuperset(word) else quoted(word) for word in plain)


def _shown(text: str) -> str:
    from orchestrator.gate.text import shown

    return shown(text)


def lines(document: dict[str, Any]) -> Iterator[str]:
    """The document for people."""
    from orchestrator.gate.reason import printable

    refused = document["decision"] == "allow" and document["parsed"] and document["parsed"][0].startswith(NO_BASH)
    yield f"{document['decision']}: {REFUSED_BY_THE_SHELL if refused else WORDS[document['decision']]}"
    if document["because"]:
        yield f"  this would be a question, but {document['because']}"
    if not document["effects"] and document["why"]:
        yield f"  {document['why']}"
    yield from _section("parsed", document["parsed"])
    levels = sorted({step["depth"] for step in document["steps"]})
    starts = ["  " * levels.index(step["depth"]) + printable(step["text"]) for step in document["steps"]]
    yield from _section("starts", starts)
    yield from _section("reads", document["reads"])
    yield from _section(
        "writes", [("removes " if each["removed"] else "") + each["path"] for each in document["writes"]]
    )
    effects = document["effects"]
    for effect in [each for at, each in enumerate(effects) if each not in effects[:at]]:
        yield f"{effect['decision']} {effect['rule']}"
        if effect["path"]:
            yield from _field("by", printable(" > ".join(effect["path"])))
        yield from _field("what", printable(effect["detail"]))
        for name in ("why", "instead", "source"):
            yield from _field(name, effect[name])


def _field(name: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"  {name:<9}",
        subsequent_indent=" " * 11,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _section(title: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield title
        yield from (f"  {each}" for each in entries)
