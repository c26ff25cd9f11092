"""Yarn: scripts of the project, and programs of its packages."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import member, nearest, script
from orchestrator.gate.programs.npx import package_program
from orchestrator.gate.task import start, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "--cwd --modules-folder --cache-folder --registry --network-timeout --from --include --exclude -j --jobs --since"
)
# Commands of Yarn itself that start nothing of the project.
OWN = frozenset(
    "add install init remove up upgrade upgrade-interactive cache config info why list link unlink pack publish audit "
    "autoclean bin check create generate-lock-entry global help import licenses login logout outdated owner policies "
    "self-update set stage tag team unplug version versions constraints dedupe explain npm patch patch-commit plugin "
    "rebuild search".split()
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    if not outer.rest or outer.rest[0] in OWN or outer.has("-h", "--help", "-v", "--version"):
        return
    command, words = outer.rest[0], outer.rest[1:]
    folder = outer.last("--cwd")
    if command == "dlx":
        package_program(call, words, folder)
    elif command in ("workspace", "workspaces"):
        _workspace(call, command, words, folder)
    elif command in ("exec", "node"):
        rest = front(words, VALUED).rest
        start(call, ["node", *rest] if command == "node" else rest, folder)
    else:
        if command == "run":
            words = front(words, "--inspect --require").rest
            command, words = (words or [""])[0], words[1:]
        _script(call, command, words, folder)


def _script(call: Call, name: str, words: list[str], folder: str) -> None:
    """A script of the project, or else a program of one of its packages."""
    extra = words[1:] if words[:1] == ["--"] else words
    if name and not script(call, nearest(call, folder), name, extra):
        start(call, [name, *extra], folder)


def _workspace(call: Call, command: str, words: list[str], folder: str) -> None:
    rest = front(words, VALUED).rest
    package = None
    if command == "workspace":
        package = member(call, rest[0], folder) if rest else None
        rest = rest[1:]
    elif rest[:1] == ["foreach"]:
        rest = front(rest[1:], VALUED).rest
    rest = front(rest[1:], VALUED).rest if rest[:1] == ["run"] else rest
    if not rest:
        return
    if command == "workspace":
        if not script(call, package, rest[0], rest[1:]):
            start(call, rest, package.folder.rstrip("/") if package else "")
    else:
        unread(call, rest[0])
