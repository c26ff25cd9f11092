"""grep: the lines of its input with a plain text in them. What it prints of other searches is not known."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.shell import pattern
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# Options that leave whole lines as they are.
KEEPING = frozenset("v i F E h a e".split())
# Only of these files the lines may be on their way to an executor.
READ = (".sql", ".psql", ".ddl", ".sh", ".txt")


def read(call: Call) -> None:
    options = parse(call.args, short="e:f:m:A:B:C:", long={"regexp=": "e", "ignore-case": "i", "invert-match": "v"})
    given = {name for name, _ in options.given}
    words = list(options.operands)
    if given - KEEPING or not (words or "e" in given):
        return
    wanted = options.last("e") if "e" in given else words.pop(0)
    text = call.stdin if not words else call.read(words[0]) if len(words) == 1 and words[0].endswith(READ) else None
    if text is not None and is_known(wanted + text) and _is_plain(wanted, options.has("F")):
        call.output(_lines(text, wanted, options.has("i"), options.has("v")))


def _is_plain(wanted: str, fixed: bool) -> bool:
    return fixed or not (pattern.special(wanted) or any(sign in wanted.strip("^$") for sign in "\\.+(|{^$"))


def _lines(text: str, wanted: str, small: bool, without: bool) -> str:
    if small:
        wanted = wanted.lower()
    bare = wanted.strip("^$")
    found = ""
    for line in text.splitlines():
        seen = line.lower() if small else line
        fits = seen.startswith(bare) if wanted.startswith("^") else bare in seen
        if wanted.endswith("$"):
            fits = seen == bare if wanted.startswith("^") else seen.endswith(bare)
        if fits is not without:
            found += line + "\n"
    return found
