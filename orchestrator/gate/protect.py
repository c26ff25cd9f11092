"""What keeps the gate in place: the client's settings, the plugin's own files, and its data."""

from __future__ import annotations

import sys

from orchestrator.gate import catalogue, disk, settings
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


def effects(write: Write, place: Place, folders: list[str] | None = None) -> list[Effect]:
    """The rules that the write breaks. `folders` is folders_of(place), for whoever asks about many writes."""
    folders = folders_of(place) if folders is None else folders
    if OPEN in write.path:
        return _unknown(write, place, folders)
    found = []
    for path in {normal(write.path, place.cwd), real(normal(write.path, place.cwd))}:
        found += _plugin(path, write, folders) or _settings(path, write, place) or _tightening(path, write, place)
        if found:
            break
    return found


def _unknown(write: Write, place: Place, folders: list[str]) -> list[Effect]:
    """A path that is known in part, and whose known part is that of a protected place."""
    path = write.path.replace("\\", "/").lower()
    begin, end = path.partition(OPEN)[0], path.rpartition(CLOSE)[2]
    if _may_be_settings(path, end, (write.text or "").lower()):
        return [_effect("tamper-hook-settings", write, "a file whose folder cannot be read")]
    if not end and begin.endswith(("/.claude/", place.config.lower() + "/")):
        return [_effect("tamper-hook-settings", write, "a file whose name cannot be read")]
    if write.text is None and place.config:
        folders = [*folders, place.config]
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


def folders_of(place: Place) -> list[str]:
    """Where nothing may be written: the plugin, the gate's data, the client's list of plugins."""
    plugin, project = real(place.plugin) if place.plugin else "", real(place.project)
    own = [plugin + folder for folder in OWN] if plugin == project else [place.plugin, plugin]
    # Only the gate's own part of the data: that folder may be the user's home, where nobody has set it.
    data = [folder + "/gate" for folder in (place.data, real(place.data)) if place.data]
    folders = [*own, *data]
    if place.config:
        folders += [place.config + "/plugins", real(place.config) + "/plugins"]
    return [folder for folder in dict.fromkeys(folders) if folder not in ("", "/")]


def _plugin(path: str, write: Write, folders: list[str]) -> list[Effect]:
    low = path.lower().rstrip("/") + "/"
    # chmod -R and the like change what is below a folder, as its removal does.
    reaches_below = write.text is None or (write.text == UNKNOWN and (" -R" in write.by or " --recursive" in write.by))
    is_link = write.by.startswith("ln ")  # it stands in place of another link, or fails
    if write.text is not None and not is_link and path in (sys.executable, real(sys.executable)):
        return [_effect("tamper-plugin", write, "the Python that the gate runs in")]
    for folder in folders:
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


def _tightening(path: str, write: Write, place: Place) -> list[Effect]:
    """[tool.orchestrate.gate] in the project's pyproject.toml: a person made the gate stricter there."""
    if not path.endswith("/pyproject.toml") or path.rpartition("/")[0] not in (place.project, real(place.project)):
        return []
    before = _gate_table(disk.text(path, 1 << 20) or "")
    if not before or (write.text is not None and is_known(write.text) and _gate_table(write.text) == before):
        return []
    return [_effect("tamper-hook-settings", write, "[tool.orchestrate.gate] would not stay as it is")]


def _gate_table(text: str) -> list[str]:
    """The lines of the table, without blanks and comments."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        bare = "".join(line.split())
        if bare.startswith("["):
            inside = bare.startswith("[tool.orchestrate.gate]")
        if inside and bare and not bare.startswith("#"):
            found.append(bare.partition("#")[0])
    return found


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
