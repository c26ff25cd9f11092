"""Ordinary programs that write files: by an option, by a place among their words, or into a folder."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

# The option in front of the file that is written.
OPTIONS = {
    **dict.fromkeys(("c++", "cc", "clang", "clang++", "g++", "gcc", "iconv", "ld", "rustc", "tree"), "-o"),
    "csplit": "-f",
    "pandoc": "-o",
}
# Every operand is written; the first; the last of several.
ALL = frozenset({"mkfifo", "nano", "emacs", "setfacl"})
FIRST = frozenset({"mknod", "zip"})
LAST = frozenset({"scp", "split"})
NAMES = frozenset({*OPTIONS, *ALL, *FIRST, *LAST, "link", "mount", "rename", "unzip"})


def read(call: Call) -> None:
    """Reports what a program of NAMES writes."""
    name = call.name
    if name in OPTIONS:
        for path in parse(call.args, short=OPTIONS[name][1] + ":", long={"output=": "o"}).values(OPTIONS[name][1], "o"):
            call.wrote(path, UNKNOWN)
    elif name == "unzip":
        _unzip(call)
    elif name == "link":
        _link(call)
    else:
        _operands(call, name)


def _operands(call: Call, name: str) -> None:
    words = parse(call.args, short="b:l:a:n:P:i:F:o:m:x:S:t:").operands
    if name in ("rename", "mount"):
        for path in words[1:]:
            call.removed(path)  # what was there can no longer be found
    else:
        for path in _written(call, name, words):
            call.wrote(path, UNKNOWN)


def _written(call: Call, name: str, words: list[str]) -> list[str]:
    if name not in LAST:
        return words[:1] if name in FIRST else words
    if len(words) < 2 or (name == "scp" and ":" in words[-1].partition("/")[0]):
        return []
    if not call.is_folder(words[-1]):
        return words[-1:]
    return [words[-1].rstrip("/") + "/" + each.rpartition("/")[2].rpartition(":")[2] for each in words[:-1]]


def _unzip(call: Call) -> None:
    found = parse(call.args, short="d:x:P:")
    if not found.has("l", "t", "p", "v", "Z", "h"):
        call.filled(found.last("d") or ".")


def _link(call: Call) -> None:
    if len(call.args) == 2:
        call.linked(call.args[1], call.args[0])
        call.changed(call.args[0])
