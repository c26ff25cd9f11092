"""A position in shell text: blanks, comments, line continuations, the next character that means something."""

from __future__ import annotations

from orchestrator.gate.shell.nodes import Literal, Quoted, Unparsable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from orchestrator.gate.shell.nodes import Part, Redirect, Script

    State = tuple[int, int, int, list["Pending"]]
    # Adds what it reads at the position, or leaves both alone and returns False.
    Reader = Callable[[Any, list[Part]], bool]
    # What some characters begin, what all other text is, the layer that marks these characters.
    Mode = tuple[dict[str, Reader], type[Literal] | type[Quoted], int]

# Stands twice behind the text, so that no look-ahead needs a length. bash knows no such character in a command.
END = "\0"
NAME_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
NAME = NAME_START | frozenset("0123456789")
# What ends a word without further thought. < > and ( may as well go on with it.
WORD_ENDS = frozenset(" \t\n;|&)" + END)
BREAKS = WORD_ENDS | frozenset("()<>")
CLOSERS = frozenset(("then", "do", "done", "fi", "else", "elif", "esac", "}", "in"))
RESERVED = CLOSERS | frozenset(
    ("if", "while", "until", "for", "select", "case", "function", "coproc", "{", "[[", "!", "time")
)
# Layers of marks: in a layer, every character that may mean something there is END, found by str.find.
UNQUOTED, QUOTED, NESTED = 0, 1, 2
_TABLES = (
    dict.fromkeys(map(ord, " \t\n;|&()<>\"'`$\\"), END),
    dict.fromkeys(map(ord, '"`$\\'), END),
    dict.fromkeys(map(ord, "\"'`$\\{}()[]<>/:?"), END),
)
# Every level costs Python frames, a substitution twice as many as a compound command.
DEPTH_LIMIT = 60
# What second looks may cost in one text: a line continuation inside an operator costs 1, a $(( that turns out to
# begin a command costs RETRY. It keeps the running time linear.
BUDGET = 1000
RETRY = 25


class TooDeep(Unparsable):
    """Not an error of the text, but more of it than is read."""


class Pending:
    """A here-document whose body begins after the next line end."""

    __slots__ = ("delimiter", "quoted", "redirect", "tabs")

    def __init__(self, redirect: Redirect, delimiter: str, quoted: bool) -> None:
        self.redirect = redirect
        self.delimiter = delimiter
        self.quoted = quoted
        self.tabs = redirect.op == "<<-"


class Lexer:
    """Reads on from `pos`. `substitutions` counts the $(…) around the position within this text."""

    __slots__ = ("budget", "depth", "layers", "pending", "pos", "substitutions", "text")

    def __init__(self, text: str, depth: int, budget: list[int]) -> None:
        self.text = text + END + END
        self.layers = [self.text.translate(_TABLES[UNQUOTED]), "", ""]
        self.pos = 0
        self.depth = depth
        self.budget = budget
        self.pending: list[Pending] = []
        self.substitutions = 0

    if TYPE_CHECKING:

        def whole(self) -> Script: ...

        def script(self) -> Script: ...

        def bodies(self) -> None: ...

    def fail(self, why: str) -> Unparsable:
        return Unparsable(why, self.pos)

    def unexpected(self) -> Unparsable:
        found = self.text[self.pos : self.pos + 20].split("\n")[0].rstrip(END)
        return self.fail("unexpected %r" % found if found else "unexpected end of line")

    def enter(self, levels: int = 1) -> None:
        self.depth += levels
        if self.depth > DEPTH_LIMIT:
            raise TooDeep("nested too deeply", self.pos)

    def spend(self, cost: int) -> None:
        self.budget[0] -= cost
        if self.budget[0] < 0:
            raise TooDeep("too many second looks", self.pos)

    def state(self) -> State:
        return self.pos, self.depth, self.substitutions, list(self.pending)

    def restore(self, state: State) -> None:
        self.spend(RETRY)
        self.pos, self.depth, self.substitutions, self.pending = state

    def marks(self, layer: int) -> str:
        found = self.layers[layer]
        if not found:
            found = self.layers[layer] = self.text.translate(_TABLES[layer])
        return found

    def after(self, pos: int) -> str:
        """The character at `pos` once line continuations before it are gone."""
        while self.text[pos] == "\\" and self.text[pos + 1] == "\n":
            self.spend(1)
            self.text = self.text[:pos] + self.text[pos + 2 :]
            self.layers = [layer and layer[:pos] + layer[pos + 2 :] for layer in self.layers]
        return self.text[pos]

    def blanks(self) -> str:
        """The character at the next token, past blanks, line continuations and a comment."""
        text = self.text
        pos = self.pos
        char = text[pos]
        while char in " \t\\":
            if char == "\\":
                if text[pos + 1] != "\n":
                    break
                pos += 1
            pos += 1
            char = text[pos]
        if char == "#":
            pos = self.line_end(pos)
            char = text[pos]
        self.pos = pos
        return char

    def lines(self) -> str:
        """The character at the next token, past line ends as well; here-documents begin after them."""
        char = self.blanks()
        while char == "\n":
            self.pos += 1
            if self.pending:
                self.bodies()
            char = self.blanks()
        return char

    def line_end(self, pos: int) -> int:
        found = self.text.find("\n", pos)
        return len(self.text) - 2 if found < 0 else found

    def head(self) -> str:
        """The reserved word at the position, or ""."""
        end = self.layers[UNQUOTED].find(END, self.pos)
        while self.text[end] == "\\" and self.text[end + 1] == "\n" and end > self.pos:
            self.after(end)
            end = self.layers[UNQUOTED].find(END, end)
        word = self.text[self.pos : end]
        return word if word in RESERVED and self.text[end] in BREAKS else ""

    def name(self) -> str:
        """The name at the position, which is moved behind it."""
        start = end = self.pos
        while self.text[end] in NAME or (
            self.text[end] == "\\" and self.text[end + 1] == "\n" and self.after(end) in NAME
        ):
            end += 1
        self.pos = end
        return self.text[start:end]

    def inner(self, parts: list[Part], ends: str, mode: Mode) -> None:
        """Reads up to one of `ends` which no reader of the mode takes, or to the end of the text."""
        readers, plain, layer = mode
        start = pos = self.pos
        while True:
            pos = self.marks(layer).find(END, pos)
            char = self.text[pos]
            if char in ends or char == END:
                break
            reader = readers.get(char)
            if reader is None:
                pos += 1
                continue
            if pos > start:
                parts.append(plain(self.text[start:pos]))
            self.pos = start = pos
            if reader(self, parts):
                start = pos = self.pos
            else:
                pos += 1
        if pos > start:
            parts.append(plain(self.text[start:pos]))
        self.pos = pos

    def balanced(self, parts: list[Part], opening: str, closing: str, mode: Mode) -> None:
        """Reads past the bracket that closes the one before the position; it is not among the parts."""
        depth = 0
        while True:
            self.inner(parts, opening + closing, mode)
            char = self.text[self.pos]
            if char == END:
                raise self.fail("unexpected end of text, looking for %r" % closing)
            self.pos += 1
            if char == closing:
                if not depth:
                    return
                depth -= 1
            else:
                depth += 1
            parts.append(Literal(char))

    def quoted_end(self, quote: str, start: int) -> int:
        """Where the next `quote` without a backslash is."""
        end = self.text.find(quote, start)
        while end >= 0 and escaped(self.text, end, start):
            end = self.text.find(quote, end + 1)
        if end < 0:
            raise self.fail("%s is not closed" % quote)
        return end


def escaped(text: str, pos: int, start: int) -> bool:
    """Whether an odd number of backslashes stands before `pos`, none of them before `start`."""
    first = pos
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (pos - first) % 2 == 1


def merged(parts: list[Part]) -> list[Part]:
    """The parts, neighbours of plain text made one; an empty text is left only where it is all there is of its kind."""
    if len(parts) < 2:
        return parts
    done: list[Part] = []
    texts: list[str] = []
    kind: type[Literal] | type[Quoted] | None = None
    for part in parts:
        if kind is not None and type(part) is kind:
            texts.append(part.text)
            continue
        if kind is not None:
            done.append(kind("".join(texts)))
            kind = None
        if type(part) is Literal or type(part) is Quoted:
            kind = type(part)
            texts = [part.text]
        else:
            done.append(part)
    if kind is not None:
        done.append(kind("".join(texts)))
    return done
