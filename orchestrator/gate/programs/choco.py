"""choco installs and removes packages."""

from __future__ import annotations

from orchestrator.gate.stores import services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    services.removed(call, "uninstall")
