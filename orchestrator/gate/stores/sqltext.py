"""SQL in the body or the address of a web request."""

from __future__ import annotations

from orchestrator.gate.stores.url import decoded
from orchestrator.gate.text import is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.stores.url import Url

KEYS = frozenset(("sql", "query", "statement", "statements", "stmt", "sqlquery", "sql_query", "raw_sql", "rawsql"))
_PORTS = frozenset(("8080", "9000", "4001", "8812", "8529", "8047", "9047", "8082", "8888", "26257", "10000"))
_TALKS = (
    "lint", "format", "pars", "explain", "valid", "check", "analy", "fmt", "search", "chat", "complet", "webhook",
    "message",
    "issue", "comment", "hook", "prompt", "embed", "translat", "review", "log",
)  # fmt: skip
_HINTS = (
    "sql",
    "query",
    "exec",
    "statement",
    "trino",
    "presto",
    "questdb",
    "rqlite",
    "duckdb",
    "database",
    "/db",
    "pg",
)
# So far blanks may stand between a string and the sign that tells what it is.
_NEAR = 40
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
# The word after the first one that makes a sentence SQL; () is any word.
_SHAPES: dict[str, tuple[str, ...]] = {
    "drop": (
        "table", "database", "schema", "index", "view", "materialized", "type", "role", "user", "owned", "function",
        "procedure", "trigger", "extension", "sequence", "policy", "publication", "subscription", "keyspace",
        "measurement",
    ),
    "truncate": (),
    "delete": ("from",),
    "insert": ("into", "overwrite", "or"),
    "update": (),
    "replace": ("into",),
    "merge": ("into",),
    "alter": ("table", "database", "role", "user", "system", "schema", "index", "view", "type", "function", "sequence"),
    "create": (
        "table", "index", "unique", "database", "schema", "view", "or", "role", "user", "function", "extension", "type",
        "materialized", "trigger", "policy", "sequence", "temp", "temporary",
    ),
    "grant": (),
    "revoke": (),
    "with": (),
    "do": (),
    "copy": (),
    "call": (),
    "vacuum": (),
    "reindex": (),
    "lock": ("table",),
    "select": (),
    "begin": (),
    "explain": (),
    "set": (),
}  # fmt: skip
_THIRD = {"update": "set", "grant": "to", "revoke": "from", "with": "as", "select": "(", "do": "$", "call": "("}


def looks_like_sql(text: str) -> bool:
    """True if a statement of the text has the shape of SQL that may change something."""
    return any(_shaped(statement) for statement in text.split(";"))


def _shaped(statement: str) -> bool:
    words = _without_comments(statement).lower().split()
    if len(words) < 2 or words[0] not in _SHAPES:
        return False
    seconds = _SHAPES[words[0]]
    if seconds:
        return words[1] in seconds
    needed = _THIRD.get(words[0])
    if needed is None:
        return len(words) <= 6
    return any(needed in word if len(needed) == 1 else word == needed for word in words[1:])


def _without_comments(text: str) -> str:
    pieces = text.split("/*")
    text = pieces[0] + " ".join(piece.partition("*/")[2] for piece in pieces[1:])
    return "\n".join(line.partition("--")[0] for line in text.split("\n"))


def judge_body(call: Call, url: Url, body: str) -> None:
    """Judges what a database behind the address would run."""
    near = _is_database(url)
    for text in json_values(body):
        if looks_like_sql(text) and (near or not _talks(url)):
            call.sql(text)
    if near and not body.lstrip().startswith(("{", "[")):
        text = form_value(body, "query") or form_value(body, "sql") or body
        if looks_like_sql(text):
            call.sql(text)
    for name, value in url.parameters:
        if near and name.lower() in KEYS and looks_like_sql(value):
            call.sql(value)


def _is_database(url: Url) -> bool:
    place = url.host + "/" + "/".join(url.segments).lower()
    return url.port in _PORTS or any(hint in place for hint in _HINTS)


def _talks(url: Url) -> bool:
    """True for services that take SQL as something to look at: linters, search, chat, issues."""
    return any(part in segment.lower() for segment in url.segments for part in _TALKS)


def form_value(body: str, name: str) -> str:
    """The value of a field in a form: q=DROP%20DATABASE%20x."""
    for part in body.split("&"):
        key, equals, value = part.partition("=")
        if equals and key.strip() == name:
            return decoded(value)
    return ""


def json_values(body: str) -> list[str]:
    """Strings in a JSON body that may be SQL: values of telling keys, and elements of arrays."""
    if not body.lstrip().startswith(("{", "[")) or not is_known(body[:1]):
        return []
    found = []
    key = ""
    at = body.find('"')
    while at >= 0:
        text, end = _string(body, at)
        after = body[end : end + _NEAR].lstrip()[:1]
        before = body[max(0, at - _NEAR) : at].rstrip()[-1:]
        if after == ":":
            key = text.lower()
        elif key in KEYS or (before in ("[", ",") and not key):
            found.append(text)
        at = body.find('"', end)
    return found


def strings(body: str) -> list[str]:
    """All strings of a JSON text, keys included."""
    found = []
    at = body.find('"')
    while at >= 0:
        text, end = _string(body, at)
        found.append(text)
        at = body.find('"', end)
    return found


def _string(body: str, at: int) -> tuple[str, int]:
    """A JSON string that starts at its quote, and where it ends."""
    done = []
    at += 1
    while at < len(body) and body[at] != '"':
        if body[at] == "\\" and at + 1 < len(body):
            letter = body[at + 1]
            if letter == "u":
                code = body[at + 2 : at + 6]
                done.append(chr(int(code, 16)) if len(code) == 4 and code.isalnum() and _is_hex(code) else "u")
                at += 6
                continue
            done.append(_ESCAPES.get(letter, letter))
            at += 2
        else:
            done.append(body[at])
            at += 1
    return "".join(done), at + 1


def _is_hex(code: str) -> bool:
    return not code.lower().strip("0123456789abcdef")
