"""A tool call to a judgement: which of its inputs is code, SQL, or a file that it writes."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.judgement import Judgement, Write
from orchestrator.gate.place import normal
from orchestrator.gate.text import UNKNOWN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.gate.place import Place

SHELLS = ("Bash", "Monitor", "PowerShell")
WRITERS = ("Write", "Edit", "MultiEdit", "NotebookEdit")


def judge(event: Mapping[str, object], place: Place) -> Judgement:
    """What the tool call of this hook event would do."""
    found = Judgement()
    tool = event.get("tool_name")
    given = event.get("tool_input")
    inputs: Mapping[str, object] = given if isinstance(given, dict) else {}
    if tool in SHELLS:
        command = inputs.get("command")
        if isinstance(command, str):
            shell(command, place, found)
    elif tool in WRITERS:
        _file(str(tool), inputs, place, found)
    elif isinstance(tool, str) and tool.startswith("mcp__"):
        catalogue.module("mcp").judge(tool, inputs, place, found)  # type: ignore[attr-defined]
    if found.writes:
        _writes(place, found)
    return found


def shell(command: str, place: Place, found: Judgement) -> None:
    """Judges a command line. One that cannot be followed to its end is held."""
    from orchestrator.gate.shell.machine import Machine, TooMuch
    from orchestrator.gate.shell.nodes import Unparsable

    machine = Machine(place, found)
    try:
        machine.evaluate(command)
        machine.finish()
    except Unparsable as error:
        catalogue.module("unreadable").judge(command, str(error), found)  # type: ignore[attr-defined]
    except (TooMuch, RecursionError) as error:
        catalogue.module("unreadable").too_much(  # type: ignore[attr-defined]
            [command, *machine.sources], str(error), found
        )


def _file(tool: str, inputs: Mapping[str, object], place: Place, found: Judgement) -> None:
    path = inputs.get("file_path") or inputs.get("notebook_path")
    if not isinstance(path, str) or not path:
        return
    absolute = normal(place.home + path[1:] if path.startswith("~/") and place.home else path, place.cwd)
    content = inputs.get("content")
    text = content if tool == "Write" and isinstance(content, str) else UNKNOWN
    if text == UNKNOWN:
        text = _edited(tool, inputs, absolute)
    found.writes.append(Write(absolute, text, tool + " " + shown(absolute)))


def _edited(tool: str, inputs: Mapping[str, object], path: str) -> str:
    current = catalogue.module("disk").text(path, 1048576)  # type: ignore[attr-defined]
    if current is None:
        return UNKNOWN
    text: str = catalogue.module("protect").resulting_text(tool, inputs, current)  # type: ignore[attr-defined]
    return text


def _writes(place: Place, found: Judgement) -> None:
    """What each file that changes means: the guard's own files, and the paths that an agent may write."""
    protect = catalogue.module("protect")
    boundaries = catalogue.module("boundaries") if place.agent else None
    for write in found.writes:
        found.effects += protect.effects(write, place)  # type: ignore[attr-defined]
        if boundaries is not None:
            found.effects += boundaries.effects(write, place)  # type: ignore[attr-defined]
