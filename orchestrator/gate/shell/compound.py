"""Compound commands and functions."""

from __future__ import annotations

from orchestrator.gate.shell.lexer import END, merged
from orchestrator.gate.shell.nodes import (
    Calculation,
    Case,
    Coproc,
    For,
    ForArithmetic,
    Function,
    Group,
    If,
    Literal,
    Loop,
    Subshell,
    Test,
    Word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.shell.nodes import Command, Part, Script
    from orchestrator.gate.shell.parser import Parser

    Compound = Group | Subshell | If | Loop | For | ForArithmetic | Case | Test | Calculation

_PATTERN_OPERATORS = frozenset(("==", "=", "!="))


def compound(parser: Parser, word: str) -> Command:
    """The compound command, function or coprocess at the position. `word` is its reserved word, "" before a bracket."""
    if word == "function":
        return _function_word(parser)
    if word == "coproc":
        return _coproc(parser)
    return _shell_command(parser)


def _reader(parser: Parser) -> Callable[[Parser], Compound] | None:
    return _READERS.get(parser.head() or ("(" if parser.text[parser.pos] == "(" else ""))


def _shell_command(parser: Parser) -> Compound:
    reader = _reader(parser)
    if reader is None:
        raise parser.unexpected()
    command = reader(parser)
    command.redirects = parser.redirections()
    return command


def _expect(parser: Parser, word: str) -> None:
    parser.blanks()
    if parser.head() != word:
        raise parser.unexpected()
    parser.pos += len(word)


def _bracket(parser: Parser) -> None:
    if parser.blanks() != ")":
        raise parser.unexpected()
    parser.pos += 1


def _group(parser: Parser) -> Group:
    parser.pos += 1
    body = parser.body()
    _expect(parser, "}")
    return Group(body, [])


def _parenthesis(parser: Parser) -> Subshell | Calculation:
    """( … ) or (( … )): the latter only if the brackets close together."""
    if parser.after(parser.pos + 1) == "(":
        before = parser.state()
        parser.pos += 2
        inside = parser.expression("(", ")")
        if parser.after(parser.pos) == ")":
            parser.pos += 1
            return Calculation(inside, [])
        parser.restore(before)
    parser.pos += 1
    body = parser.body()
    _bracket(parser)
    return Subshell(body, [])


def _if(parser: Parser) -> If:
    branches: list[tuple[Script, Script]] = []
    word = "if"
    while word in ("if", "elif"):
        parser.pos += len(word)
        condition = parser.body()
        _expect(parser, "then")
        branches.append((condition, parser.body()))
        word = parser.head()
    otherwise = None
    if word == "else":
        parser.pos += 4
        otherwise = parser.body()
    _expect(parser, "fi")
    return If(branches, otherwise, [])


def _loop(parser: Parser) -> Loop:
    kind = parser.head()
    parser.pos += 5
    condition = parser.body()
    return Loop(kind, condition, _do(parser), [])


def _do(parser: Parser) -> Script:
    _expect(parser, "do")
    body = parser.body()
    _expect(parser, "done")
    return body


def _do_or_braces(parser: Parser) -> Script:
    parser.lines()
    return _group(parser).body if parser.head() == "{" else _do(parser)


def _for(parser: Parser) -> For | ForArithmetic:
    kind = parser.head()
    parser.pos += len(kind)
    if parser.blanks() == "(" and parser.after(parser.pos + 1) == "(":
        return _for_arithmetic(parser)
    start = parser.pos
    parser.needed_word()
    name = parser.text[start : parser.pos]
    words: list[Word] | None = None
    if parser.blanks() == ";":
        parser.pos += 1
    else:
        parser.lines()
        if parser.head() == "in":
            parser.pos += 2
            words = _word_list(parser)
    return For(kind, name, words, _do_or_braces(parser), [])


def _for_arithmetic(parser: Parser) -> ForArithmetic:
    parser.pos += 2
    header = parser.expression("(", ")")
    _bracket(parser)
    if parser.blanks() == ";":
        parser.pos += 1
    return ForArithmetic(header, _do_or_braces(parser), [])


def _word_list(parser: Parser) -> list[Word]:
    words: list[Word] = []
    while parser.blanks() not in ";\n":
        words.append(parser.needed_word())
    if parser.text[parser.pos] == ";":
        parser.pos += 1
    return words


def _case(parser: Parser) -> Case:
    parser.pos += 4
    word = parser.needed_word()
    parser.lines()
    _expect(parser, "in")
    branches: list[tuple[list[Word], Script]] = []
    parser.lines()
    while parser.head() != "esac":
        patterns = _patterns(parser)
        branches.append((patterns, parser.script()))
        _branch_end(parser)
        parser.lines()
    _expect(parser, "esac")
    return Case(word, branches, [])


def _patterns(parser: Parser) -> list[Word]:
    if parser.text[parser.pos] == "(":
        parser.pos += 1
    patterns = [parser.needed_word()]
    while parser.blanks() == "|":
        parser.pos += 1
        patterns.append(parser.needed_word())
    _bracket(parser)
    return patterns


def _branch_end(parser: Parser) -> None:
    """Reads ;; or ;& or ;;& at the position; the last branch may do without."""
    if parser.text[parser.pos] != ";":
        return
    if parser.after(parser.pos + 1) not in ";&":
        raise parser.unexpected()
    parser.pos += 2
    if parser.text[parser.pos - 1] == ";" and parser.after(parser.pos) == "&":
        parser.pos += 1


def _test(parser: Parser) -> Test:
    parser.pos += 2
    words: list[Word] = []
    previous = ""
    while True:
        if parser.lines() in ";" + END:
            raise parser.unexpected()
        word = _test_word(parser, previous)
        previous = word.plain() or ""
        if previous == "]]":
            return Test(words, [])
        words.append(word)


def _test_word(parser: Parser, previous: str) -> Word:
    if previous == "=~":
        return _regular_expression(parser)
    pos = parser.pos
    char = parser.text[pos]
    if char in "&|":
        if parser.after(pos + 1) != char:
            raise parser.unexpected()
        parser.pos += 2
    elif char in "()" or (char in "<>" and parser.after(pos + 1) != "(") or _negates(parser, previous):
        parser.pos += 1
    else:
        return parser.needed_word()
    return Word([Literal(parser.text[pos : parser.pos])])


def _negates(parser: Parser, previous: str) -> bool:
    """Whether !( stands where no pattern can."""
    return parser.text.startswith("!(", parser.pos) and previous not in _PATTERN_OPERATORS


def _regular_expression(parser: Parser) -> Word:
    """A word in which brackets and bars are text."""
    parts: list[Part] = []
    while True:
        parser.pieces(parts)
        char = parser.text[parser.pos]
        if char == "(":
            parser.brackets(parts)
        elif char == "|":
            parser.pos += 1
            parts.append(Literal(char))
        elif parts:
            return Word(merged(parts))
        else:
            raise parser.unexpected()


def _coproc(parser: Parser) -> Coproc:
    """coproc command, coproc NAME compound command."""
    parser.pos += 6
    parser.blanks()
    if _reader(parser) is not None:
        return Coproc("COPROC", _shell_command(parser), [])
    start = parser.pos
    parser.word()
    name = parser.text[start : parser.pos]
    parser.blanks()
    if name and _reader(parser) is not None:
        return Coproc(name, _shell_command(parser), [])
    parser.pos = start
    return Coproc("COPROC", parser.simple(), [])


def _function_word(parser: Parser) -> Function:
    parser.pos += 8
    parser.blanks()
    start = parser.pos
    parser.needed_word()
    name = parser.text[start : parser.pos]
    if parser.blanks() == "(":
        return function(parser, name)
    return _function(parser, name)


def function(parser: Parser, name: str) -> Function:
    """The function whose () is at the position, after its name."""
    parser.pos += 1
    _bracket(parser)
    return _function(parser, name)


def _function(parser: Parser, name: str) -> Function:
    parser.lines()
    parser.enter(2)
    body = _shell_command(parser)
    parser.depth -= 2
    redirects = body.redirects
    body.redirects = []
    return Function(name, body, redirects)


_READERS: dict[str, Callable[[Parser], Compound]] = {
    "(": _parenthesis,
    "{": _group,
    "if": _if,
    "while": _loop,
    "until": _loop,
    "for": _for,
    "select": _for,
    "case": _case,
    "[[": _test,
}
