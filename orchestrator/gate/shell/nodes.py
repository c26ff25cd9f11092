"""The tree of a bash command line. Plain classes: dataclasses would cost 8 ms of start-up."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

    Part = Union["Literal", "Quoted", "Param", "Substitution", "Arithmetic", "Process"]
    Command = Union[
        "Simple", "Group", "Subshell", "If", "Loop", "For", "ForArithmetic", "Case", "Function", "Test", "Calculation",
        "Coproc",
    ]  # fmt: skip


class Unparsable(Exception):
    """The text is not a bash command line, or is nested too deeply. The message says why, `position` where."""

    def __init__(self, why: str, position: int = 0) -> None:
        super().__init__(why)
        self.position = position


class Literal:
    """Unquoted text: braces, globs and a leading tilde still mean something."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Quoted:
    """Text whose every character stands for itself: '…', $'…' decoded, \\x, the plain pieces of "…"."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Param:
    """$name, ${name}, ${name<op>argument}. Special names: @ * # ? $ ! - 0 1 2 …

    `op` is one of "", "length" (${#x}), "indirect" (${!x}), "names" (${!x*} and ${!x@}), "-", ":-", "=", ":=", "+",
    ":+", "?", ":?", "#", "##", "%", "%%", "/", "//", "/#", "/%", ":" (substring), "^", "^^", ",", ",,", "@"
    (${x@Q}). `argument` is the word after the operator, `second` the replacement or the length. `index` is the
    subscript in ${x[…]}, "@" and "*" included.
    """

    __slots__ = ("argument", "index", "name", "op", "quoted", "second")

    def __init__(  # noqa: PLR0917
        self,
        name: str,
        quoted: bool,
        op: str = "",
        argument: Word | None = None,
        second: Word | None = None,
        index: Word | None = None,
    ) -> None:
        self.name = name
        self.quoted = quoted
        self.op = op
        self.argument = argument
        self.second = second
        self.index = index


class Substitution:
    """$(…) and `…`."""

    __slots__ = ("quoted", "script")

    def __init__(self, script: Script, quoted: bool) -> None:
        self.script = script
        self.quoted = quoted


class Arithmetic:
    """$((…)) and $[…]; the word is the expression, with its own expansions."""

    __slots__ = ("quoted", "word")

    def __init__(self, word: Word, quoted: bool) -> None:
        self.word = word
        self.quoted = quoted


class Process:
    """<(…) and >(…); `direction` is < or >."""

    __slots__ = ("direction", "script")

    def __init__(self, direction: str, script: Script) -> None:
        self.direction = direction
        self.script = script


class Word:
    __slots__ = ("parts",)

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts

    def plain(self) -> str | None:
        """The text, if the word is plain unquoted text."""
        if len(self.parts) == 1 and type(self.parts[0]) is Literal:
            return self.parts[0].text
        return None


class Assign:
    """name=word, name+=word, name[index]=word, name=(words …). In an array, an element may be an Assign by itself."""

    __slots__ = ("append", "array", "index", "name", "value")

    def __init__(
        self,
        name: str,
        value: Word | None,
        array: list[Word | Assign] | None = None,
        index: Word | None = None,
        append: bool = False,
    ) -> None:
        self.name = name
        self.value = value
        self.array = array
        self.index = index
        self.append = append


class Redirect:
    """`op` is one of < > >> >| <> <& >& &> &>> << <<- <<<. `fd` is a number, a name from {name}>, or None.

    `target` is the word after the operator. For << and <<- it is the delimiter, and `body` the here-document, tabs
    already removed for <<-, with its expansions unless a part of the delimiter was quoted.
    """

    __slots__ = ("body", "fd", "op", "target")

    def __init__(self, op: str, target: Word, fd: int | str | None = None, body: Word | None = None) -> None:
        self.op = op
        self.target = target
        self.fd = fd
        self.body = body


class Simple:
    """`source` is the text of the command as written, here-documents left out."""

    __slots__ = ("assigns", "redirects", "source", "words")

    def __init__(
        self, assigns: list[Assign], words: list[Word | Assign], redirects: list[Redirect], source: str
    ) -> None:
        self.assigns = assigns
        # After declare, local, export, readonly, typeset an array argument is an Assign: declare -a x=(a b).
        self.words = words
        self.redirects = redirects
        self.source = source


class Group:
    """{ …; }"""

    __slots__ = ("body", "redirects")

    def __init__(self, body: Script, redirects: list[Redirect]) -> None:
        self.body = body
        self.redirects = redirects


class Subshell:
    """( … )"""

    __slots__ = ("body", "redirects")

    def __init__(self, body: Script, redirects: list[Redirect]) -> None:
        self.body = body
        self.redirects = redirects


class If:
    """if, elif … as (condition, body) pairs, and else."""

    __slots__ = ("branches", "otherwise", "redirects")

    def __init__(
        self, branches: list[tuple[Script, Script]], otherwise: Script | None, redirects: list[Redirect]
    ) -> None:
        self.branches = branches
        self.otherwise = otherwise
        self.redirects = redirects


class Loop:
    """while and until; `kind` says which."""

    __slots__ = ("body", "condition", "kind", "redirects")

    def __init__(self, kind: str, condition: Script, body: Script, redirects: list[Redirect]) -> None:
        self.kind = kind
        self.condition = condition
        self.body = body
        self.redirects = redirects


class For:
    """for name in words; select as well. `words` is None where "in" is missing: then it is "$@"."""

    __slots__ = ("body", "kind", "name", "redirects", "words")

    def __init__(self, kind: str, name: str, words: list[Word] | None, body: Script, redirects: list[Redirect]) -> None:
        self.kind = kind
        self.name = name
        self.words = words
        self.body = body
        self.redirects = redirects


class ForArithmetic:
    """for ((…;…;…)); the header as one word."""

    __slots__ = ("body", "header", "redirects")

    def __init__(self, header: Word, body: Script, redirects: list[Redirect]) -> None:
        self.header = header
        self.body = body
        self.redirects = redirects


class Case:
    """case word in pattern|pattern) body;; …"""

    __slots__ = ("branches", "redirects", "word")

    def __init__(self, word: Word, branches: list[tuple[list[Word], Script]], redirects: list[Redirect]) -> None:
        self.word = word
        self.branches = branches
        self.redirects = redirects


class Function:
    """name() body and function name body; the body is any compound command."""

    __slots__ = ("body", "name", "redirects")

    def __init__(self, name: str, body: Command, redirects: list[Redirect]) -> None:
        self.name = name
        self.body = body
        self.redirects = redirects


class Test:
    """[[ … ]]; operators are plain words."""

    __slots__ = ("redirects", "words")

    def __init__(self, words: list[Word], redirects: list[Redirect]) -> None:
        self.words = words
        self.redirects = redirects


class Calculation:
    """(( … ))"""

    __slots__ = ("redirects", "word")

    def __init__(self, word: Word, redirects: list[Redirect]) -> None:
        self.word = word
        self.redirects = redirects


class Coproc:
    __slots__ = ("command", "name", "redirects")

    def __init__(self, name: str, command: Command, redirects: list[Redirect]) -> None:
        self.name = name
        self.command = command
        self.redirects = redirects


class Pipeline:
    """`both[i]` is true where command i hands stderr on as well (|&)."""

    __slots__ = ("both", "commands", "negated", "timed")

    def __init__(self, commands: list[Command], both: list[bool], negated: bool, timed: bool) -> None:
        self.commands = commands
        self.both = both
        self.negated = negated
        self.timed = timed


class Item:
    """first && next || next …; `rest` holds (operator, pipeline). `background` is true before an &."""

    __slots__ = ("background", "first", "rest")

    def __init__(self, first: Pipeline, rest: list[tuple[str, Pipeline]], background: bool) -> None:
        self.first = first
        self.rest = rest
        self.background = background


class Script:
    __slots__ = ("items",)

    def __init__(self, items: list[Item]) -> None:
        self.items = items
