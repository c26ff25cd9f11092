"""docker runs programs in containers, and keeps the volumes where databases lie."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import compose, containers, names
from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

# `docker container exec` is `docker exec`.
_MANAGEMENT = ("container", "system", "volume", "buildx", "pod", "machine")


def read(call: Call) -> None:
    found = parse(call.args, containers.GLOBAL_SHORT, containers.GLOBAL, stop=True)
    words = found.rest
    if not words or found.has("help", "version", "v"):
        return
    action = words[0]
    if action in _MANAGEMENT and len(words) > 1:
        action = words[1] if action == "container" else f"{action} {words[1]}"
        words = words[1:]
    handle = _ACTIONS.get(action)
    if handle:
        handle(call, words[1:])


def _options(args: list[str]) -> Options:
    return parse(
        args, "", {"filter=": "filter", "volumes": "v", "all": "a", "force": "f", "help": "help", "time=": "time"}
    )


def _remove(call: Call, args: list[str]) -> None:
    found = _options(args)
    # Containers found by a command may be those of a database.
    if found.has("v") and any(OPEN in word or names.database(word) for word in found.operands):
        call.effect("destroy-volume")


def _volume_remove(call: Call, args: list[str]) -> None:
    found = _options(args)
    if not found.has("help"):
        containers.remove_volumes(call, found.operands)


def _volume_prune(call: Call, args: list[str]) -> None:
    if not _options(args).has("help"):
        call.effect("destroy-volume")


def _system_prune(call: Call, args: list[str]) -> None:
    found = _options(args)
    if not found.has("help") and any(value != "false" for value in found.values("v")):
        call.effect("destroy-volume")


def _kube(call: Call, args: list[str]) -> None:
    # podman kube down --force takes the volumes along.
    if args[:1] == ["down"] and "--force" in args:
        call.effect("destroy-volume")


def _reset(call: Call, args: list[str]) -> None:
    if "--help" not in args:
        call.effect("destroy-volume")


def _machine_ssh(call: Call, args: list[str]) -> None:
    containers.inner(call, parse(args, "", {"username=": "username"}, stop=True).rest[1:])


_ACTIONS: dict[str, Callable[[Call, list[str]], None]] = {
    "exec": containers.read_exec,
    "run": containers.read_run,
    "create": containers.read_run,
    "rm": _remove,
    "remove": _remove,
    "compose": compose.read,
    "volume rm": _volume_remove,
    "volume remove": _volume_remove,
    "volume prune": _volume_prune,
    "system prune": _system_prune,
    "system reset": _reset,
    "kube": _kube,
    "machine rm": _reset,
    "machine reset": _reset,
    "machine ssh": _machine_ssh,
}
