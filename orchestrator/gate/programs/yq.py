"""yq, and other editors of files in place: -i changes each file."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"in-place": "i", "inplace": "i", "output-format=": "o", "input-format=": "p", "from-file=": "f"}


def read(call: Call) -> None:
    options = parse(call.args, short="o:p:f:I:", long=LONG)
    for name in options.operands[1:] if options.has("i") else []:
        call.wrote(name, UNKNOWN)
