"""pnpm: scripts of the project, and programs of its packages."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import member, nearest, script
from orchestrator.gate.programs.npx import package_program
from orchestrator.gate.task import start, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-F --filter --filter-prod -C --dir --reporter --loglevel --workspace-concurrency --store-dir --config "
    "--resume-from --package --test-pattern --changed-files-ignore-pattern"
)
RUN = ("run", "run-script")
SHORT = {"t": "test", "tst": "test"}
# Commands of pnpm itself that start nothing of the project.
OWN = frozenset(
    "add i install in update up upgrade remove rm uninstall un link ln unlink import rebuild rb prune fetch patch "
    "patch-commit patch-remove audit list ls outdated why licenses publish pack init create deploy store config c set "
    "get env setup root bin server doctor dedupe login logout whoami version view info approve-builds ignored-builds "
    "self-update cat-file find-hash install-test it help".split()
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    if not outer.rest or outer.rest[0] in OWN or outer.has("-h", "--help", "-v", "--version"):
        return
    command, words = outer.rest[0], outer.rest[1:]
    folder = outer.last("-C", "--dir")
    if command in ("recursive", "multi", "m"):
        call.run(["pnpm", "-r", *words])
    elif command == "dlx":
        package_program(call, words, folder)
    elif command == "exec":
        _exec(call, words, folder)
    else:
        given = outer.given
        if command in RUN:
            inner = front(words, VALUED)
            given, words = given + inner.given, inner.rest[1:]
            command = (inner.rest or [""])[0]
        _script(call, SHORT.get(command, command), words, given)


def _exec(call: Call, words: list[str], folder: str) -> None:
    inner = front(words, VALUED)
    if inner.has("-c", "--shell-mode"):
        call.shell(" ".join(inner.rest))
    else:
        start(call, inner.rest, folder)


def _script(call: Call, name: str, words: list[str], given: list[tuple[str, str]]) -> None:
    """A script of the project, or else a program of one of its packages."""
    folder = next((value for option, value in given if option in ("-C", "--dir")), "")
    package = next((value for option, value in given if option in ("-F", "--filter", "--filter-prod")), "")
    extra = words[1:] if words[:1] == ["--"] else words
    if package:
        found = member(call, package, folder)
    elif any(option in ("-r", "--recursive") for option, _ in given):
        unread(call, name)
        return
    else:
        found = nearest(call, folder)
    if name and not script(call, found, name, extra):
        start(call, [name, *extra], folder)
