"""Where a tool call happens: the folders that decide what a path means and what is protected."""

from __future__ import annotations

import posix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Place:
    """Absolute paths without a trailing slash; "" where a folder is not known.

    `cwd` is where the command starts, `project` the project's root, `plugin` the plugin's own folder, `data` its
    writable folder, `config` the client's configuration folder, `home` the user's home. `agent` is the agent type of
    the event ("pgwright:database-engineer"), "" in the main session.
    """

    __slots__ = ("agent", "config", "cwd", "data", "home", "plugin", "project")

    def __init__(
        self,
        *,
        cwd: str,
        project: str = "",
        plugin: str = "",
        data: str = "",
        config: str = "",
        home: str = "",
        agent: str = "",
    ) -> None:
        self.cwd = cwd
        self.project = project or cwd
        self.plugin = plugin
        self.data = data
        self.config = config or (home + "/.claude" if home else "")
        self.home = home
        self.agent = agent

    @classmethod
    def of(cls, event: Mapping[str, object], plugin: str) -> Place:
        """The place of a hook event, with what the client puts into the hook's environment."""
        return cls(
            cwd=_text(event.get("cwd")) or posix.getcwd(),
            project=_folder("CLAUDE_PROJECT_DIR"),
            plugin=plugin,
            data=_folder("CLAUDE_PLUGIN_DATA"),
            config=_folder("CLAUDE_CONFIG_DIR"),
            home=_folder("HOME"),
            agent=_text(event.get("agent_type")),
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _folder(name: str) -> str:
    value = posix.environ.get(name.encode(), b"").decode("utf-8", "surrogateescape")
    return value.rstrip("/") if value.startswith("/") else ""


def normal(path: str, cwd: str) -> str:
    """The absolute path without `.`, `..` and doubled slashes; links are not followed."""
    parts: list[str] = []
    for part in (path if path.startswith("/") else cwd + "/" + path).split("/"):
        if part == "..":
            if parts:
                parts.pop()
        elif part and part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def real(path: str, depth: int = 40) -> str:
    """The absolute path with every link followed, as far as it exists."""
    done = ""
    rest = [part for part in path.split("/") if part]
    while rest:
        part = rest.pop(0)
        if part == "..":
            done = done.rpartition("/")[0]
            continue
        step = done + "/" + part
        try:
            target = posix.readlink(step) if depth else ""
        except (OSError, ValueError):
            target = ""
        if not target:
            done = step
            continue
        depth -= 1
        rest = [each for each in target.split("/") if each and each != "."] + rest
        if target.startswith("/"):
            done = ""
    return done or "/"


def inside(path: str, folder: str) -> bool:
    """True if `path` is `folder` or in it; both normal."""
    return bool(folder) and (path == folder or path.startswith(folder.rstrip("/") + "/"))
