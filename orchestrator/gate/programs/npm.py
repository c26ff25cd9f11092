"""npm: scripts of the project, and programs of its packages."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import member, nearest, script
from orchestrator.gate.programs.npx import package_program
from orchestrator.gate.task import unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "--prefix -C -w --workspace --loglevel --registry --userconfig --cache --script-shell --node-options --tag --otp "
    "--scope --globalconfig"
)
RUN = ("run", "run-script", "rum", "urn")
SHORT = {"test": "test", "t": "test", "tst": "test", "start": "start", "stop": "stop", "restart": "restart"}


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    if not outer.rest:
        return
    command = outer.rest[0]
    if command in ("exec", "x"):
        package_program(call, outer.rest[1:], outer.last("--prefix", "-C"))
        return
    inner = front(outer.rest[1:], VALUED) if command in RUN else None
    name = SHORT.get(command, "") if inner is None else (inner.rest or [""])[0]
    if not name or outer.has("-h", "--help"):
        return
    words = outer.rest[1:] if inner is None else inner.rest[1:]
    given = front(list(call.args), VALUED).given + (inner.given if inner else [])
    _script(call, name, words, given)


def _script(call: Call, name: str, words: list[str], given: list[tuple[str, str]]) -> None:
    """`words` follow the script's name: options of npm among them end at "--", the rest goes to the script."""
    own = words[: words.index("--")] if "--" in words else words
    options = given + front([word for word in own if word.startswith("-")], "").given
    options += [(word, own[at + 1]) for at, word in enumerate(own[:-1]) if word in VALUED.split()]
    extra = [word for word in own if not word.startswith("-")]
    if "--" in words:
        extra += words[words.index("--") + 1 :]
    folder = next((value for option, value in options if option in ("--prefix", "-C")), "")
    workspace = next((value for option, value in options if option in ("-w", "--workspace") and value), "")
    if workspace:
        script(call, member(call, workspace, folder), name, extra)
    elif any(option in ("-ws", "--workspaces") for option, _ in options):
        unread(call, name)
    else:
        script(call, nearest(call, folder), name, extra)
