"""The bash parser: lists, pipelines, simple commands, redirections, assignments. `parse` is the way in.

It accepts what bash accepts and a little more: it reads every extended glob, and does not check the grammar inside
[[ … ]]. Compound commands are in `compound`, which is loaded when the first one is met.
"""

from __future__ import annotations

from orchestrator.gate.shell.lexer import BUDGET, CLOSERS, END, UNQUOTED, WORD_ENDS, Pending, merged
from orchestrator.gate.shell.nodes import Assign, Item, Literal, Pipeline, Redirect, Script, Simple, Unparsable, Word
from orchestrator.gate.shell.words import SUBSCRIPT, Words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.nodes import Command, Part

_OPERATORS = frozenset(("<", ">", ">>", ">|", "<>", "<&", ">&", "&>", "&>>", "<<", "<<-", "<<<"))
# An argument name=(…) is an array for the first, text for the second.
_DECLARATIONS = frozenset(("declare", "typeset", "local", "export", "readonly"))
_TEXT_ARRAYS = frozenset(("eval", "let", "alias"))
_HERE = frozenset(("<<", "<<-"))
_PREFIXES = frozenset(("!", "time"))
_COMMAND_ENDS = frozenset("\n;|)(" + END)


def parse(text: str) -> Script:
    """The commands of a bash command line or script. Raises Unparsable."""
    if END in text:
        raise Unparsable("a NUL character", text.index(END))
    return Parser(text, 0, [BUDGET]).whole()


class Parser(Words):
    __slots__ = ()

    def whole(self) -> Script:
        """All of the text as commands."""
        script = self.script()
        if self.text[self.pos] != END:
            raise self.unexpected()
        if self.pending:
            self.bodies()
        return script

    def script(self) -> Script:
        """Commands up to a word or a bracket that can only end them; whether it is the right one is for the caller."""
        items: list[Item] = []
        while self.lines() not in ");" + END and self.head() not in CLOSERS:
            item = self.item()
            items.append(item)
            if item.background:
                continue
            char = self.text[self.pos]
            if char == ";" and self.after(self.pos + 1) not in ";&":
                self.pos += 1
            elif char != "\n":
                break
        return Script(items)

    def body(self) -> Script:
        """Commands where there must be one."""
        script = self.script()
        if not script.items:
            raise self.unexpected()
        return script

    def item(self) -> Item:
        first = self.pipeline()
        rest: list[tuple[str, Pipeline]] = []
        while True:
            char = self.blanks()
            if char not in "&|":
                return Item(first, rest, False)
            if self.after(self.pos + 1) != char:
                break
            self.pos += 2
            self.lines()
            rest.append((char + char, self.pipeline()))
        if char == "|":
            raise self.unexpected()
        self.pos += 1
        return Item(first, rest, True)

    def pipeline(self) -> Pipeline:
        word = self.head()
        if word in _PREFIXES:
            return self.prefixed(word)
        return self.piped(word, False, False)

    def prefixed(self, word: str) -> Pipeline:
        """A pipeline after ! and time, which may both stand alone."""
        negated = timed = False
        while word in _PREFIXES:
            self.pos += len(word)
            if word == "!":
                negated = not negated
            else:
                timed = True
                self.options_of_time()
            char = self.blanks()
            word = self.head()
        if char in "\n;&)" + END:
            return Pipeline([Simple([], [], [], "")], [False], negated, timed)
        return self.piped(word, negated, timed)

    def options_of_time(self) -> None:
        for option in ("-p", "--"):
            self.blanks()
            end = self.pos + 2
            if self.text.startswith(option, self.pos) and self.text[end] in WORD_ENDS:
                self.pos = end

    def piped(self, word: str, negated: bool, timed: bool) -> Pipeline:
        commands = [self.command(word)]
        both = [False]
        while self.blanks() == "|":
            following = self.after(self.pos + 1)
            if following == "|":
                break
            both[-1] = following == "&"
            self.pos += 1 + both[-1]
            self.lines()
            commands.append(self.command(self.head()))
            both.append(False)
        return Pipeline(commands, both, negated, timed)

    def command(self, word: str) -> Command:
        """The command at the position, whose first word is reserved if `word` is not empty."""
        if self.text[self.pos] != "(" and (not word or word == "time"):
            return self.simple()
        from orchestrator.gate.shell.compound import compound

        self.enter()
        command = compound(self, word)
        self.depth -= 1
        return command

    def simple(self) -> Command:
        start = end = self.pos
        command = Simple([], [], [], "")
        words = command.words
        while True:
            char = self.blanks()
            if char in _COMMAND_ENDS:
                break
            pos = self.pos
            stop = self.layers[UNQUOTED].find(END, pos)
            if words and stop > pos and self.text[stop] in WORD_ENDS:
                words.append(Word([Literal(self.text[pos:stop])]))
                self.pos = stop
            elif not self.element(command, stop):
                break
            end = self.pos
        if char == "(" and len(words) == 1 and not command.assigns and not command.redirects:
            from orchestrator.gate.shell.compound import function

            return function(self, self.text[start:end])
        if end == start or char == "(":
            raise self.unexpected()
        command.source = self.text[start:end]
        return command

    def element(self, command: Simple, stop: int) -> bool:
        """Adds a redirection, an assignment or a word to the command. False before the & which ends it."""
        redirect = self.redirection(stop)
        if redirect is not None:
            command.redirects.append(redirect)
            return True
        run = self.text[self.pos : stop]
        if not command.words:
            found = self.assignment(run)
            if type(found) is Assign:
                command.assigns.append(found)
                return True
            word = found or self.word()
        else:
            word = self.argument(command.words[0], run) or self.word()
        if type(word) is Word and not word.parts:
            return False
        command.words.append(word)
        return True

    def assignment(self, run: str) -> Assign | Word | None:
        """name=…, name+=…, name[…]=… at the position, where `run` stands. A word if it only begins like the last."""
        name, equals, _ = run.partition("=")
        append = name.endswith("+")
        if equals and _is_name(name[:-1] if append else name):
            self.pos += len(name) + 1
            return self.assigned(Assign(name[:-1] if append else name, None, None, None, append))
        name, bracket, _ = run.partition("[")
        if not bracket or not _is_name(name):
            return None
        self.pos += len(name)
        return self.indexed(name)

    def indexed(self, name: str) -> Assign | Word:
        """[…]=… at the position, after the name; a word if no assignment follows."""
        parts: list[Part] = []
        self.pos += 1
        self.balanced(parts, "[", "]", SUBSCRIPT)
        append = self.text.startswith("+=", self.pos)
        if append or self.text[self.pos] == "=":
            self.pos += 1 + append
            return self.assigned(Assign(name, None, None, Word(merged(parts)), append))
        parts = [Literal(name + "["), *parts, Literal("]")]
        self.pieces(parts)
        return Word(merged(parts))

    def assigned(self, assign: Assign) -> Assign:
        if self.text[self.pos] == "(":
            assign.array = self.array()
        else:
            assign.value = self.word()
        return assign

    def array(self) -> list[Word | Assign]:
        """(…) at the position."""
        self.pos += 1
        self.enter()
        elements: list[Word | Assign] = []
        char = self.lines()
        while char != ")":
            elements.append(self.indexed("") if char == "[" else self.needed_word())
            char = self.lines()
        self.pos += 1
        self.depth -= 1
        return elements

    def argument(self, command: Word | Assign, run: str) -> Assign | Word | None:
        """name=(…) after a command that takes arrays."""
        if not run.endswith("=") or self.text[self.pos + len(run)] != "(" or type(command) is not Word:
            return None
        name = run[:-2] if run.endswith("+=") else run[:-1]
        if not _is_name(name):
            return None
        builtin = command.plain()
        if builtin in _DECLARATIONS:
            self.pos += len(run)
            return Assign(name, None, self.array(), None, run.endswith("+="))
        if builtin not in _TEXT_ARRAYS:
            return None
        self.pos += len(run)
        start = self.pos
        self.array()
        return Word(merged([Literal(run), *self.read_later(self.text[start : self.pos]).parts]))

    def needed_word(self) -> Word:
        self.blanks()
        word = self.word()
        if not word.parts:
            raise self.unexpected()
        return word

    def redirections(self) -> list[Redirect]:
        """Those after a compound command."""
        found: list[Redirect] = []
        while True:
            self.blanks()
            redirect = self.redirection(self.layers[UNQUOTED].find(END, self.pos))
            if redirect is None:
                return found
            found.append(redirect)

    def redirection(self, stop: int) -> Redirect | None:
        """The redirection at the position, if there is one; the first mark behind it is at `stop`."""
        char = self.text[stop]
        if char == "&":
            return self.redirected(None) if stop == self.pos and self.after(stop + 1) == ">" else None
        if char not in "<>" or self.after(stop + 1) == "(":
            return None
        run = self.text[self.pos : stop]
        fd: int | str | None = None
        if run:
            if run.isdecimal() and run.isascii():
                fd = int(run[-9:])
            elif run[0] == "{" and run[-1] == "}" and _is_name(run[1:-1].partition("[")[0]):
                fd = run[1:-1]
            else:
                return None
        self.pos = stop
        return self.redirected(fd)

    def redirected(self, fd: int | str | None) -> Redirect:
        """The redirection whose operator is at the position."""
        length = 1
        while self.after(self.pos + length) in "<>&|-" and self.text[self.pos : self.pos + length + 1] in _OPERATORS:
            length += 1
        operator = self.text[self.pos : self.pos + length]
        self.pos += length
        self.blanks()
        start = self.pos
        redirect = Redirect(operator, self.needed_word(), fd)
        if operator in _HERE:
            from orchestrator.gate.shell.heredoc import delimiter

            self.pending.append(Pending(redirect, *delimiter(redirect.target, self.text[start : self.pos])))
        return redirect

    def bodies(self) -> None:
        """Reads the here-documents that begin at the position."""
        from orchestrator.gate.shell.heredoc import read

        documents = self.pending
        self.pending = []
        for document in documents:
            read(self, document)


def _is_name(text: str) -> bool:
    return text.isidentifier() and text.isascii()
