"""Parts of a web address."""

from __future__ import annotations

_HEX = "0123456789abcdefABCDEF"


def decoded(text: str) -> str:
    """Text without %xx and + ."""
    pieces = text.replace("+", " ").split("%")
    done = pieces[0]
    for piece in pieces[1:]:
        code = piece[:2]
        if len(code) == 2 and code[0] in _HEX and code[1] in _HEX:
            done += chr(int(code, 16)) + piece[2:]
        else:
            done += "%" + piece
    return done


class Url:
    """`host` is lower-case without user and port; `segments` are the parts of the path that are not empty."""

    __slots__ = ("host", "parameters", "port", "segments")

    def __init__(self, text: str) -> None:
        rest = text.partition("://")[2] or text
        rest = rest.partition("#")[0]
        place, _, query = rest.partition("?")
        authority, _, path = place.partition("/")
        host = authority.rpartition("@")[2]
        name, colon, port = host.rpartition(":")
        self.host = (name if colon else host).lower() or "localhost"
        self.port = port if colon and port.isdecimal() else ""
        self.segments = [decoded(part) for part in path.split("/") if part]
        pairs = [part.partition("=") for part in query.split("&") if part]
        self.parameters = [(decoded(name), decoded(value)) for name, _, value in pairs]

    def parameter(self, name: str) -> str:
        return next((value for each, value in self.parameters if each == name), "")
