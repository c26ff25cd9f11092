"""http is HTTPie: `http [method] url [item …]`."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import http, verbs
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued(
    "auth auth-type print session session-read-only output timeout proxy cert cert-key cert-key-pass verify ssl "
    "ciphers "
    "max-redirects max-headers style pretty format-options response-charset response-mime boundary raw default-scheme "
    "bearer http-version resolve interface"
)
_ITEM_SIGNS = (":=@", "=@", ":=", "==", "=", "@", ":")


def read(call: Call) -> None:
    found = parse(call.args, "a:A:p:o:s:", _LONG)
    for path in found.values("o", "output"):
        call.wrote(path, UNKNOWN)
    words = list(found.operands)
    method = words.pop(0).upper() if len(words) > 1 and words[0].isalpha() and words[0] != "localhost" else ""
    if not words:
        return
    url = "http://localhost" + words[0] if words[0].startswith((":", "/")) else words[0]
    items = [_item(word) for word in words[1:]]
    query = "&".join(name + "=" + value for sign, name, value in items if sign == "==")
    bodies = _bodies(call, found, items)
    url = url + ("&" if "?" in url else "?") + query if query else url
    http.judge(call, method or ("POST" if bodies else "GET"), url, bodies)


def _item(word: str) -> tuple[str, str, str]:
    """(sign, name, value) of a request item: the sign that comes first decides."""
    places = [(word.find(sign), -len(sign), sign) for sign in _ITEM_SIGNS if sign in word]
    if not places:
        return "", word, ""
    at, _, sign = min(places)
    return sign, word[:at], word[at + len(sign) :]


def _bodies(call: Call, found: Options, items: list[tuple[str, str, str]]) -> list[str]:
    fields = []
    for sign, name, value in items:
        if sign in ("=", ":="):
            fields.append(_pair(name, value, sign))
        elif sign in ("=@", ":=@"):
            fields.append(_pair(name, http.body(call, "@" + value), sign[:-1]))
    bodies = ["{" + ", ".join(fields) + "}"] if fields else []
    bodies += found.values("raw")
    if not bodies and call.stdin and not found.has("ignore-stdin", "I"):
        bodies.append(call.stdin)
    return bodies


def _pair(name: str, value: str, sign: str) -> str:
    if sign == "=":
        value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f'"{name}": {value}'
