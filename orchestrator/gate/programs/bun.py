"""Bun: scripts of the project, programs of its packages, and files."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import member, nearest, script
from orchestrator.gate.programs.npx import package_program
from orchestrator.gate.task import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "--cwd -F --filter --env-file -c --config -r --preload --require --import -e --eval -p --print --port --conditions "
    "--shell --tsconfig-override --define --loader --elide-lines"
)
OWN = frozenset(
    "install i add a remove rm update outdated link unlink pm build init create c upgrade test publish patch audit "
    "info repl help why".split()
)
SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    text = outer.last("-e", "--eval", "-p", "--print")
    if text:
        call.code("javascript", text)
        return
    if not outer.rest or outer.rest[0] in OWN:
        return
    command, words = outer.rest[0], outer.rest[1:]
    folder = outer.last("--cwd")
    given = outer.given
    if command == "x":
        package_program(call, words, folder)
        return
    if command == "run":
        inner = front(words, VALUED)
        given = given + inner.given
        command, words = (inner.rest or [""])[0], inner.rest[1:]
    if command == "-":
        call.run(["node", "-"])
    elif command.endswith(SUFFIXES):
        start(call, ["node", command, *words], folder)
    elif command:
        _script(call, command, words, given, folder)


def _script(call: Call, name: str, words: list[str], given: list[tuple[str, str]], folder: str) -> None:
    package = next((value for option, value in given if option in ("-F", "--filter")), "")
    found = member(call, package, folder) if package else nearest(call, folder)
    if not script(call, found, name, words):
        start(call, [name, *words], folder)
