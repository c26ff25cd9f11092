"""Composer: scripts of composer.json, and programs of its packages."""

from __future__ import annotations

from orchestrator.gate.event import decode
from orchestrator.gate.launch import front
from orchestrator.gate.task import quoted, unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


VALUED = "-d --working-dir --timeout"
# Commands of Composer itself that start nothing of the project by a name of its own.
OWN = frozenset(
    "about archive audit browse bump check-platform-reqs clear-cache clearcache cc config create-project depends why "
    "diagnose dump-autoload dumpautoload fund global home init install i licenses list outdated prohibits why-not "
    "reinstall remove rm require r search self-update selfupdate show info status suggests update u upgrade "
    "validate help".split()
)


def read(call: Call) -> None:
    outer = front(call.args, VALUED)
    command, args = (outer.rest or [""])[0], outer.rest[1:]
    if not command or command in OWN:
        return
    if command == "exec":
        words = front(args, VALUED).rest
        call.run([word for position, word in enumerate(words) if position or word != "--"])
        return
    if command in ("run", "run-script"):
        words = front(args, VALUED).rest
        command, args = (words or [""])[0], words[1:]
    folder = outer.last("-d", "--working-dir")
    text = call.read((folder + "/" if folder else "") + "composer.json")
    scripts = _scripts(text)
    if scripts is None:
        unread(call, command)
    else:
        _script(call, scripts, command, [word for word in args if word != "--"], set())


def _scripts(text: str | None) -> dict[str, object] | None:
    try:
        found = decode(text or "")
    except ValueError:
        return None
    scripts = found.get("scripts") if isinstance(found, dict) else None
    return scripts if isinstance(scripts, dict) else {}


def _script(call: Call, scripts: dict[str, object], name: str, extra: list[str], done: set[str]) -> None:
    value = scripts.get(name) if name not in done else None
    done.add(name)
    for text in value if isinstance(value, list) else [value]:
        if not isinstance(text, str):
            continue
        rest = " ".join(["", *[quoted(word) for word in extra]])
        first = text.split(None, 1)[0] if text.strip() else ""
        if first[:1] == "@" and first[1:] in scripts:
            _script(call, scripts, first[1:], extra, done)
        elif first[:1] == "@":
            # @php and @composer name those programs, @putenv sets a variable.
            call.shell(text[1:] + rest)
        else:
            call.shell(text + rest)
