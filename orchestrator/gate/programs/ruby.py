"""Ruby: program text and scripts."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"version": "v", "help": "h", "encoding=": "E", "external-encoding=": "E", "internal-encoding=": "E"}


def read(call: Call) -> None:
    found = parse(call.args, "e:r:I:C:E:F::i::K::T::W::x::0::", LONG, stop=True)
    if found.has("h"):
        return
    texts = found.values("e")
    # A library that is loaded on the command line counts as one that the text requires.
    loads = ["require '" + name + "'" for name in found.values("r")]
    if found.has("i"):
        for path in found.rest:
            call.wrote(path, UNKNOWN)
    if texts:
        launch.text(call, "ruby", loads + texts, found.rest)
    else:
        launch.words(call, "ruby", found.rest)
