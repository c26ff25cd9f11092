"""patch: changes the files that it is given, or that the difference names."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"input=": "i", "strip=": "p", "directory=": "d", "output=": "o", "dry-run": "dry-run", "help": "help"}


def read(call: Call) -> None:
    found = parse(call.args, "i:p:d:o:B:D:F:g:r:V:Y:z:", LONG)
    if found.has("dry-run", "help", "C"):
        return
    folder = found.last("d") + "/" if found.has("d") else ""
    if found.operands:
        call.wrote(folder + (found.last("o") or found.operands[0]), UNKNOWN)
        return
    given = call.read(found.last("i")) if found.has("i") else call.stdin
    for name in named(given or "", found.last("p")):
        call.wrote(folder + name, UNKNOWN)


def named(text: str, strip: str) -> list[str]:
    """The files behind +++, without as many leading folders as -p says; without -p only the last part counts."""
    names = [line[4:].split("\t", 1)[0].strip() for line in text.split("\n") if line.startswith("+++ ")]
    if not strip.isdecimal():
        return [name.rpartition("/")[2] for name in names]
    return [name.split("/", int(strip))[-1] for name in names if name != "/dev/null"]
