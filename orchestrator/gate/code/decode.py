"""Text in disguise: character codes, hexadecimal, base64, rot13."""

from __future__ import annotations

import binascii

from orchestrator.gate.code.values import Chain
from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Union

    from orchestrator.gate.code.values import Value

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TURNED = str.maketrans(LETTERS + LETTERS.upper(), (LETTERS[13:] + LETTERS[:13]) + (LETTERS[13:] + LETTERS[:13]).upper())
CODES = frozenset(("chr", "fromCharCode", "fromCodePoint", "unichr", "bytes", "bytearray"))


def function(chain: Chain, name: str, args: list[Value]) -> Value:
    """What a decoding function returns, None if this is none or its argument is not constant."""
    if not args:
        return None
    if name in CODES:
        return _from_codes(args)
    text = args[0]
    if name == "pack" and len(args) == 2 and isinstance(text, str) and text[:1] == "H":
        return hexadecimal(args[1])
    if not isinstance(text, str) or OPEN in text:
        return None
    return _decoded(chain, name, text, args)


def _decoded(chain: Chain, name: str, text: str, args: list[Value]) -> str | None:
    if name in DECODERS:
        return DECODERS[name](text)
    if name == "decode" and chain.has("codecs", "Base", "base64", "decode64"):
        return by_name(text, args[1] if len(args) > 1 else "base64")
    if name == "from" and chain.has("Buffer"):
        return by_name(text, args[1]) if len(args) > 1 and isinstance(args[1], str) else text
    return None


def method(root: str, name: str, args: list[Value]) -> Value:
    """What a decoding method of a string returns."""
    if name in {"unpack1", "unpack"} and args and isinstance(args[0], str):
        return base64(root) if args[0].startswith("m") else None
    if name == "decode" and args and isinstance(args[0], str) and args[0].lower() in CODECS:
        return by_name(root, args[0])
    return None


CODECS = frozenset(("hex", "base64", "base64url", "rot13", "rot_13", "rot-13", "hex_codec", "base64_codec"))


def by_name(text: str, codec: Value) -> str | None:
    if not isinstance(codec, str):
        return None
    codec = codec.lower()
    if codec.startswith("hex"):
        return hexadecimal(text)
    if codec.startswith("base64"):
        return base64(text)
    return text.translate(TURNED) if codec.startswith("rot") else text


def _from_codes(args: list[Value]) -> str | None:
    codes = args[0] if len(args) == 1 and isinstance(args[0], list) else args
    if not codes or not all(isinstance(code, int) for code in codes):
        return args[0] if isinstance(args[0], str) else None
    return "".join(characters(codes) or [])


def characters(codes: list[Value]) -> list[str] | None:
    if not all(isinstance(code, int) and 0 <= code < 0x110000 for code in codes):
        return None
    return [chr(code) for code in codes]


def hexadecimal(text: Value) -> str | None:
    try:
        return binascii.a2b_hex("".join(text.split())).decode("utf-8", "replace") if isinstance(text, str) else None
    except (ValueError, UnicodeError):
        return None


def base64(text: Value) -> str | None:
    if not isinstance(text, str):
        return None
    try:
        plain = text.replace("-", "+").replace("_", "/")
        return binascii.a2b_base64(plain + "=" * (-len(plain) % 4)).decode("utf-8", "replace")
    except (ValueError, UnicodeError):
        return None


def turned(text: str) -> str:
    return text.translate(TURNED)


DECODERS: dict[str, Callable[[str], Union[str, None]]] = {
    "str_rot13": turned,
    **dict.fromkeys(("fromhex", "unhexlify", "hex2bin", "a2b_hex"), hexadecimal),
    **dict.fromkeys(
        "b64decode urlsafe_b64decode standard_b64decode decodebytes decodestring a2b_base64 decode64 strict_decode64"
        " urlsafe_decode64 base64_decode decode_base64 atob DecodeString decode64!".split(),
        base64,
    ),
}
