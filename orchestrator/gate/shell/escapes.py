"""Backslashes in $'…' and in `…`."""

from __future__ import annotations

_SIMPLE = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
}
_OCTAL = "01234567"
_HEX = "0123456789abcdefABCDEF"
_DIGITS = {"x": 2, "u": 4, "U": 8}


def decoded(text: str) -> str:
    """The text of $'…'. A NUL ends it, as in bash."""
    if "\\" not in text:
        return text
    pieces: list[bytes] = []
    pos = 0
    while True:
        slash = text.find("\\", pos)
        if slash < 0 or slash + 1 == len(text):
            pieces.append(_encoded(text[pos:]))
            break
        pieces.append(_encoded(text[pos:slash]))
        piece, pos = _escape(text, slash + 1)
        pieces.append(piece)
    return b"".join(pieces).partition(b"\0")[0].decode("utf-8", "replace")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _escape(text: str, pos: int) -> tuple[bytes, int]:
    """The bytes of the escape whose first character after the backslash is at `pos`, and where it ends."""
    char = text[pos]
    if char in _SIMPLE:
        return _encoded(_SIMPLE[char]), pos + 1
    if char in _OCTAL:
        end = _run(text, pos, _OCTAL, 3)
        return bytes((int(text[pos:end], 8) & 255,)), end
    if char in _DIGITS:
        return _hexadecimal(text, pos)
    if char == "c" and pos + 1 < len(text):
        return _encoded(chr(ord(text[pos + 1].upper()) & 31)), pos + 2
    return _encoded("\\" + char), pos + 1


def _hexadecimal(text: str, pos: int) -> tuple[bytes, int]:
    """\\xHH gives a byte, \\uHHHH a character."""
    kind = text[pos]
    start = pos + 1
    if kind == "x" and text[start : start + 1] == "{":
        end = _run(text, start + 1, _HEX, len(text))
        digits, end = text[start + 1 : end], end + (text[end : end + 1] == "}")
    else:
        end = _run(text, start, _HEX, _DIGITS[kind])
        digits = text[start:end]
    if not digits:
        return _encoded("\\" + kind), start
    number = int(digits[-8:], 16)
    if kind == "x":
        return bytes((number & 255,)), end
    return _encoded(chr(number) if number < 0x110000 else "\ufffd"), end


def _run(text: str, start: int, digits: str, most: int) -> int:
    """Where the digits at `start` end."""
    end = start
    while end < len(text) and end - start < most and text[end] in digits:
        end += 1
    return end


def without_backslashes(text: str, before: str) -> str:
    """The text without the backslashes that stand before one of these characters."""
    pieces: list[str] = []
    pos = 0
    slash = text.find("\\")
    while slash >= 0:
        drop = text[slash + 1 : slash + 2] in before
        pieces.append(text[pos : slash + (not drop)])
        pieces.append(text[slash + 1 : slash + 2])
        pos = slash + 2
        slash = text.find("\\", pos)
    pieces.append(text[pos:])
    return "".join(pieces)
