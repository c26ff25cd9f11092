"""The command line of Symfony: it starts the console, PHP and Composer of the project."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    command, rest = call.args[:1], call.args[1:]
    if command in (["console"], ["php"], ["composer"]):
        call.run([*command, *rest])
    elif command == ["run"]:
        call.run([word for position, word in enumerate(rest) if position or not word.startswith("-")])
