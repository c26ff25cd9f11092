"""docker compose and the programs that copy it."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import composefile, containers, names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.stores.composefile import Service

_GLOBAL = verbs.valued(
    "file profile project-name env-file project-directory ansi parallel progress host context log-level "
    "tlscacert tlscert "
    "tlskey podman-args podman-path podman-run-args podman-pull-args podman-build-args pod-args in-pod"
)
# Names of services that are started to change a database.
_RISKY = ("migrat", "seed", "reset-db", "db-reset", "drop", "wipe", "db-init", "db-setup")
_UP = verbs.valued("attach exit-code-from no-attach pull scale timeout wait-timeout")
_EXEC = verbs.valued("env user workdir index")
_RUN = verbs.valued(
    "env env-file user workdir name label publish volume entrypoint cap-add cap-drop pull env-from-file"
)


def read(call: Call, args: list[str]) -> None:
    """Judges the words after `docker compose`."""
    found = parse(args, "f:p:c:H:", _GLOBAL, stop=True)
    if not found.rest or found.has("help", "h", "version", "v", "dry-run"):
        return
    action, words = found.rest[0], found.rest[1:]
    if action == "exec":
        containers.inner(call, parse(words, "e:u:w:", _EXEC, stop=True).rest[1:])
    elif action == "run":
        _run(call, words, found.values("file", "f"))
    elif action in ("up", "start"):
        _up(call, words, found.values("file", "f"))
    elif action == "down":
        _down(call, words)
    elif action == "rm":
        _remove(call, words)


def _up(call: Call, words: list[str], files: list[str]) -> None:
    """Services that are started by name, where the name says that they change a database."""
    for name in parse(words, "t:", _UP).operands:
        if any(part in name for part in _RISKY):
            _run(call, [name], files)


def _run(call: Call, words: list[str], files: list[str]) -> None:
    found = parse(words, "e:u:w:l:p:v:", _RUN, stop=True)
    if not found.rest or found.has("help"):
        return
    name, words = found.rest[0], found.rest[1:]
    described = composefile.service(call, name, files)
    if described is None:
        if not words and any(part in name for part in _RISKY):
            call.effect("unread-command", f"what the service {name} runs cannot be read")
        containers.started(call, found, name, words)
        if not found.has("entrypoint"):
            # A service named like a tool may be an image of the project's own, which runs the words.
            containers.inner(call, words)
    else:
        _described(call, found, described, words)


def _described(call: Call, found: Options, service: Service, words: list[str]) -> None:
    """A service as the compose file has it: words on the command line replace its command."""
    command: list[str] | str = words or service.command or []
    entry = service.entrypoint
    if found.has("entrypoint") or entry is None:
        if type(command) is str:
            call.run(["sh", "-c", command], remote=True)
        else:
            containers.started(call, found, service.image or "none", list(command))
    elif type(entry) is str:
        call.run(["sh", "-c", entry + " " + (command if type(command) is str else " ".join(command))], remote=True)
    else:
        containers.inner(call, [*entry, *(command.split() if type(command) is str else command)])


def _down(call: Call, words: list[str]) -> None:
    found = parse(words, "t:", {"timeout=": "t", "rmi=": "rmi", "volumes": "v", "help": "help", "dry-run": "dry-run"})
    if _set(found, "v") and not found.has("help", "dry-run"):
        call.effect("destroy-volume")


def _remove(call: Call, words: list[str]) -> None:
    found = parse(words, "", {"volumes": "v", "stop": "s", "force": "f", "help": "help"})
    services = found.operands
    if _set(found, "v") and not found.has("help") and (not services or any(map(names.database, services))):
        call.effect("destroy-volume")


def _set(found: Options, name: str) -> bool:
    return any(value not in ("false", "0", "f", "False") for value in found.values(name))
