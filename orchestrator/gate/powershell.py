"""A command line of PowerShell in the words of a POSIX shell, as far as programs and databases are concerned."""

from __future__ import annotations

BACKTICK = "`"
ENDS = ";|\n{&"
# Commands of PowerShell, and options of them, that have a namesake.
NAMES = {
    "remove-item": "rm",
    "ri": "rm",
    "del": "rm",
    "erase": "rm",
    "rd": "rm",
    "move-item": "mv",
    "copy-item": "cp",
    "get-content": "cat",
    "gc": "cat",
    "write-output": "echo",
    "write-host": "echo",
    "invoke-sqlcmd": "sqlcmd",
    "-query": "-Q",
    "-inputfile": "-i",
    "invoke-expression": "eval",
    "iex": "eval",
    "-recurse": "-r",
    "-force": "-f",
    "-path": "--",
    "-literalpath": "--",
}


def translated(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("$env:", "$").replace("$Env:", "$")
    for quote in "'\"":
        text = text.replace("@" + quote + "\n", quote).replace("\n" + quote + "@", quote)
    return "".join(_statement(piece) for piece in _pieces(text))


def _pieces(text: str) -> list[str]:
    """The statements, each with the sign that ends it."""
    found: list[str] = []
    start = 0
    quote = ""
    for position, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[position - 1] != BACKTICK else quote
        elif letter in "'\"":
            quote = letter
        elif letter in ENDS and text[position - 1 : position] != BACKTICK:
            found.append(text[start : position + 1])
            start = position + 1
    return [*found, text[start:]]


def _statement(piece: str) -> str:
    bare = piece.lstrip(" \t")
    if bare == "&":
        return ""
    name, equals, value = bare.partition("=")
    if bare.startswith("$") and equals and name[1:].strip().isidentifier():
        return name[1:].strip() + "=" + _words(value.lstrip(" "))
    if bare[:1] in ("'", '"') and bare.endswith("|"):
        return "echo " + _words(bare)
    return _words(piece)


def _words(piece: str) -> str:
    """The same words, with paths and escapes of a POSIX shell."""
    made: list[str] = []
    for position, letter in enumerate(piece):
        before = piece[position - 1 : position]
        if letter == "\\" and (before.isalnum() or before in {":", "_", ".", ")"}):
            made.append("/")
        else:
            made.append("\\" if letter == BACKTICK else letter)
    return " ".join(_word(word) for word in "".join(made).split(" "))


def _word(word: str) -> str:
    """A variable stays one word."""
    return '"' + word + '"' if word[:1] == "$" and word[1:].isidentifier() else NAMES.get(word.lower(), word)
