"""minikube has kubectl and ssh among its subcommands."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "p:n:", {"profile=": "p", "node=": "n"}, stop=True)
    words = found.rest
    if words[:1] == ["kubectl"]:
        call.run(["kubectl", *(words[2:] if words[1:2] == ["--"] else words[1:])])
    elif words[:1] == ["ssh"]:
        inside = parse(words[1:], "p:n:", {"profile=": "p", "node=": "n"}, stop=True).rest
        if inside:
            call.run(["bash", "-c", " ".join(inside)], remote=True)
