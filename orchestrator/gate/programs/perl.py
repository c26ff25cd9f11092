"""Perl: program text and scripts."""

from __future__ import annotations

from orchestrator.gate.code import launch
from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    found = parse(call.args, "e:E:M:m:I:i::0::l::F::C::D::d::x::V::", {}, stop=True)
    if found.has("v", "V", "c"):
        return
    texts = found.values("e", "E")
    loads = ["use " + name.partition("=")[0] + ";" for name in found.values("M", "m")]
    if found.has("i"):
        for path in found.rest if texts else found.rest[1:]:
            call.wrote(path, UNKNOWN)
    if texts:
        launch.text(call, "perl", loads + texts, found.rest)
    else:
        launch.words(call, "perl", found.rest)
