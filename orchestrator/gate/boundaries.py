"""What an agent of this plugin may write, by its own definition. Agents of others have no boundaries here."""

from __future__ import annotations

import posix

from orchestrator.gate import catalogue, disk, glob
from orchestrator.gate.judgement import BELOW
from orchestrator.gate.place import inside, normal, real
from orchestrator.gate.rule import Effect
from orchestrator.gate.text import OPEN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.judgement import Write
    from orchestrator.gate.place import Place

# The name in .claude-plugin/plugin.json; the client puts it in front of the agent's name.
PLUGIN = "pgwright"
MAX_BYTES = 1_000_000
MAX_FILES = 2_000
SCRATCH = ("/tmp", "/var/tmp", "/dev/shm", "/private/tmp", "/var/folders", "/private/var/folders")  # noqa: S108
DEVICES = ("/dev", "/proc/self/fd")


class UnreadableDefinition(Exception):
    """The agent is ours and its file does not say what it may do."""


class Boundaries:
    """`allow` and `forbid` are patterns of paths relative to the project, `dont` ids of clauses."""

    __slots__ = ("allow", "dont", "forbid")

    def __init__(self, allow: list[str], forbid: list[str], dont: list[str]) -> None:
        self.allow = allow
        self.forbid = forbid
        self.dont = dont

    def allows(self, path: str) -> bool:
        return any(glob.matches(path, pattern) for pattern in self.allow)

    def forbids(self, path: str) -> bool:
        """Whatever the case: on some disks it makes no difference."""
        return any(glob.matches(path.lower(), pattern.lower()) for pattern in self.forbid)


_read: dict[tuple[str, str], Boundaries | None] = {}


def is_ours(agent_type: str) -> bool:
    return agent_type.strip().lower().startswith(PLUGIN + ":")


def of(agent_type: str, plugin: str) -> Boundaries | None:
    """None for the main session, the agents of others, and one without boundaries. Raises UnreadableDefinition."""
    if not is_ours(agent_type):
        return None
    if (agent_type, plugin) not in _read:
        _read[agent_type, plugin] = _from_file(agent_type, plugin)
    return _read[agent_type, plugin]


def _from_file(agent_type: str, plugin: str) -> Boundaries | None:
    from orchestrator.gate import definition

    parts = agent_type.split(":")[1:]
    if any(part in ("", ".", "..") or "/" in part for part in parts):
        raise UnreadableDefinition(agent_type)
    text = disk.text(plugin + "/agents/" + "/".join(parts) + ".md", MAX_BYTES)
    if text is None:
        raise UnreadableDefinition(agent_type)
    try:
        lists = definition.boundaries(text)
    except definition.Unreadable as error:
        raise UnreadableDefinition(str(error)) from error
    return Boundaries(lists["allow"], lists["forbid"], lists["dont"]) if lists is not None else None


def dont(agent_type: str, plugin: str) -> frozenset[str]:
    """The DON'T clauses of the agent. Raises UnreadableDefinition."""
    found = of(agent_type, plugin)
    return frozenset(found.dont) if found else frozenset()


def effects(write: Write, place: Place) -> list[Effect]:
    """The rules that the write breaks, at most one."""
    try:
        limits = of(place.agent, place.plugin)
    except UnreadableDefinition:
        return [_effect("unread-agent-definition", write, place)]
    if limits is None:
        return []
    broken = _broken(limits, write, place)
    return [_effect(broken, write, place)] if broken else []


def _broken(limits: Boundaries, write: Write, place: Place) -> str:
    known = write.path.removesuffix(BELOW)
    if OPEN in known:
        return "unknown-agent-path"
    named = normal(known, place.cwd)
    if any(inside(named, folder) for folder in DEVICES):
        return ""
    path = real(named)
    project = real(place.project)
    if not inside(path, project):
        return "" if _is_scratch(path) else "outside-agent-paths"
    relative = path[len(project.rstrip("/")) + 1 :]
    if limits.forbids(relative) or (write.text is None and _holds_forbidden(limits, path, project)):
        return "forbidden-agent-path"
    return "" if limits.allows(relative) else "outside-agent-paths"


def _is_scratch(path: str) -> bool:
    own = posix.environ.get(b"TMPDIR", b"").decode("utf-8", "surrogateescape")
    folders = [*SCRATCH, own] if own.startswith("/") and own.strip("/") else SCRATCH
    return any(inside(path, real(folder)) for folder in folders)


def _holds_forbidden(limits: Boundaries, folder: str, project: str) -> bool:
    """True if removing the folder would remove a file that is forbidden, or if it holds too many to tell."""
    waiting = [folder]
    seen = 0
    while waiting:
        each = waiting.pop()
        try:
            entries = posix.listdir(each)
        except OSError:
            continue
        for entry in entries:
            seen += 1
            path = each + "/" + entry
            if seen > MAX_FILES or limits.forbids(path[len(project.rstrip("/")) + 1 :]):
                return True
            if not _is_link(path):
                waiting.append(path)
    return False


def _is_link(path: str) -> bool:
    try:
        return bool(posix.readlink(path))
    except OSError:
        return False


def _effect(rule_id: str, write: Write, place: Place) -> Effect:
    return Effect(catalogue.find(rule_id), place.agent + " " + said(write))


def said(write: Write) -> str:
    """The write in words, with the command where it does not name the path itself."""
    path = shown(write.path)
    by = "" if not write.by or path in write.by else " by " + shown(write.by)
    return ("removes " if write.text is None else "writes ") + path + by
