"""Nix: `nix develop -c` and `nix shell -c` start a program, `nix run` that of a package."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    args = call.args
    if args[:1] in (["develop"], ["shell"], ["env"]):
        for position, word in enumerate(args):
            if word in ("-c", "--command"):
                call.run(args[position + 1 :])
                return
    elif args[:1] == ["run"]:
        _run(call, args[1:])


def _run(call: Call, args: list[str]) -> None:
    """`nix run nixpkgs#dbmate -- up`"""
    package = next((word for word in args if not word.startswith("-")), "")
    rest = args[args.index("--") + 1 :] if "--" in args else []
    name = package.rpartition("#")[2].rpartition(".")[2]
    if name:
        call.run([{"postgresql": "psql"}.get(name, name), *rest])
