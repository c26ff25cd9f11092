"""JavaScript of the MongoDB shells, judged by the methods that it calls."""

from __future__ import annotations

from orchestrator.gate.text import CLOSE, OPEN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

_QUOTES = "'\"`"
# Bounds of a script: its calls, and the tokens of a call's arguments that are looked at.
_CALLS = 1000
_TOKENS = 2000
# Functions that count without an object in front, and the name of a method that is computed.
_PLAIN = ("load", "eval", "Function")
_COMPUTED = "[]"
_OPENING = {"(": ")", "[": "]", "{": "}"}
_EFFECTS = {
    "dropDatabase": "destroy-database",
    "drop": "drop-collection",
    "dropCollection": "drop-collection",
    **dict.fromkeys(
        "insert insertOne insertMany save deleteOne updateOne replaceOne findOneAndDelete findOneAndUpdate "
        "findOneAndReplace findAndModify bulkWrite dropIndex dropIndexes createIndex createIndexes ensureIndex reIndex "
        "renameCollection convertToCapped createCollection createView mapReduce dropSearchIndex createSearchIndex "
        "updateSearchIndex hideIndex unhideIndex collMod copyTo initializeOrderedBulkOp "
        "initializeUnorderedBulkOp".split(),
        "change-documents",
    ),
    **dict.fromkeys(
        "shutdownServer fsyncLock killOp setProfilingLevel setLogLevel createUser updateUser dropUser dropAllUsers "
        "grantRolesToUser revokeRolesFromUser changeUserPassword createRole updateRole dropRole dropAllRoles "
        "grantPrivilegesToRole revokePrivilegesFromRole initiate reconfig stepDown freeze addShard removeShard "
        "shardCollection enableSharding moveChunk resizeOplog".split(),
        "administer-server",
    ),
}
_DELETES = ("deleteMany", "remove")
_UPDATES = ("updateMany", "update")
_READS = frozenset(
    "ping hello ismaster buildinfo serverstatus dbstats collstats listcollections listdatabases listindexes currentop "
    "getparameter replsetgetstatus connectionstatus count distinct find explain hostinfo getcmdlineopts getlog "
    "top usersinfo "
    "rolesinfo validate datasize listcommands whatsmyuri features isself getmore aggregate".split()
)
_COMMANDS = {"dropdatabase": "destroy-database", "drop": "drop-collection"}
_DOCUMENTS = (
    "delete",
    "update",
    "insert",
    "findandmodify",
    "createindexes",
    "dropindexes",
    "renamecollection",
    "create",
)
_EVERYTHING = (
    "", "{}", "{_id:{$exists:true}}", "{_id:{$ne:null}}", "{_id:{$exists:1}}", "{$where:true}", "{$expr:true}",
    "{$or:[{}]}",
    "{$and:[{}]}", "{_id:{$nin:[]}}", "/.*/", "null", "undefined",
)  # fmt: skip


class Token:
    """A piece of JavaScript: `kind` is "name", "string" or the character itself."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text


def tokens(text: str) -> list[Token]:
    """The tokens of JavaScript without comments and blanks; enough to see which methods are called with what.

    Strings that are joined by + are one token.
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        letter = text[at]
        if letter.isspace():
            at += 1
        elif text.startswith("//", at):
            at = _after(text, "\n", at)
        elif text.startswith("/*", at):
            at = _after(text, "*/", at)
        elif letter in _QUOTES:
            end = _closing(text, at)
            _add_string(found, text[at + 1 : end - 1])
            at = end
        elif letter == OPEN:
            end = _after(text, CLOSE, at)
            found.append(Token("unknown", text[at:end]))
            at = end
        else:
            end = _word(text, at)
            found.append(Token("name" if end > at else letter, text[at : end or at + 1] if end > at else letter))
            at = max(end, at + 1)
    return found


def _add_string(found: list[Token], text: str) -> None:
    if len(found) > 1 and found[-1].kind == "+" and found[-2].kind == "string":
        found.pop()
        text = found.pop().text + text
    found.append(Token("string", text))


def _after(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at + 1)
    return len(text) if end < 0 else end + len(mark)


def _closing(text: str, at: int) -> int:
    """Where a string ends, its quote included."""
    quote = text[at]
    at += 1
    while at < len(text) and text[at] != quote:
        at += 2 if text[at] == "\\" else 1
    return min(at + 1, len(text) + 1)


def _word(text: str, at: int) -> int:
    while at < len(text) and (text[at].isalnum() or text[at] in "_$"):
        at += 1
    return at


def judge(call: Call, text: str) -> None:
    """Reports what a script of mongosh would do to the server."""
    found = tokens(text)
    if _starts_unknown(found):
        call.effect("unread-store-command", f"{call.name} runs {shown(text.strip())[:200]}")
    if any(token.text == "child_process" for token in found):
        call.code("javascript", text)
    calls = [index for index, token in enumerate(found) if token.kind == "(" and _method(found, index)]
    for index in calls[:_CALLS]:
        _call(call, found, index)
    if len(calls) > _CALLS:
        call.effect("unread-store-command", "a script with very many calls")


def _starts_unknown(found: list[Token]) -> bool:
    """True if a statement or a method is unknown."""
    before = ";"
    for token in found:
        if token.kind == "unknown" and before in ";.{}":
            return True
        before = token.kind if len(token.kind) == 1 else "x"
    return False


def _call(call: Call, found: list[Token], at: int) -> None:
    """Judges the method call whose parenthesis is at `at`."""
    name = _method(found, at)
    arguments = _arguments(found, at)
    first = _joined(arguments[0]) if arguments else ""
    detail = f"{name}({shown(first)[:80]})"
    if name in _EFFECTS:
        call.effect(_EFFECTS[name], detail)
    elif name in _DELETES:
        call.effect("delete-all-records" if first in _EVERYTHING else "change-documents", detail)
    elif name in _UPDATES:
        call.effect("update-all-documents" if _updates_all(name, arguments) else "change-documents", detail)
    elif name in _HANDLERS:
        _HANDLERS[name](call, arguments)


def _aggregate(call: Call, arguments: list[list[Token]]) -> None:
    if any(token.text in ("$out", "$merge") for argument in arguments for token in argument):
        call.effect("change-documents", "aggregate with $out or $merge")


def _computed(call: Call, arguments: list[list[Token]]) -> None:  # noqa: ARG001
    call.effect("unread-store-command", "a method whose name is computed")


def _method(found: list[Token], at: int) -> str:
    """The name before a parenthesis: .name( or ["name"](, also with ?. in between; "" for a plain function."""
    at -= 1
    while at > 0 and found[at].kind in ".?":
        at -= 1
    if found[at].kind == "name":
        plain = at == 0 or found[at - 1].kind != "."
        return found[at].text if not plain or found[at].text in _PLAIN else ""
    if found[at].kind == "]" and at > 1:
        alone = found[at - 2].kind == "["
        if alone and found[at - 1].kind == "string":
            return found[at - 1].text
        return "" if alone and found[at - 1].text.isdecimal() else _COMPUTED
    return ""


def _arguments(found: list[Token], at: int) -> list[list[Token]]:
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in found[at + 1 : at + 1 + _TOKENS]:
        if token.kind in _OPENING:
            depth += 1
        elif token.kind in ")]}":
            depth -= 1
            if depth < 0:
                break
        if token.kind == "," and not depth:
            arguments.append([])
        else:
            arguments[-1].append(token)
    return arguments if arguments != [[]] else []


def _joined(argument: list[Token]) -> str:
    return "".join(token.text for token in argument)


def _updates_all(name: str, arguments: list[list[Token]]) -> bool:
    if not arguments or _joined(arguments[0]) not in _EVERYTHING:
        return False
    return name == "updateMany" or "multi:true" in "".join(_joined(argument) for argument in arguments[2:])


def _command(call: Call, arguments: list[list[Token]]) -> None:
    """runCommand({name: …}) and runCommand("name")."""
    detail = f"runCommand({shown(_joined(arguments[0]) if arguments else '')[:80]})"
    names = [token for token in (arguments[0] if arguments else []) if token.kind in ("name", "string", "unknown")]
    if not names or names[0].kind == "unknown":
        call.effect("unread-store-command", detail)
        return
    name = names[0].text.lower()
    body = _joined(arguments[0])
    if name in _COMMANDS:
        call.effect(_COMMANDS[name], detail)
    elif name == "delete" and ("q:{}" in body):
        call.effect("delete-all-records", detail)
    elif name in _DOCUMENTS or (name == "aggregate" and ("$out" in body or "$merge" in body)):
        call.effect("change-documents", detail)
    elif name not in _READS:
        call.effect("administer-server", detail)


def _evaluated(call: Call, arguments: list[list[Token]]) -> None:
    """eval("…"); a text that evaluates texts itself is not followed."""
    last = arguments[-1] if arguments else []
    if len(last) == 1 and last[0].kind == "string" and "eval" not in last[0].text:
        judge(call, last[0].text)
    else:
        call.effect("unread-store-command", "eval of a text that cannot be read")


def _load(call: Call, arguments: list[list[Token]]) -> None:
    argument = arguments[0] if arguments else []
    path = argument[0].text if len(argument) == 1 and argument[0].kind == "string" else ""
    text = call.read(path) if path else None
    if text is None:
        call.effect("unread-store-command", f"load({path or '…'})")
    elif "load(" not in text:
        judge(call, text)
    else:
        call.effect("unread-store-command", f"{path} loads further files")


_HANDLERS: dict[str, Callable[[Call, list[list[Token]]], None]] = {
    "aggregate": _aggregate,
    "runCommand": _command,
    "adminCommand": _command,
    "load": _load,
    "eval": _evaluated,
    "Function": _evaluated,
    _COMPUTED: _computed,
}
