"""git: words that it hands to a shell, and hooks that it runs later."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

# Settings whose value is a command line.
COMMANDS = ("alias.", "core.pager", "core.editor", "core.sshcommand", "core.fsmonitor", "sequence.editor", "pager.")
LONG = {"git-dir=": "g", "work-tree=": "w", "namespace=": "n", "exec-path=?": "e", "config-env=": "E"}


def read(call: Call) -> None:
    words = call.args
    if not words or not words[0].startswith("-"):
        _subcommand(call, words)
        return
    options = parse(words, short="c:C:", long=LONG, stop=True)
    for setting in options.values("c"):
        name, _, value = setting.partition("=")
        _setting(call, name, value)
    _subcommand(call, options.rest)


def _setting(call: Call, name: str, value: str) -> None:
    lower = name.lower()
    if lower.startswith("alias.") and value.startswith("!"):
        call.shell(value[1:])
    elif lower.startswith(COMMANDS) and not lower.startswith("alias."):
        call.shell(value)


def _subcommand(call: Call, words: list[str]) -> None:
    reader = SUBCOMMANDS.get(words[0] if words else "")
    if reader is not None:
        reader(call, words)


def _bisect(call: Call, words: list[str]) -> None:
    if words[1:2] == ["run"]:
        call.run(words[2:])


def _rebase(call: Call, words: list[str]) -> None:
    for text in parse(words[1:], short="x:s:X:", long={"exec=": "x", "onto=": "o"}).values("x"):
        call.shell(text)


def _submodule(call: Call, words: list[str]) -> None:
    if words[1:2] == ["foreach"]:
        call.shell(" ".join(word for word in words[2:] if word not in ("--recursive", "-q", "--quiet")))


def _config(call: Call, words: list[str]) -> None:
    plain = [word for word in words[1:] if not word.startswith("-")]
    if len(plain) > 1:
        _setting(call, plain[-2], plain[-1])


def _files(call: Call, words: list[str]) -> None:
    """Files that change or go away: named ones only, what a branch holds is not known."""
    name, words = words[0], words[1:]
    if name == "checkout":
        words = words[words.index("--") :] if "--" in words else []
    for path in parse(words, short="s:", long={"source=": "s"}).operands:
        if name in ("rm", "mv"):
            call.removed(path)
        else:
            call.wrote(path, UNKNOWN)


def _filters(call: Call, words: list[str]) -> None:
    for position, word in enumerate(words[:-1]):
        if word.endswith("-filter"):
            call.shell(words[position + 1])


SUBCOMMANDS: dict[str, Callable[[Call, list[str]], None]] = {
    "bisect": _bisect,
    "checkout": _files,
    "config": _config,
    "filter-branch": _filters,
    "mv": _files,
    "rebase": _rebase,
    "restore": _files,
    "rm": _files,
    "submodule": _submodule,
}
