"""What stands around a definition: the plugin or project that it belongs to, and the names that it may mention."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from orchestrator.plugin import definitions, frontmatter, paths, versions
from orchestrator.plugin.problems import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from orchestrator.plugin.definitions import AgentDefinition, SkillDefinition
    from orchestrator.plugin.problems import Severity
    from orchestrator.plugin.versions import Lock

Kind = Literal["plugin", "project", "alone"]
KINDS: tuple[versions.Kind, ...] = ("agent", "skill")
PROJECT_FOLDER = ".claude"
NOT_LOOKED_INTO = frozenset({".git", ".venv", "node_modules", "__pycache__"})
MANIFEST = ".claude-plugin/plugin.json"


@dataclass(frozen=True, kw_only=True)
class Names:
    """Definitions by name, an agent by its own and a skill by its folder's; two of one name are in one list.

    `servers` are the MCP servers as tools name them.
    """

    agents: Mapping[str, list[AgentDefinition]] = field(default_factory=dict)
    skills: Mapping[str, list[SkillDefinition]] = field(default_factory=dict)
    commands: frozenset[str] = frozenset()
    servers: frozenset[str] = frozenset()

    @property
    def every_agent(self) -> list[AgentDefinition]:
        return [found for each in self.agents.values() for found in each]

    @property
    def every_skill(self) -> list[SkillDefinition]:
        return [found for each in self.skills.values() for found in each]


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """`root` is the folder of the plugin or project; for a file that stands alone it is the file's own folder.

    `here` has the names of that tree, `elsewhere` those that the project around it and our own plugin add.
    `own_servers` are the servers that the plugin itself starts, by their bare names.
    """

    kind: Kind
    root: Path
    plugin: str
    here: Names
    elsewhere: Names
    locks: Mapping[str, Lock]
    own_servers: frozenset[str] = frozenset()

    @property
    def top(self) -> Path:
        """The folder that holds `agents/` and `skills/`."""
        return self.root / PROJECT_FOLDER if self.kind == "project" else self.root

    def lock_of(self, found: AgentDefinition | SkillDefinition) -> Lock:
        return self.locks["agent" if isinstance(found, definitions.AgentDefinition) else "skill"]

    @property
    def unknown(self) -> Severity:
        """How bad a name is that is in none of the places that can be looked at."""
        severities: dict[Kind, Severity] = {"plugin": "error", "project": "warning", "alone": "note"}
        return severities[self.kind]

    @property
    def servers(self) -> frozenset[str]:
        return self.here.servers | self.elsewhere.servers

    def agent(self, name: str) -> AgentDefinition | None:
        bare = self.bare(name)
        found = self.here.agents.get(bare) or self.elsewhere.agents.get(bare)
        return found[0] if found else None

    def skill(self, name: str) -> SkillDefinition | None:
        bare = self.bare(name)
        found = self.here.skills.get(bare) or self.elsewhere.skills.get(bare)
        return found[0] if found else None

    def command(self, name: str) -> bool:
        return self.bare(name) in self.here.commands | self.elsewhere.commands

    def is_foreign(self, name: str) -> bool:
        """Whether `name` is that of another plugin, which cannot be looked into."""
        plugin, colon, _ = name.partition(":")
        return bool(colon) and plugin not in (self.plugin, plugin_name(paths.root()))

    def bare(self, name: str) -> str:
        """The name without the plugin that it belongs to."""
        return name if self.is_foreign(name) else name.rpartition(":")[2]


def place(path: Path) -> tuple[Kind, Path]:
    """What the file at `path` belongs to, and that thing's folder."""
    for folder in path.parents:
        if folder.name == PROJECT_FOLDER:
            return "project", folder.parent
        if (folder / ".claude-plugin").is_dir() or ((folder / "agents").is_dir() and (folder / "skills").is_dir()):
            return "plugin", folder
    return "alone", next((folder for folder in path.parents if folder.name == "agents"), path.parent)


def under(root: Path, kind: Kind = "plugin") -> Surroundings:
    """The surroundings of every file of the plugin or project in `root`."""
    plugin = plugin_name(root) if kind == "plugin" else ""
    started = frozenset(_servers(root)) if kind == "plugin" else frozenset()
    return Surroundings(
        kind=kind,
        root=root,
        plugin=plugin,
        here=_here(root, kind),
        elsewhere=_elsewhere(root, kind),
        locks={name: versions.lock(root / PROJECT_FOLDER if kind == "project" else root, name) for name in KINDS},
        own_servers=started,
    )


def plugin_name(root: Path) -> str:
    name = _json(root / MANIFEST).get("name")
    return name if isinstance(name, str) and name else root.name


def read(kind: Literal["agent", "skill"], files: Iterable[Path], root: Path) -> list[Any]:
    """The definitions that can be read at all; what is wrong with a file is said where the file itself is checked."""
    one = definitions.agent if kind == "agent" else definitions.skill
    found = []
    for path in files:
        try:
            found.append(one(path, root, frontmatter.read_leniently))
        except DefinitionError:
            continue
    return found


def agent_files(top: Path) -> list[Path]:
    return _declared(top, "agents") or list(definitions.agent_paths(top))


def skill_files(top: Path) -> list[Path]:
    return _declared(top, "skills") + list(definitions.skill_paths(top))


def _declared(top: Path, key: str) -> list[Path]:
    """Files of the paths that a manifest lists instead of the usual folder."""
    value = _json(top / MANIFEST).get(key)
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    paths_ = [top / each for each in listed if isinstance(each, str)]
    pattern = "**/*.md" if key == "agents" else "**/SKILL.md"
    return [file for path in paths_ for file in ([path] if path.is_file() else sorted(path.glob(pattern)))]


def _here(root: Path, kind: Kind) -> Names:
    if kind == "alone":
        files = sorted(root.rglob("*.md")) if root.name == "agents" else ()
        return _names(read("agent", files, root), ())
    top = root / PROJECT_FOLDER if kind == "project" else root
    prefix = f"plugin_{_as_in_a_tool(plugin_name(root))}_" if kind == "plugin" else ""
    servers = {prefix + _as_in_a_tool(name) for name in _servers(root)}
    return _names(read("agent", agent_files(top), root), read("skill", skill_files(top), root), servers, top)


def _elsewhere(root: Path, kind: Kind) -> Names:
    """Our own plugin's names, and those of the project whose root is the plugin's."""
    ours = paths.root()
    # A copy of our own plugin is held against itself.
    tops = [] if kind == "plugin" and plugin_name(root) == plugin_name(ours) else [ours]
    tops += [root / PROJECT_FOLDER] if kind == "plugin" else []
    agents = [each for top in tops for each in read("agent", agent_files(top), top)]
    skills = [each for top in tops for each in read("skill", skill_files(top), top)]
    servers = {f"plugin_{plugin_name(ours)}_{name}" for name in _servers(ours)}
    return _names(agents, skills, servers)


def _names(
    agents: Iterable[AgentDefinition],
    skills: Iterable[SkillDefinition],
    servers: Iterable[str] = (),
    top: Path | None = None,
) -> Names:
    by_name: dict[str, list[AgentDefinition]] = defaultdict(list)
    by_folder: dict[str, list[SkillDefinition]] = defaultdict(list)
    for agent in agents:
        by_name[agent.name].append(agent)
    for skill in skills:
        by_folder[skill.path.parent.name].append(skill)
    commands = {path.stem for path in (top / "commands").rglob("*.md")} if top else set()
    return Names(agents=dict(by_name), skills=dict(by_folder), commands=frozenset(commands), servers=frozenset(servers))


def _servers(root: Path) -> Iterator[str]:
    """The MCP servers that a plugin or project declares."""
    for document in (_json(root / ".mcp.json"), _json(root / MANIFEST)):
        declared = document.get("mcpServers")
        if isinstance(declared, str):
            declared = _json(root / declared).get("mcpServers")
        if isinstance(declared, dict):
            yield from map(str, declared)


def _as_in_a_tool(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", name)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
