"""find: -exec and its relatives start a program, -delete removes what is found."""

from __future__ import annotations

from orchestrator.gate.text import UNKNOWN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

PRINTS = ("-fprint", "-fprint0", "-fprintf", "-fls")
STARTS = ("-exec", "-execdir", "-ok", "-okdir")
# With one of these, not everything is found, and the folder itself hardly ever.
FILTERS = frozenset(
    "-empty -user -group -mtime -mmin -atime -amin -ctime -newer -size -perm -mindepth -links -inum -nouser"
    " -type".split()
)
NAMES = ("-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex")


def read(call: Call) -> None:
    starts = _folders(call.args)
    names = [call.args[i + 1] for i, word in enumerate(call.args[:-1]) if word in NAMES and not _negated(call.args, i)]
    filtered = bool(FILTERS.intersection(call.args))
    found = _found(call, starts, names, filtered)
    for argv in _commands(call.args):
        for path in found[:24]:
            call.run([word.replace("{}", path) for word in argv], stdin=None)
    for at, word in enumerate(call.args[:-1]):
        if word in PRINTS:
            call.wrote(call.args[at + 1], UNKNOWN)
    if "-delete" in call.args:
        for start in starts:
            call.removed_below(start, names or (["*"] if filtered else []))
    if not any(word.startswith("-exec") for word in call.args):
        call.output("\n".join(found))


def _negated(args: list[str], at: int) -> bool:
    return at > 0 and args[at - 1] in ("!", "-not")


def _folders(args: list[str]) -> list[str]:
    found = []
    for word in args:
        if word.startswith(("-", "(", "!")) and word not in ("-H", "-L", "-P"):
            break
        found.append(word)
    return [word for word in found if not word.startswith("-")] or ["."]


def _found(call: Call, starts: list[str], names: list[str], filtered: bool) -> list[str]:
    """Files that fit a plain name, as far as they can be listed; one unknown file otherwise."""
    found: list[str] = []
    for start in starts:
        for name in names[:4]:
            found += call.files(start + "/" + name) + call.files(start + "/*/" + name) if "/" not in name else []
    if found:
        return found
    below = [start.rstrip("/") + "/" + unknown("found") for start in starts]
    plain = [name for name in names[:4] if "/" not in name]
    if plain:
        # What is removed may be known by its name alone: *.sqlite3, pgdata.
        return [folder + "/" + name for folder in below for name in plain]
    if names:
        return [path + "/" + name.rpartition("/")[2] for path in below for name in names]
    return below if filtered else [*starts, *below]


def _commands(args: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    inside = False
    for word in args:
        if inside and word in (";", "+"):
            inside = False
        elif inside:
            found[-1].append(word)
        elif word in STARTS:
            found.append([])
            inside = True
    return [argv for argv in found if argv]
