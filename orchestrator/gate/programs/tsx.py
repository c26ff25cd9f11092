"""tsx and ts-node run TypeScript; tsx has subcommands."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = call.args
    if words[:1] == ["watch"]:
        words = words[1:]
    call.run(["node", *[word for word in words if word not in {"-T", "--transpile-only", "--esm", "--files"}]])
