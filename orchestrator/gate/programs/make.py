"""make: the recipes of the targets that a command line names."""

from __future__ import annotations

from orchestrator.gate.makefile import Makefile
from orchestrator.gate.options import parse
from orchestrator.gate.task import changes_database, lines, unread
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.options import Options

LONG = {
    "file=": "f",
    "makefile=": "f",
    "directory=": "C",
    "include-dir=": "I",
    "old-file=": "o",
    "assume-old=": "o",
    "what-if=": "W",
    "new-file=": "W",
    "assume-new=": "W",
    "eval=": "eval",
    "jobs=?": "j",
    "load-average=?": "l",
    "just-print": "n",
    "dry-run": "n",
    "recon": "n",
    "question": "q",
    "touch": "t",
    "version": "v",
    "help": "h",
}
FILES = ("GNUmakefile", "makefile", "Makefile")
SHELLS = ("", "sh", "bash", "zsh", "dash", "ash", "ksh")


def read(call: Call) -> None:
    options = parse(call.args, short="f:C:I:o:W:j::l::O::E:", long=LONG)
    if options.has("n", "q", "t", "v", "h"):
        return
    given: dict[str, str] = {}
    targets: list[str] = []
    for word in options.operands:
        name, equals, value = word.partition("=")
        if equals:
            given[name.rstrip(":+?")] = value
        elif not word.isdecimal():
            targets.append(word)
    folder = "/".join(options.values("C"))
    makefile = _makefile(call, options, folder, given)
    if makefile is None:
        for target in targets:
            unread(call, target)
    else:
        _build(call, makefile, targets or [makefile.default()], folder)


def _makefile(call: Call, options: Options, folder: str, given: dict[str, str]) -> Makefile | None:
    prefix = folder + "/" if folder else ""

    def include(path: str) -> str | None:
        if "*" in path:
            found = call.machine.matching(call.state, prefix + path)
            return "\n".join(text for text in map(call.read, found) if text is not None) if found else None
        return call.read(path if path.startswith("/") or path == "-" else prefix + path)

    found = Makefile(given, include, call.variable)
    texts = [include(path) for path in options.values("f")]
    if not texts:
        texts = [next((text for text in map(include, FILES) if text is not None), None)]
    texts += options.values("eval")
    for text in texts:
        if text is not None:
            found.parse(text)
    return None if all(text is None for text in texts) else found


def _build(call: Call, makefile: Makefile, targets: list[str], folder: str) -> None:
    shell = makefile.expanded(makefile.variables.get("SHELL", "")).strip()
    flags = makefile.expanded(makefile.variables.get(".SHELLFLAGS", "-c")).split()
    done: set[str] = set()
    for target in targets:
        if not is_known(target):
            _unknown_target(call, makefile)
            continue
        commands = makefile.commands(target, done)
        if not commands and not makefile.is_whole:
            unread(call, target)
        for command in commands:
            if shell.rpartition("/")[2] in SHELLS or not is_known(shell):
                lines(call, command, folder)
            else:
                call.run([*shell.split(), *flags, command])


def _unknown_target(call: Call, makefile: Makefile) -> None:
    """A target that cannot be read may be any of the file."""
    if any(changes_database(target) for rule in makefile.rules for target in rule.targets):
        call.effect("unread-task")
