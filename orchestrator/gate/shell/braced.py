"""${…}: a parameter with a subscript, an operator and its arguments."""

from __future__ import annotations

from orchestrator.gate.shell.lexer import END, NAME, NAME_START, TooDeep, merged
from orchestrator.gate.shell.nodes import Literal, Param, Quoted, Substitution, Unparsable, Word
from orchestrator.gate.shell.words import ARITHMETIC, BRACES, QUOTED_BRACES, SUBSCRIPT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.lexer import Mode
    from orchestrator.gate.shell.nodes import Part
    from orchestrator.gate.shell.words import Words

_DIGITS = frozenset("0123456789")
_SPECIAL = frozenset("@*#?$!-")
_DEFAULTS = frozenset((":-", "-", ":=", "=", ":+", "+", ":?", "?"))
_REPLACEMENTS = frozenset(("/", "//", "/#", "/%"))
_DOUBLED = frozenset((":-", ":=", ":+", ":?", "##", "%%", "//", "/#", "/%", "^^", ",,"))
_SINGLE = frozenset("-=+?#%/:^,@")


def braced(words: Words, quoted: bool) -> Part:
    """What begins after ${ at the position, which is moved behind the }."""
    before = words.state()
    char = words.after(words.pos)
    try:
        part = _commands(words, quoted) if char in " \t\n|" else _parameter(words, quoted)
    except TooDeep:
        raise
    except Unparsable:
        part = None
    if part is None:
        words.restore(before)
        part = _unreadable(words, quoted)
    if words.text[words.pos] == END:
        raise words.fail("${ is not closed")
    words.pos += 1
    return part


def _commands(words: Words, quoted: bool) -> Part | None:
    """${ commands; } and ${|commands; } of bash 5.3."""
    words.pos += 1
    script = words.script()
    return Substitution(script, quoted) if words.text[words.pos] == "}" else None


def _unreadable(words: Words, quoted: bool) -> Part:
    """What bash calls a bad substitution when it comes to it, other shells perhaps not."""
    start = words.pos
    parts: list[Part] = []
    words.inner(parts, "}", QUOTED_BRACES if quoted else BRACES)
    name = words.text[start : words.pos]
    if all(type(part) is Literal or type(part) is Quoted for part in parts):
        return Param(name, quoted)
    return Param(name, quoted, ":-", Word(merged(parts)))


def _parameter(words: Words, quoted: bool) -> Part | None:
    char = words.text[words.pos]
    following = words.after(words.pos + 1)
    if char == "#" and (following in NAME or following in _SPECIAL):
        found = _length(words, quoted)
        if found is not None:
            return found
    if char == "!" and (following in NAME or following in "@*#") and following != "}":
        return _indirect(words, quoted)
    return _named(words, quoted, "")


def _length(words: Words, quoted: bool) -> Part | None:
    """${#x}, and nothing else that begins like it: ${#-x} is $# with an operator."""
    before = words.state()
    words.pos += 1
    name = _name(words)
    index = _index(words)
    if words.text[words.pos] == "}":
        return Param(name, quoted, "length", index=index)
    words.restore(before)
    return None


def _indirect(words: Words, quoted: bool) -> Part | None:
    words.pos += 1
    return _named(words, quoted, "!")


def _named(words: Words, quoted: bool, prefix: str) -> Part | None:
    name = _name(words)
    if not name:
        return None
    index = _index(words)
    rest = words.text[words.pos : words.pos + 2]
    if prefix and rest in ("*}", "@}"):
        words.pos += 1
        return Param(name, quoted, "names", index=index)
    if rest[0] == "}":
        return Param(name, quoted, "indirect" if prefix else "", index=index)
    op = rest if rest in _DOUBLED else rest[0]
    if op[0] not in _SINGLE:
        return None
    words.pos += len(op)
    # ${!x:-y} needs both; a name that cannot be looked up stands for what $x names.
    part = Param(prefix + name, quoted, op, index=index)
    _arguments(words, part)
    return part if words.text[words.pos] in "}" + END else None


def _name(words: Words) -> str:
    """The name, number or special parameter at the position, which is moved behind it; "" if there is none."""
    start = words.pos
    char = words.text[start]
    if char in NAME_START:
        return words.name()
    if char in _DIGITS:
        end = start
        while words.text[end] in _DIGITS:
            end += 1
        words.pos = end
    elif char in _SPECIAL:
        words.pos += 1
    words.after(words.pos)
    return words.text[start : words.pos]


def _index(words: Words) -> Word | None:
    """[…] at the position, unless the } comes first."""
    if words.text[words.pos] != "[":
        return None
    words.pos += 1
    parts: list[Part] = []
    depth = 0
    while True:
        words.inner(parts, "[]}", SUBSCRIPT)
        char = words.text[words.pos]
        if char in "}" + END:
            raise words.fail("a subscript is not closed")
        words.pos += 1
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return Word(merged(parts))
        parts.append(Literal(char))


def _arguments(words: Words, part: Param) -> None:
    """Reads what follows the operator, up to the }."""
    if part.op in _DEFAULTS:
        part.argument = _word(words, "}", QUOTED_BRACES if part.quoted else BRACES)
    elif part.op == ":":
        part.argument = _offset(words)
        if words.text[words.pos] == ":":
            words.pos += 1
            part.second = _word(words, "}", ARITHMETIC)
    elif part.op in _REPLACEMENTS:
        part.argument = _word(words, "}/", BRACES)
        if words.text[words.pos] == "/":
            words.pos += 1
            part.second = _word(words, "}", BRACES)
    else:
        part.argument = _word(words, "}", BRACES)


def _word(words: Words, ends: str, mode: Mode) -> Word:
    parts: list[Part] = []
    words.inner(parts, ends, mode)
    return Word(merged(parts))


def _offset(words: Words) -> Word:
    """The offset of a substring: up to a colon which belongs to no ?:."""
    parts: list[Part] = []
    questions = 0
    while True:
        words.inner(parts, "}:?", ARITHMETIC)
        char = words.text[words.pos]
        if char in "}" + END or (char == ":" and not questions):
            return Word(merged(parts))
        questions += 1 if char == "?" else -1
        parts.append(Literal(char))
        words.pos += 1
