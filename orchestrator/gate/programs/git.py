"""git: words that it hands to a shell, and hooks that it runs later."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.place import inside, normal
from orchestrator.gate.programs import patch
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

# Settings whose value is a command line.
CLONE = (
    "branch depth origin config jobs upload-pack reference reference-if-able separate-git-dir shallow-since filter"
    " template server-option"
)
COMMANDS = ("alias.", "core.pager", "core.editor", "core.sshcommand", "core.fsmonitor", "sequence.editor", "pager.")
LONG = {"git-dir=": "g", "work-tree=": "w", "namespace=": "n", "exec-path=?": "e", "config-env=": "E"}


# Subcommands that exchange the files of a work tree for others.
EXCHANGES = frozenset(
    "am apply checkout cherry-pick clean merge pull read-tree rebase reset restore revert rm stash switch".split()
)


def read(call: Call) -> None:
    words = call.args
    if not words or not words[0].startswith("-"):
        _protect(call, "", words)
        _subcommand(call, words)
        return
    options = parse(words, short="c:C:", long=LONG, stop=True)
    for setting in options.values("c"):
        name, _, value = setting.partition("=")
        _setting(call, name, value)
    _protect(call, options.last("C"), options.rest)
    _subcommand(call, options.rest)


def _protect(call: Call, folder: str, words: list[str]) -> None:
    """The plugin is read from its clone: another version of that, or none, is another gate."""
    place = call.machine.place
    where = normal(folder or ".", call.cwd)
    if words and words[0] in EXCHANGES and inside(where, place.plugin) and not inside(place.project, place.plugin):
        call.changed(place.plugin + "/hooks/gate")


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


def _clone(call: Call, words: list[str]) -> None:
    found = parse(words[1:], short="b:o:c:j:u:", long={name + "=": name for name in CLONE.split()}).operands
    if len(found) > 1:
        call.filled(found[1])


def _worktree(call: Call, words: list[str]) -> None:
    found = parse(words[2:], short="b:B:").operands
    if words[1:2] == ["add"] and found:
        call.filled(found[0])


def _apply(call: Call, words: list[str]) -> None:
    """Like patch -p1, in the folder where it is started."""
    found = parse(words[1:], short="p:C:", long={"directory=": "d", "exclude=": "x", "include=": "i"})
    if found.has("check", "stat", "numstat", "summary"):
        return
    texts = [call.read(path) or "" for path in found.operands] or [call.stdin or ""]
    for name in patch.named("\n".join(texts), found.last("p") or "1"):
        call.wrote(name, UNKNOWN)


def _difference(call: Call, words: list[str]) -> None:
    for path in parse(words[1:], long={"output=": "output"}).values("output"):
        call.wrote(path, UNKNOWN)


SUBCOMMANDS: dict[str, Callable[[Call, list[str]], None]] = {
    "am": _apply,
    "apply": _apply,
    "bisect": _bisect,
    "checkout": _files,
    "clone": _clone,
    "config": _config,
    "diff": _difference,
    "filter-branch": _filters,
    "format-patch": _difference,
    "log": _difference,
    "mv": _files,
    "rebase": _rebase,
    "restore": _files,
    "rm": _files,
    "show": _difference,
    "submodule": _submodule,
    "worktree": _worktree,
}
