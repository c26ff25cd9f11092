"""The client's own command line: what would run without the gate, or take it away."""

from __future__ import annotations

from orchestrator.gate import settings
from orchestrator.gate.boundaries import PLUGIN
from orchestrator.gate.options import parse
from orchestrator.gate.text import OPEN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.options import Options

# Options with a value, so that the value is not taken for the name of a command.
WITH_VALUE = (
    "add-dir agent agents allowed-tools allowedTools append-system-prompt append-system-prompt-file autocompact betas "
    "debug-file disallowed-tools disallowedTools effort environment fallback-model file input-format json-schema "
    "max-budget-usd max-turns mcp-config model output-format permission-mode permission-prompt-tool plugin-dir "
    "session-id setting-sources settings system-prompt system-prompt-file tools scope"
)
LONG = {name + "=": name for name in WITH_VALUE.split()}
LONG.update({"bare": "bare", "safe-mode": "safe-mode", "help": "help", "version": "version", "all": "all"})
# Variables with which the client loads no plugins, or others.
SWITCHES = ("CLAUDE_CODE_SIMPLE", "CLAUDE_CODE_SAFE_MODE", "CLAUDE_CODE_RESTRICTED", "CLAUDE_CODE_PERSONAL_HOOKS_OFF")
FOLDERS = ("CLAUDE_CONFIG_DIR", "CLAUDE_CODE_PLUGIN_CACHE_DIR", "HOME")
REMOVALS = ("disable", "uninstall", "remove", "rm")
OFF = ("", "0", "false", "no", "off")


def read(call: Call) -> None:
    found = parse(call.args, "cdhprvw:as:", LONG)
    if found.has("help", "h", "version", "v"):
        return
    if found.operands[:1] in (["plugin"], ["plugins"]):
        _plugin(call, found)
    elif found.operands[:3] == ["config", "set", settings.SWITCH] or found.operands[:2] == ["config", "remove"]:
        _config(call, found)
    elif _is_ungated(call, found):
        call.effect("start-without-gate")


def _plugin(call: Call, found: Options) -> None:
    words = found.operands[1:]
    if words[:1] == ["marketplace"]:
        words = words[1:]
    if not words or words[0] not in REMOVALS:
        return
    named = words[1:]
    if found.has("all", "a") or any(OPEN in each or each.lower().partition("@")[0] == PLUGIN for each in named):
        call.effect("remove-gate")


def _config(call: Call, found: Options) -> None:
    if "true" in found.operands or any(OPEN in each for each in found.operands) or "hooks" in found.operands:
        call.effect("remove-gate")


def _is_ungated(call: Call, found: Options) -> bool:
    if found.has("bare", "safe-mode") or any((call.variable(name) or "").lower() not in OFF for name in SWITCHES):
        return True
    # Only what the command line itself has set is known here.
    if any(call.variable(name) is not None for name in FOLDERS):
        return True
    sources = found.values("setting-sources")
    if sources and "user" not in sources[-1].replace(" ", "").split(","):
        return True
    return any(_disables(call, value) for value in found.values("settings"))


def _disables(call: Call, value: str) -> bool:
    """True for settings that take the gate away, and for those that cannot be read: JSON text, or a file's name."""
    text = value if value.lstrip().startswith("{") else call.read(value)
    if text is None or not is_known(text):
        return True
    given = settings.parsed(text)
    return given is None or bool(settings.loss({}, given))
