"""Where a question becomes a refusal: nobody can answer it, or somebody said beforehand that the answer is no.

Nothing here loosens a decision. A configuration that cannot be read, or says something else than the words known here,
is taken for the strictest one.
"""

from __future__ import annotations

import posix

from orchestrator.gate import catalogue, disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.gate.place import Place
    from orchestrator.gate.rule import Effect

# In these modes nobody is asked, or nobody is there.
SILENT_MODES = ("bypassPermissions", "dontAsk")
# What the client calls itself in a run of `claude -p`; an SDK that can answer says sdk-py or sdk-ts.
HEADLESS = b"sdk-cli"
ANSWERER = "--permission-prompt-tool"
MAX_BYTES = 1_000_000
MAX_COMMAND_LINE = 65_536


def because(event: Mapping[str, object], place: Place, held: Sequence[Effect]) -> str:
    """Why these effects, which ask, are refused; "" if they stay a question."""
    mode = event.get("permission_mode")
    if isinstance(mode, str) and mode in SILENT_MODES:
        return "nobody can be asked in permission mode " + mode
    if _is_headless():
        return "nobody can be asked in a run of claude -p"
    return _option() or _project(place, held) or _clause(place, held)


def _is_headless() -> bool:
    """True if it is certain: the client says so, says that nobody attends, and was given nobody who answers for it."""
    variables = posix.environ
    if variables.get(b"CLAUDE_CODE_ENTRYPOINT") != HEADLESS or variables.get(b"CLAUDE_CODE_SESSION_ATTENDED") != b"0":
        return False
    client = variables.get(b"CLAUDE_PID", b"")
    line = disk.text("/proc/" + client.decode() + "/cmdline", MAX_COMMAND_LINE) if client.isdigit() else None
    return bool(line) and ANSWERER not in str(line)


def _option() -> str:
    chosen = posix.environ.get(b"CLAUDE_PLUGIN_OPTION_ASK", b"").decode("utf-8", "replace")
    if chosen in ("", "ask"):
        return ""
    if chosen == "deny":
        return "the plugin option ask says deny"
    return "the plugin option ask says neither ask nor deny"


def _project(place: Place, held: Sequence[Effect]) -> str:
    """What `[tool.orchestrate.gate]` in the project's pyproject.toml says."""
    path = place.project + "/pyproject.toml"
    try:
        posix.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return ""
    except OSError:
        return "pyproject.toml cannot be read"
    text = disk.text(path, MAX_BYTES)
    if text is None:
        return "pyproject.toml cannot be read"
    # tomllib takes longer than everything else here; the words cannot be missing where the table is there.
    return _table(text, held) if "orchestrate" in text and "gate" in text else ""


def _table(text: str, held: Sequence[Effect]) -> str:
    try:
        from tomllib import loads

        table = loads(text).get("tool", {}).get("orchestrate", {}).get("gate", {})
    except (ImportError, ValueError, AttributeError, RecursionError):
        return "[tool.orchestrate.gate] in pyproject.toml cannot be read"
    if not isinstance(table, dict) or not _is_sound(table):
        return '[tool.orchestrate.gate] in pyproject.toml knows only ask = "deny" and deny = ["rule-id"]'
    if table.get("ask") == "deny":
        return '[tool.orchestrate.gate] in pyproject.toml says ask = "deny"'
    for effect in held:
        if effect.rule.id in table.get("deny", ()):
            return "[tool.orchestrate.gate] in pyproject.toml denies " + effect.rule.id
    return ""


def _is_sound(table: dict[str, object]) -> bool:
    denied = table.get("deny", [])
    if set(table) - {"ask", "deny"} or table.get("ask", "ask") not in ("ask", "deny") or not isinstance(denied, list):
        return False
    known = _rule_ids() if denied else frozenset()
    return all(isinstance(each, str) and each in known for each in denied)


def _rule_ids() -> frozenset[str]:
    found = set(catalogue.names("rules"))
    for word in catalogue.verbs():
        found |= catalogue.names("rules/sql/" + word)
    return frozenset(name.replace("_", "-") for name in found)


def _clause(place: Place, held: Sequence[Effect]) -> str:
    """The agent's own definition: it may have been told never to do this."""
    from orchestrator.gate import boundaries

    if not boundaries.is_ours(place.agent):
        return ""
    try:
        told = boundaries.dont(place.agent, place.plugin)
    except boundaries.UnreadableDefinition:
        return "the definition of the agent " + place.agent + " cannot be read"
    for effect in held:
        if effect.rule.clause and effect.rule.clause in told:
            return "the agent " + place.agent + " has the clause " + effect.rule.clause
    return ""
