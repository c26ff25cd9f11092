"""The .NET command line: `dotnet ef` and other tools that change a database; everything else is everyday work."""

from __future__ import annotations

from orchestrator.gate.migration import Tool, judge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

FLUENT = Tool(
    {
        "fm migrate": "nothing if --preview; run-migration",
        "fm migrate up": "nothing if --preview; run-migration",
        "fm migrate down": "nothing if --preview; revert-migration",
        "fm rollback": "nothing if --preview; revert-migration",
        "fm rollback all": "nothing if --preview; reset-database",
    },
    "-c --connection -p --processor -a --assembly -t --target -n --namespace --tag -b",
)
TOOLS = ("grate", "rh")


def read(call: Call) -> None:
    args = call.args
    if args[:2] in (["tool", "run"], ["tool", "exec"]):
        call.run([word for word in args[2:] if word != "--"])
    elif args[:1] == ["ef"]:
        call.run(["dotnet-ef", *args[1:]])
    elif args[:1] in (["fm"], ["dotnet-fm"]):
        judge(call, FLUENT)
    elif args and args[0] in TOOLS:
        call.run(args)
