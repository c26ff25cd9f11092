"""npx: starts the program of a package."""

from __future__ import annotations

from orchestrator.gate.launch import front
from orchestrator.gate.node_scripts import binary
from orchestrator.gate.task import start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = (
    "-p --package -c --call -w --workspace --prefix --shell --cache --userconfig --registry --loglevel -n "
    "--node-options --node-arg"
)


def read(call: Call) -> None:
    package_program(call, call.args)


def package_program(call: Call, args: list[str], folder: str = "") -> None:
    """Starts the program that `npx` and its relatives are given."""
    found = front(args, VALUED)
    text = found.last("-c", "--call")
    if text:
        call.shell(text)
    elif found.rest:
        folder = found.last("--prefix") or folder
        start(call, [binary(found.rest[0]), *found.rest[1:]], folder)
