"""The whole text of a file after a tool of the client has edited it."""

from __future__ import annotations

from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def resulting_text(tool: str, given: Mapping[str, object], current: str | None) -> str:
    """What Write, Edit, MultiEdit or NotebookEdit leaves in the file. `current` is None where there is no file.

    UNKNOWN where the edit does not fit the text: the tool would refuse it, or the input has a form not known here.
    A notebook is JSON with its cells in it, so its new text is never known.
    """
    if tool == "Write":
        content = given.get("content")
        return content if isinstance(content, str) else UNKNOWN
    if tool == "Edit":
        return _edited(given, current)
    if tool == "MultiEdit":
        edits = given.get("edits")
        return _all_edited(edits, current) if isinstance(edits, list) else UNKNOWN
    return UNKNOWN


def pieces(given: Mapping[str, object]) -> str:
    """All that an edit says, one text after the other."""
    edits = given.get("edits")
    every = [given, *(edits if isinstance(edits, list) else [])]
    return "\n".join(
        str(each.get("old_string")) + str(each.get("new_string")) for each in every if isinstance(each, dict)
    )


def _all_edited(edits: list[object], current: str | None) -> str:
    text = current
    for edit in edits:
        if not isinstance(edit, dict):
            return UNKNOWN
        text = _edited(edit, text)
        if text == UNKNOWN:
            return UNKNOWN
    return UNKNOWN if text is None else text


def _edited(edit: Mapping[str, object], current: str | None) -> str:
    old, new = edit.get("old_string"), edit.get("new_string")
    if not isinstance(old, str) or not isinstance(new, str):
        return UNKNOWN
    if not old:
        # An empty old text makes a new file, or fills an empty one.
        return new if not current else UNKNOWN
    if current is None or old not in current:
        return UNKNOWN
    everywhere = edit.get("replace_all", False)
    if not isinstance(everywhere, bool):  # the client takes "true" for true
        return UNKNOWN
    return current.replace(old, new) if everywhere else current.replace(old, new, 1)
