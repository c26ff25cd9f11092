"""The client's settings: which files hold them, and which change of them would take the gate away."""

from __future__ import annotations

from orchestrator.gate import disk
from orchestrator.gate.boundaries import PLUGIN
from orchestrator.gate.place import real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.place import Place

MAX_BYTES = 4_000_000
SWITCH = "disableAllHooks"
# Variables that the client gives to its hooks: what a shell or a loader runs before the program, or in place of it,
# and where the client looks for plugins and whether at all.
SWITCHES = frozenset(
    "BASH_ENV CLAUDE_CODE_PERSONAL_HOOKS_OFF CLAUDE_CODE_RESTRICTED CLAUDE_CODE_SAFE_MODE CLAUDE_CODE_SIMPLE"
    " SHELLOPTS".split()
)
VARIABLES = SWITCHES | frozenset(
    "BASHOPTS CLAUDE_CODE_PLUGIN_CACHE_DIR CLAUDE_CODE_SHELL_PREFIX CLAUDE_CONFIG_DIR CLAUDE_PROJECT_DIR ENV"
    " GCONV_PATH HOME IFS LOCPATH".split()
)
LOADED = ("LD_", "DYLD_", "BASH_FUNC_", "CLAUDE_PLUGIN_")
# A permission for one of these would let an agent do by itself what only a person may.
GUARDED = ("gate allow", "settings.json", "settings.local.json", "disableallhooks", "claude plugin", "--settings")


# Words of the settings that the gate depends on, and the escapes that may hide them.
TELLING = ("hook", "plugin", "env", "\\u", *GUARDED)


def speaks_of_the_gate(text: str) -> bool:
    """True if a piece of settings may be about more than everyday permissions."""
    return any(word in text.lower() for word in TELLING)


def is_settings(path: str, place: Place) -> bool:
    """True for every file that the client reads settings from. `path` is absolute; its case does not count."""
    folder, _, name = path.lower().rpartition("/")
    if name == "managed-settings.json" or folder.endswith("/managed-settings.d"):
        return True
    if name == ".claude.json":
        return folder in (place.home.lower(), place.config.lower())
    if name.startswith("settings") and name.endswith(".json"):
        return folder.endswith("/.claude") or folder == place.config.lower()
    return False


def is_linked(path: str, place: Place) -> bool:
    """True for the file that a settings file of this project or user is a link to."""
    return any(path == real(each) != each for each in _known(place))


def _known(place: Place) -> list[str]:
    found = [place.project + "/.claude/settings.json", place.project + "/.claude/settings.local.json"]
    if place.config:
        found += [place.config + "/settings.json", place.config + "/settings.local.json"]
    return [*found, place.home + "/.claude.json"] if place.home else found


def inside_of(folder: str, place: Place) -> list[str]:
    """The settings files below a folder that may be there; other projects' files are not looked for."""
    found = [*_known(place), folder + "/.claude/settings.json", folder + "/.claude/settings.local.json"]
    if folder.lower().endswith("/.claude"):
        found += [folder + "/settings.json", folder + "/settings.local.json"]
    low = folder.lower().rstrip("/") + "/"
    return sorted({path for path in found if path.startswith("/") and path.lower().startswith(low)})


def on_disk(path: str) -> dict[str, object]:
    """The settings in a file; empty where there is none, or none that the client could read."""
    text = disk.text(path, MAX_BYTES)
    return (parsed(text) if text is not None else None) or {}


def parsed(text: str) -> dict[str, object] | None:
    """None where the text is not one JSON object. An empty file holds no settings."""
    if not text.strip():
        return {}
    from orchestrator.gate.event import decode

    try:
        found = decode(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def loss(old: dict[str, object], new: dict[str, object]) -> str:
    """How the change from `old` to `new` would take the gate away or weaken it; "" if it would not."""
    if new.get(SWITCH, False) is not False and new.get(SWITCH) != old.get(SWITCH):
        return "sets " + SWITCH
    return _hooks_lost(old, new) or _plugin_lost(old, new) or _lost_by_environment(old, new) or _allowed(old, new)


def _environment(settings: dict[str, object]) -> list[str]:
    """Variables with which hooks would not run as they are, or would find other plugins and data."""
    return [name for name in _table(settings, "env") if name in VARIABLES or name.upper().startswith(LOADED)]


def _lost_by_environment(old: dict[str, object], new: dict[str, object]) -> str:
    before, after = _table(old, "env"), _table(new, "env")
    for name in _environment(new):
        if name not in before or before[name] != after[name]:
            return "sets " + name + " for the hooks"
    return ""


def disables(settings: dict[str, object]) -> str:
    """How settings that are in force by themselves take the gate away; "" if they do not."""
    if settings.get(SWITCH, False) is not False:
        return "sets " + SWITCH
    off = [name for name, value in _table(settings, "enabledPlugins").items() if _is_ours(name) and not value]
    if off:
        return "turns " + off[0] + " off in enabledPlugins"
    found = [name for name in _environment(settings) if name in SWITCHES]
    return "sets " + found[0] + " for the hooks" if found else ""


def _table(settings: dict[str, object], name: str) -> dict[str, object]:
    found = settings.get(name)
    return found if isinstance(found, dict) else {}


def _is_ours(name: str) -> bool:
    return name.lower().partition("@")[0] == PLUGIN


def _hooks_lost(old: dict[str, object], new: dict[str, object]) -> str:
    """Every hook that was there has to stay as it is; more may be added."""
    after = _table(new, "hooks")
    for event, entries in _table(old, "hooks").items():
        kept = after.get(event)
        if not isinstance(entries, list) or not isinstance(kept, list):
            if kept != entries:
                return "changes the hooks for " + event
        elif any(entry not in kept for entry in entries):
            return "removes or changes hooks for " + event
    return ""


def _plugin_lost(old: dict[str, object], new: dict[str, object]) -> str:
    before, after = _table(old, "enabledPlugins"), _table(new, "enabledPlugins")
    for name in (*before, *after):
        was_off = name in before and not before[name]
        if _is_ours(name) and not after.get(name) and (name in after or name in before) and not was_off:
            return "turns " + name + " off"
    for table in ("pluginConfigs", "extraKnownMarketplaces"):
        before, after = _table(old, table), _table(new, table)
        for name in (*before, *after):
            is_new_entry = table == "extraKnownMarketplaces" and name not in before
            if _is_ours(name) and before.get(name) != after.get(name) and not is_new_entry:
                return "changes " + table + " of " + name
    return ""


def _allowed(old: dict[str, object], new: dict[str, object]) -> str:
    before, after = _table(old, "permissions").get("allow"), _table(new, "permissions").get("allow")
    for entry in after if isinstance(after, list) else []:
        is_new = not isinstance(before, list) or entry not in before
        if is_new and isinstance(entry, str) and any(word in entry.lower() for word in GUARDED):
            return "permits " + entry[:80]
    return ""
