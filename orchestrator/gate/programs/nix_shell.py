"""nix-shell: `--run` and `--command` take a command line."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    for option, text in zip(call.args, call.args[1:]):
        if option in ("--run", "--command"):
            call.shell(text)
