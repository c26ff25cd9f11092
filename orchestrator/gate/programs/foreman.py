"""Foreman: `foreman run` starts a program with the variables of the project, `foreman start` those of its Procfile."""

from __future__ import annotations

from orchestrator.gate.launch import front, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = (
    "-e --env -f --procfile -d --root -m --formation -c --concurrency -p --port -t --timeout -s --socket -l "
    "--processes -x --ignored-processes -T --title -r --auto-restart"
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    inner = front(outer.rest[1:], VALUED)
    found = outer.given + inner.given
    folder = next((value for name, value in found if name in ("-d", "--root")), "")
    if outer.rest[:1] in (["run"], ["r"]):
        program(call, inner.rest, folder)
    elif outer.rest[:1] in (["start"], ["s"]):
        path = next((value for name, value in found if name in ("-f", "--procfile")), "Procfile")
        _start(call, (folder + "/" if folder else "") + path, inner.rest)


def _start(call: Call, path: str, names: list[str]) -> None:
    """The processes of a Procfile, or those that are named."""
    for line in (call.read(path) or "").split("\n"):
        name, colon, command = line.partition(":")
        if colon and command.strip() and not name.startswith("#") and (not names or name.strip() in names):
            call.shell(command.strip())
