"""What a string literal holds."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from orchestrator.gate.sql.tokens import Token

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "Z": "\x1a"}
LENGTHS = {"x": 2, "u": 4, "U": 8}


def joined(tokens: Iterable[Token], backslash: bool = False) -> str:
    """Literals that follow one another are one, in PostgreSQL where a line ends between them."""
    return "".join(value(token[1], backslash) for token in tokens)


def value(written: str, backslash: bool = False) -> str:
    """The text of one literal. `backslash` says whether a plain string has escapes."""
    if written.startswith("$"):
        tag = written.index("$", 1) + 1
        return written[tag:-tag]
    quote = written[-1]
    start = written.index(quote) + 1
    prefix = written[: start - 1].upper()
    body = written[start:-1].replace(quote + quote, quote)
    if prefix == "U&":
        return _unicode(body)
    return _unescaped(body) if backslash or prefix == "E" else body


def _unescaped(body: str) -> str:
    first, *parts = body.split("\\")
    done = [first]
    after_pair = False
    for part in parts:
        if after_pair:
            done.append(part)
            after_pair = False
        elif part:
            done.append(_escape(part))
        else:
            done.append("\\")
            after_pair = True
    return "".join(done)


def _escape(part: str) -> str:
    """Text after a backslash."""
    letter = part[0]
    if letter in LENGTHS:
        return _code(part[1:], LENGTHS[letter], 16)
    if letter in "01234567":
        return _code(part, 3, 8)
    return ESCAPES.get(letter, letter) + part[1:]


def _code(text: str, length: int, base: int) -> str:
    digits = "0123456789abcdef"[:base]
    size = 0
    while size < min(length, len(text)) and text[size].lower() in digits:
        size += 1
    if not size:
        return text
    number = int(text[:size], base)
    return (chr(number) if number < 0x110000 else "?") + text[size:]


def _unicode(body: str) -> str:
    r"""\0061 and \+000061, with \\ for a backslash."""
    first, *parts = body.replace("\\\\", "\0").split("\\")
    done = [_code(part[1:], 6, 16) if part.startswith("+") else _code(part, 4, 16) for part in parts]
    return (first + "".join(done)).replace("\0", "\\")
