"""What keeps the gate in place: the client's settings, the plugin's own files, and its data."""

from __future__ import annotations

from orchestrator.gate import catalogue, settings
from orchestrator.gate.boundaries import said
from orchestrator.gate.edits import resulting_text
from orchestrator.gate.place import normal, real
from orchestrator.gate.rule import Effect
from orchestrator.gate.text import CLOSE, OPEN, UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.judgement import Write
    from orchestrator.gate.place import Place

__all__ = ["effects", "resulting_text"]

# In the plugin's own repository everything else may be worked on.
TEMPORARY = ("/tmp/", "/var/tmp/", "/private/")  # noqa: S108
OWN = ("/hooks", "/orchestrator/gate", "/.claude-plugin", "/agents")
# A name with unknown parts may be one of these.
TELLING = ("/settings.json", "/settings.local.json", "managed-settings")


def effects(write: Write, place: Place) -> list[Effect]:
    """The rules that the write breaks."""
    if OPEN in write.path:
        return _unknown(write, place)
    found = []
    for path in {normal(write.path, place.cwd), real(normal(write.path, place.cwd))}:
        found += _plugin(path, write, place) or _settings(path, write, place)
        if found:
            break
    return found


def _unknown(write: Write, place: Place) -> list[Effect]:
    """A path that is known in part, and whose known part is that of a protected place."""
    path = write.path.replace("\\", "/").lower()
    begin, end = path.partition(OPEN)[0], path.rpartition(CLOSE)[2]
    if _may_be_settings(path, end, (write.text or "").lower()):
        return [_effect("tamper-hook-settings", write, "a file whose folder cannot be read")]
    folders = [*_folders(place), place.config] if write.text is None and place.config else _folders(place)
    if any(begin.startswith(folder.lower() + "/") for folder in folders):
        return [_effect("tamper-plugin", write, "")]
    return []


def _may_be_settings(path: str, end: str, text: str) -> bool:
    """settings.json in a folder named .claude, or in an unknown one where path or content speaks of the client."""
    folder, _, name = end.rpartition("/")
    if not name.endswith(".json") or not any(word in "/" + name for word in TELLING):
        return "/.claude/" in end and name in ("", "settings")
    if folder:
        return folder.endswith("/.claude") or "managed-settings" in name
    return "claude" in path or any(word in text for word in ("disableallhooks", '"hooks"', "enabledplugins"))


def _folders(place: Place) -> list[str]:
    plugin, project = real(place.plugin) if place.plugin else "", real(place.project)
    own = [plugin + folder for folder in OWN] if plugin == project else [place.plugin, plugin]
    # Only the gate's own part of the data: that folder may be the user's home, where nobody has set it.
    data = [folder + "/gate" for folder in (place.data, real(place.data)) if place.data]
    folders = [*own, *data]
    if place.config:
        folders += [place.config + "/plugins", real(place.config) + "/plugins"]
    return [folder for folder in dict.fromkeys(folders) if folder not in ("", "/")]


def _plugin(path: str, write: Write, place: Place) -> list[Effect]:
    low = path.lower().rstrip("/") + "/"
    # chmod -R and the like change what is below a folder, as its removal does.
    reaches_below = write.text is None or (write.text == UNKNOWN and (" -R" in write.by or " --recursive" in write.by))
    for folder in _folders(place):
        kept = folder.lower() + "/"
        # Whoever keeps the data in a temporary folder has it cleaned up from time to time.
        is_temporary = folder.endswith("/gate") and kept.startswith(TEMPORARY)
        below = reaches_below and kept.startswith(low) and not is_temporary
        if low.startswith(kept) or below:
            return [_effect("tamper-plugin", write, "")]
    return []


def _settings(path: str, write: Write, place: Place) -> list[Effect]:
    if write.text is None:
        lost = _removed(path, place)
    elif settings.is_settings(path, place) or settings.is_linked(path, place):
        lost = _changed(path, write.text)
    else:
        return []
    return [_effect("tamper-hook-settings", write, lost)] if lost else []


def _changed(path: str, text: str) -> str:
    if not is_known(text):
        return "new content that cannot be read"
    new = settings.parsed(text)
    if new is None:
        return "new content that is not JSON"
    return settings.loss(settings.on_disk(path), new)


def _removed(path: str, place: Place) -> str:
    gone = [path] if settings.is_settings(path, place) else settings.inside_of(path, place)
    for each in gone:
        lost = settings.loss(settings.on_disk(each), {})
        if lost:
            return lost
    return ""


def _effect(rule_id: str, write: Write, how: str) -> Effect:
    return Effect(catalogue.find(rule_id), said(write) + (": " + how if how else ""))
