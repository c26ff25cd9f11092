"""openssl base64 and openssl enc: decoders."""

from __future__ import annotations

import binascii

from orchestrator.gate.text import UNKNOWN, hidden, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call


def read(call: Call) -> None:
    words = call.args
    for path in words[words.index("-out") + 1 :][:1] if "-out" in words else []:
        call.wrote(path, UNKNOWN)
    if not words or words[0] not in ("base64", "enc"):
        return
    plain = words[0] == "base64" or "-base64" in words or "-a" in words
    name = words[words.index("-in") + 1] if "-in" in words[:-1] else ""
    text = call.read(name) if name else call.stdin
    if not plain or "-d" not in words or text is None or not is_known(text):
        call.output(unknown("decoded"))
        return
    try:
        made = binascii.a2b_base64(text.encode("utf-8", "surrogatepass"))
    except ValueError:
        call.output(unknown("decoded"))
        return
    call.output(hidden(made.decode("utf-8", "replace")))
