"""The keys of `x-orchestrate` in an agent's file, read without a YAML library.

Takes the part of YAML that our definitions are written in: maps by indentation, lists in brackets or with dashes,
plain, single and double quoted text, comments. Everything else is Unreadable; nothing is guessed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LISTS = ("allow", "forbid", "dont")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "0": "\0", " ": " "}
# What may not begin plain text: these signs mean something else in YAML.
SIGNS = "*&!%@`|>{}[],#?-:\"'"


class Unreadable(Exception):
    """The text is not in the form that is read here. The message says where."""


def boundaries(text: str) -> dict[str, list[str]] | None:
    """The lists by name; one that is not there is empty. None where the header says nothing of boundaries."""
    lines = lines_of(text)
    if not lines:
        raise Unreadable("the header is empty")
    block = below(below(lines, "x-orchestrate") or [], "boundaries")
    if block is None:
        return None
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    given = set()
    for name, value, inner in entries(block):
        if name not in LISTS or name in given:
            raise Unreadable("boundaries." + name + " is unknown or appears twice")
        given.add(name)
        found[name] = items(value, inner)
    return found


def lines_of(text: str) -> list[tuple[int, str]]:
    """The lines of the header with their numbers, without empty ones and comments."""
    return [(number, line) for number, line in enumerate(_header(text), 2) if line.strip() and not _is_comment(line)]


def _header(text: str) -> list[str]:
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    ends = [number for number, line in enumerate(lines) if number and line.rstrip() == "---"]
    if lines[0].rstrip() != "---" or not ends:
        raise Unreadable("no header between two lines ---")
    return lines[1 : ends[0]]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def below(lines: Sequence[tuple[int, str]], name: str) -> list[tuple[int, str]] | None:
    """The lines below the key, None where it is not there. A map in braces is taken apart into lines."""
    found = [(value, inner) for key, value, inner in entries(lines) if key == name]
    if not found:
        return None
    if len(found) != 1:
        raise Unreadable(name + " appears twice")
    value, inner = found[0]
    if not value:
        return inner
    number = lines[0][0]
    return [(number, each) for each in flow(value, inner, "{}")]


def entries(lines: Sequence[tuple[int, str]]) -> list[tuple[str, str, list[tuple[int, str]]]]:
    """Name, rest of its line, and the lines below of every key of one level."""
    found: list[tuple[str, str, list[tuple[int, str]]]] = []
    level = _indent(lines[0]) if lines else 0
    for number, line in lines:
        indent = _indent((number, line))
        if found and (indent > level or (indent == level and line.lstrip().startswith(("- ", "]", "}")))):
            found[-1][2].append((number, line))
            continue
        key, colon, value = line.strip().partition(":")
        if indent != level or not colon or (value and value[0] not in " \t"):
            raise Unreadable("line " + str(number) + " is not `name: value`")
        found.append((scalar(key.strip()), _bare(value), []))
    return found


def _indent(entry: tuple[int, str]) -> int:
    line = entry[1]
    blank = line[: len(line) - len(line.lstrip())]
    if "\t" in blank:
        raise Unreadable("line " + str(entry[0]) + " is indented with a tab")
    return len(blank)


def items(value: str, below: Sequence[tuple[int, str]]) -> list[str]:
    """A list in brackets or with dashes."""
    if value:
        return [scalar(each) for each in flow(value, below, "[]")]
    found = []
    levels = {_indent(entry) for entry in below}
    for number, line in below:
        item = line.strip()
        if not item.startswith("- ") or len(levels) != 1:
            raise Unreadable("line " + str(number) + " is not an item of a list")
        found.append(scalar(_bare(item[1:])))
    return found


def flow(value: str, below: Sequence[tuple[int, str]], brackets: str) -> list[str]:
    """The pieces between the brackets, which may go over several lines."""
    text = " ".join([value, *(_bare(line) for _, line in below)]).strip()
    if text[:1] != brackets[0] or text[-1:] != brackets[1]:
        raise Unreadable("expected " + brackets[0] + "…" + brackets[1] + ", found " + text[:40])
    pieces = _split(text[1:-1])
    if pieces and not pieces[-1]:
        pieces.pop()
    if not all(pieces):
        raise Unreadable("an empty item in " + text[:40])
    return pieces


def _split(text: str) -> list[str]:
    """At the commas outside of quotes and inner brackets."""
    pieces = [""]
    depth = 0
    for each, is_quoted in _signs(text):
        if not is_quoted:
            depth += (each in "[{") - (each in "]}")
            if each == "," and not depth:
                pieces.append("")
                continue
        pieces[-1] += each
    if depth:
        raise Unreadable("a bracket stays open in " + text[:40])
    return [piece.strip() for piece in pieces]


def _bare(value: str) -> str:
    """Without a comment, which needs a blank before it."""
    before = " "
    for at, (each, is_quoted) in enumerate(_signs(value)):
        if each == "#" and not is_quoted and before in " \t":
            return value[:at].strip()
        before = each
    return value.strip()


def _signs(text: str) -> Iterator[tuple[str, bool]]:
    """The characters, and whether each stands in quotes. A quote opens only where a value may begin."""
    quote, before = "", ","
    escapes = False
    for each in text:
        if quote:
            yield each, True
            if escapes or (quote == '"' and each == "\\"):
                escapes = not escapes
            elif each == quote:
                quote = ""
                before = each
            continue
        # A single quote right after the closing one is a quote inside of the text.
        if each in "'\"" and (before in ",[{" or before == each == "'"):
            quote = each
        yield each, bool(quote)
        before = _place(before, each)


def _place(before: str, each: str) -> str:
    """What stands before the next character: a comma where a value may begin, a full stop behind a closed quote."""
    if each not in " \t":
        return "." if each in "'\"" else each
    if before in ":-":  # a blank behind them, and a value may begin
        return ","
    return "." if before in "'\"" else before


def scalar(text: str) -> str:
    """Text as it is, or what the quotes hold."""
    quote = text[:1]
    if quote in ("'", '"'):
        inner = text[1:-1]
        if len(text) < 2 or text[-1] != quote:
            raise Unreadable("a quote stays open in " + text[:40])
        return _single(inner) if quote == "'" else _double(inner)
    if not text or text[0] in SIGNS or ": " in text or " #" in text or text.endswith(":"):
        raise Unreadable("not plain text: " + text[:40])
    return text


def _single(inner: str) -> str:
    if "'" in inner.replace("''", ""):
        raise Unreadable("a quote inside of '" + inner[:40])
    return inner.replace("''", "'")


def _double(inner: str) -> str:
    pieces = inner.split("\\")
    found = [pieces[0]]
    at = 1
    while at < len(pieces):
        piece = pieces[at]
        sign = piece[:1] or "\\"
        if sign not in ESCAPES or '"' in piece[1:]:
            raise Unreadable("an escape that is not read: \\" + sign)
        found.append(ESCAPES[sign] + piece[1:])
        if not piece and at + 1 < len(pieces):  # \\ splits into two pieces, the second plain
            at += 1
            found.append(pieces[at])
        at += 1
    if '"' in pieces[0]:
        raise Unreadable('a quote inside of "' + inner[:40])
    return "".join(found)
