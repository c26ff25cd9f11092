"""What the author of a broken value meant, and the value as YAML that holds it whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_ESCAPED = re.compile(r'\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0abtnvfre "/\\N_LP]))')
_NEEDS_ESCAPE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """`text` as a quoted YAML scalar on one line, in the quotes that need fewer marks."""
    if _NEEDS_ESCAPE.search(text) is None and text.count("'") < text.count('"') + text.count("\\"):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_NEEDS_ESCAPE.sub(_escape, escaped)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character) or f"\\u{ord(character):04x}"


def meant(raw: str) -> str:
    """The text that the value `raw` was to be; its quotes go where they are around the whole of it."""
    raw = raw.strip()
    quote = raw[:1]
    if quote not in ("'", '"') or len(raw) < 2:
        return raw
    if not raw.endswith(quote):
        # One quote that nothing closes is a slip; with more of them they belong to words.
        return raw if quote in raw[1:] else raw[1:]
    inner = raw[1:-1]
    if _closes_early(inner, quote):
        return raw
    return inner.replace("''", "'") if quote == "'" else _ESCAPED.sub(_unescape, inner)


def _closes_early(inner: str, quote: str) -> bool:
    """Whether the first quote ends a word, as in `"one" and "two"`."""
    first = re.search(rf"(?<!\\){quote}", inner)
    if first is None or inner[first.start() : first.start() + 2] == "''":
        return False
    before, after = inner[: first.start()][-1:], inner[first.end() :][:1]
    return bool(before.strip()) and not after.isalnum()


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _ESCAPES[match[4]]
    number = int(code, 16)
    # Half of a surrogate pair is no character.
    return chr(number) if number < 0x110000 and not 0xD800 <= number <= 0xDFFF else match[0]


def names(raw: str) -> list[str]:
    """The names in a list that is not valid YAML: `[Read, @x`, `Read, Bash(git *)`."""
    found: list[str] = []
    depth, word = 0, ""
    for character in raw.strip().removeprefix("[").removesuffix("]"):
        depth += (character == "(") - (character == ")")
        if character == "," and depth <= 0:
            found.append(word)
            word = ""
        else:
            word += character
    return [name for each in [*found, word] if (name := meant(each))]


def without_comment(raw: str, *, is_text: bool) -> tuple[str, str]:
    """The value and the comment behind it, with the blanks before it.

    In a text a number sign belongs to it, unless two blanks set it off and one follows, as people write comments.
    """
    for at in _number_signs(raw):
        blanks = 0
        while blanks < at and raw[at - blanks - 1] in " \t":
            blanks += 1
        if (blanks >= 2 and raw[at + 1 : at + 2] in ("", " ")) if is_text else (blanks or at == 0):
            return raw[: at - blanks], raw[at - blanks :]
    return raw, ""


def _number_signs(raw: str) -> Iterator[int]:
    """Where number signs stand behind a blank, but for those in the quotes that a value starts with."""
    quote = ""
    for at, character in enumerate(raw):
        if character in "\"'" and (quote == character or at == 0):
            quote = "" if quote else character
        elif character == "#" and not quote and raw[at - 1 : at] in ("", " ", "\t"):
            yield at
