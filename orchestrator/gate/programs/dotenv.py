"""dotenv: three programs of one name start a program with variables from a file."""

from __future__ import annotations

from orchestrator.gate.launch import front, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-e --env -f --file -v -c -p --quote -q --export"


def read(call: Call) -> None:
    words = front(call.args, VALUED).rest
    if words[:1] == ["run"]:
        # python-dotenv has subcommands; the others start the program at once.
        words = front(words[1:], "").rest
    program(call, words)
