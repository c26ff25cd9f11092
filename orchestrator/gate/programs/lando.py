"""Lando: starts programs in the containers of a project, and loads and removes its database."""

from __future__ import annotations

from orchestrator.gate.programs.ddev import TOOLS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    command = (call.args or [""])[0]
    if command in (*TOOLS, "mysql", "mariadb"):
        call.run(call.args)
    elif command == "ssh" and "-c" in call.args[:-1]:
        call.shell(call.args[call.args.index("-c") + 1])
    elif command == "db-import":
        call.effect("restore-over-database")
    elif command == "destroy":
        call.effect("destroy-volume")
