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
            if tool == "PowerShell":
                command = catalogue.module("powershell").translated(command)  # type: ignore[attr-defined]
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
    path = inputs.get("notebook_path" if tool == "NotebookEdit" else "file_path")
    if not isinstance(path, str):
        return
    for name in dict.fromkeys((path, path.strip())):  # with blanks around it, it may be either file
        absolute = normal(place.home + name[1:] if name.startswith("~/") and place.home else name, place.cwd)
        content = inputs.get("content")
        text = content if tool == "Write" and isinstance(content, str) else UNKNOWN
        if text == UNKNOWN:
            text = _edited(tool, inputs, absolute)
        found.writes.append(Write(absolute, text, tool + " " + shown(absolute)))


def _edited(tool: str, inputs: Mapping[str, object], path: str) -> str:
    current = catalogue.module("disk").text(path, 1048576)  # type: ignore[attr-defined]
    if current is None:
        return _refused(tool, inputs, path)
    text: str = catalogue.module("protect").resulting_text(tool, inputs, current)  # type: ignore[attr-defined]
    return text


def _refused(tool: str, inputs: Mapping[str, object], path: str) -> str:
    """The client edits no file that is not there. Still, words that would take the gate away are not passed over."""
    is_missing = tool in ("Edit", "MultiEdit") and catalogue.module("disk").is_missing(path)  # type: ignore[attr-defined]
    pieces = catalogue.module("edits").pieces  # type: ignore[attr-defined]
    if is_missing and not catalogue.module("settings").speaks_of_the_gate(pieces(inputs)):  # type: ignore[attr-defined]
        return ""
    return UNKNOWN


def _writes(place: Place, found: Judgement) -> None:
    """What each file that changes means: the guard's own files, and the paths that an agent may write."""
    protect = catalogue.module("protect")
    boundaries = catalogue.module("boundaries") if place.agent else None
    folders = protect.folders_of(place)  # type: ignore[attr-defined]
    for write in found.writes:
        found.effects += protect.effects(write, place, folders)  # type: ignore[attr-defined]
        if boundaries is not None:
            found.effects += boundaries.effects(write, place)  # type: ignore[attr-defined]
