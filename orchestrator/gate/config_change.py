"""The hook for changed settings: a change that would take the gate away is not applied to the session."""

from __future__ import annotations

import posix

from orchestrator.gate import disk, settings
from orchestrator.gate.answer import HELD, SILENCE, Reply

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.gate.place import Place

SOURCES = ("user_settings", "project_settings", "local_settings", "policy_settings")


def reply(event: Mapping[str, object], place: Place) -> Reply:
    """Held if the settings file, as it is now, disables hooks or this plugin, or cannot be read."""
    path = event.get("file_path")
    if not isinstance(path, str) or event.get("source") not in SOURCES:
        return SILENCE
    problem = _problem(path)
    if not problem:
        return SILENCE
    from orchestrator.gate import audit, catalogue
    from orchestrator.gate.rule import DENY, Effect

    effect = Effect(catalogue.find("tamper-hook-settings"), path + " " + problem)
    written = audit.record(place, event, decision=DENY, held=[effect])
    text = (
        "The changed settings are not applied: " + path + " " + problem + ", which would leave database commands "
        "unguarded. A person can start a new session with these settings."
    )
    return Reply("", text + ("\n" if written else " The audit could not be written.\n"), HELD)


def _problem(path: str) -> str:
    try:
        posix.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError):
        return "cannot be read"
    text = disk.text(path, settings.MAX_BYTES)
    found = settings.parsed(text) if text is not None else None
    return "cannot be read" if found is None else settings.disables(found)
