"""k3s has kubectl among its subcommands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = [word for word in call.args if word != "--"]
    if words[:1] == ["kubectl"]:
        call.run(["kubectl", *call.args[call.args.index("kubectl") + 1 :]])
