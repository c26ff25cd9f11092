"""Reads JSON: the hook event, and files such as package.json. The module json costs more than a whole judgement."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEPTH_LIMIT = 200
NOT_JSON = "it is not JSON"
# Control characters may not stand in strings; of those between values, only these are allowed.
SPACE = " \t\n\r"
CONTROLS = [chr(code) for code in range(32) if chr(code) not in SPACE]
END = "\0"  # put behind the text, so that reading on from any place stops there
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WORDS = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}
DIGITS = "0123456789"
HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


def decode(text: str) -> object:
    """The value of a JSON text. Raises ValueError if it is none, is nested too deeply, or gives a name twice in an
    object, which readers take differently; and for NUL and half a surrogate pair, which no program can take.
    """
    if any(control in text for control in CONTROLS):
        raise ValueError(NOT_JSON)
    text += END
    value, at = _value(text, _skip(text, 0), 0)
    if _skip(text, at) != len(text) - 1:
        raise ValueError("text follows the JSON")
    return value


def _skip(text: str, at: int) -> int:
    while text[at] in SPACE:
        at += 1
    return at


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    first = text[at]
    if first == '"':
        return _string(text, at + 1)
    if first in "{[":
        if depth == DEPTH_LIMIT:
            raise ValueError("it is nested too deeply")
        return (_object if first == "{" else _array)(text, _skip(text, at + 1), depth + 1)
    if first in WORDS:
        word, value = WORDS[first]
        if text.startswith(word, at):
            return value, at + len(word)
    if first == "-" or first in DIGITS:
        return _number(text, at)
    raise ValueError(NOT_JSON)


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while text[at] != "}" or found:
        if text[at] != '"':
            raise ValueError(NOT_JSON)
        name, at = _string(text, at + 1)
        if name in found:
            raise ValueError("a name is given twice in one object")
        at = _skip(text, at)
        if text[at] != ":":
            raise ValueError(NOT_JSON)
        found[name], at = _value(text, _skip(text, at + 1), depth)
        at = _skip(text, at)
        if text[at] == "}":
            break
        at = _next(text, at)
    return found, at + 1


def _array(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while text[at] != "]" or found:
        value, at = _value(text, at, depth)
        found.append(value)
        at = _skip(text, at)
        if text[at] == "]":
            break
        at = _next(text, at)
    return found, at + 1


def _next(text: str, at: int) -> int:
    """Where the value after a comma begins."""
    if text[at] != ",":
        raise ValueError(NOT_JSON)
    return _skip(text, at + 1)


def _string(text: str, at: int) -> tuple[str, int]:
    begin = at
    end = _quote(text, at)
    parts: list[str] = []
    escape = text.find("\\", at, end)
    while escape >= 0:
        parts.append(text[at:escape])
        character, at = _escape(text, escape + 1)
        parts.append(character)
        if at > end:
            end = _quote(text, at)
        escape = text.find("\\", at, end)
    parts.append(text[at:end])
    written = text[begin:end]
    if "\n" in written or "\t" in written or "\r" in written:
        raise ValueError(NOT_JSON)
    return "".join(parts), end + 1


def _quote(text: str, at: int) -> int:
    end = text.find('"', at)
    if end < 0:
        raise ValueError(NOT_JSON)
    return end


def _escape(text: str, at: int) -> tuple[str, int]:
    """The character of an escape, without its backslash, and where it ends."""
    character = ESCAPES.get(text[at])
    if character is not None:
        return character, at + 1
    code = _code(text, at)
    if code == 0:
        raise ValueError("it holds a NUL character")
    if not 0xD800 <= code < 0xE000:
        return chr(code), at + 5
    low = _code(text, at + 6) if code < 0xDC00 and text[at + 5] == "\\" else 0
    if not 0xDC00 <= low < 0xE000:
        raise ValueError("it holds half a surrogate pair")
    return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), at + 11


def _code(text: str, at: int) -> int:
    digits = text[at + 1 : at + 5]
    if text[at] != "u" or len(digits) != 4 or not HEXADECIMAL.issuperset(digits):
        raise ValueError(NOT_JSON)
    return int(digits, 16)


def _number(text: str, at: int) -> tuple[int | float, int]:
    begin = at
    if text[at] == "-":
        at += 1
    at = at + 1 if text[at] == "0" else _digits(text, at)
    whole = at
    if text[at] == ".":
        at = _digits(text, at + 1)
    if text[at] in "eE":
        at += 1
        at = _digits(text, at + 1 if text[at] in "+-" else at)
    # The time that int() takes grows with the square of the digits.
    return (int if at == whole and at - begin < 20 else float)(text[begin:at]), at


def _digits(text: str, at: int) -> int:
    begin = at
    while text[at] in DIGITS:
        at += 1
    if at == begin:
        raise ValueError(NOT_JSON)
    return at
