"""Words: quotes, expansions and substitutions. Rare forms are in `braced` and `escapes`, which are loaded when met."""

from __future__ import annotations

from orchestrator.gate.shell.lexer import (
    END,
    NAME_START,
    NESTED,
    QUOTED,
    RETRY,
    UNQUOTED,
    WORD_ENDS,
    Lexer,
    TooDeep,
    merged,
)
from orchestrator.gate.shell.nodes import (
    Arithmetic,
    Item,
    Literal,
    Param,
    Pipeline,
    Process,
    Quoted,
    Script,
    Simple,
    Substitution,
    Unparsable,
    Word,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.lexer import Mode, Reader
    from orchestrator.gate.shell.nodes import Part


class Words(Lexer):
    __slots__ = ()

    def word(self) -> Word:
        """The word at the position. It has no parts if there is none."""
        start = self.pos
        end = self.layers[UNQUOTED].find(END, start)
        if end > start and self.text[end] in WORD_ENDS:
            self.pos = end
            return Word([Literal(self.text[start:end])])
        parts: list[Part] = []
        self.pieces(parts)
        return Word(merged(parts))

    def pieces(self, parts: list[Part]) -> None:
        """Reads on to the end of the word."""
        while True:
            start = self.pos
            end = self.layers[UNQUOTED].find(END, start)
            if end > start:
                parts.append(Literal(self.text[start:end]))
                self.pos = end
            reader = UNQUOTED_READERS.get(self.text[end])
            if reader is None or not reader(self, parts):
                return

    def document(self) -> Word:
        """All of the text as the inside of a here-document."""
        parts: list[Part] = []
        self.inner(parts, "", DOCUMENT)
        return Word(merged(parts))

    def nested(self, text: str) -> Words:
        """A reader of text that stood inside this one."""
        inside = type(self)(text, self.depth, self.budget)
        inside.enter()
        return inside

    def escape(self, parts: list[Part]) -> bool:
        char = self.text[self.pos + 1]
        if char == END:
            parts.append(Quoted("\\"))
            self.pos += 1
            return True
        if char != "\n":
            parts.append(Quoted(char))
        self.pos += 2
        return True

    def single(self, parts: list[Part]) -> bool:
        end = self.text.find("'", self.pos + 1)
        if end < 0:
            raise self.fail("a single quote is not closed")
        parts.append(Quoted(self.text[self.pos + 1 : end]))
        self.pos = end + 1
        return True

    def double(self, parts: list[Part]) -> bool:
        start = self.pos + 1
        end = self.text.find('"', start)
        if end < 0:
            raise self.fail("a double quote is not closed")
        plain = self.text[start:end]
        if "$" not in plain and "\\" not in plain and "`" not in plain:
            parts.append(Quoted(plain))
            self.pos = end + 1
            return True
        self.pos = start
        before = len(parts)
        self.inner(parts, '"', DOUBLE)
        if self.text[self.pos] == END:
            raise self.fail("a double quote is not closed")
        if len(parts) == before:
            parts.append(Quoted(""))
        self.pos += 1
        return True

    def kept_quotes(self, parts: list[Part]) -> bool:
        """'…' where bash looks for its end but then reads it as "…": "${x:-'$y'}", $(('$y'))."""
        end = self.text.find("'", self.pos + 1)
        if end < 0:
            return False
        inside = self.text[self.pos + 1 : end]
        parts.append(Quoted("'"))
        parts += self.read_later(inside).parts
        parts.append(Quoted("'"))
        self.pos = end + 1
        return True

    def read_later(self, text: str) -> Word:
        """Text that bash expands when the command runs: an error in it is no error of the command."""
        try:
            return self.nested(text).document()
        except TooDeep:
            raise
        except Unparsable:
            return Word([Param("<<", True)])

    def dollar_unquoted(self, parts: list[Part]) -> bool:
        char = self.after(self.pos + 1)
        if char == "'":
            return self.escapes(parts)
        if char == '"':
            self.pos += 1
            return self.double(parts)
        return self.dollar(parts, False)

    def dollar_quoted(self, parts: list[Part]) -> bool:
        return self.dollar(parts, True)

    def dollar_in_braces(self, parts: list[Part]) -> bool:
        """$ in "${x:-…}", where $'…' means what it means outside of quotes."""
        if self.after(self.pos + 1) == "'":
            return self.escapes(parts)
        return self.dollar(parts, True)

    def dollar_in_arithmetic(self, parts: list[Part]) -> bool:
        """$ where bash looks for the end of the expression first, past a ${ that is not closed."""
        if self.after(self.pos + 1) != "{":
            return self.dollar(parts, True)
        before = self.state()
        try:
            return self.dollar(parts, True)
        except TooDeep:
            raise
        except Unparsable:
            self.restore(before)
            return False

    def dollar(self, parts: list[Part], quoted: bool) -> bool:
        char = self.after(self.pos + 1)
        if char in NAME_START:
            self.pos += 1
            parts.append(Param(self.name(), quoted))
        elif char == "(":
            self.substitution(parts, quoted)
        elif char == "{":
            self.pos += 2
            parts.append(self.braced(quoted))
        elif char == "[":
            self.pos += 2
            parts.append(Arithmetic(self.expression("[", "]"), quoted))
        elif char in "@*#?$!-0123456789":
            self.pos += 2
            parts.append(Param(char, quoted))
        else:
            self.pos += 1
            parts.append(Quoted("$") if quoted else Literal("$"))
        return True

    def braced(self, quoted: bool) -> Part:
        from orchestrator.gate.shell.braced import braced

        self.enter(2)
        part = braced(self, quoted)
        self.depth -= 2
        return part

    def expression(self, opening: str, closing: str) -> Word:
        """The arithmetic up to the closing bracket, which is read as well."""
        parts: list[Part] = []
        self.enter()
        self.balanced(parts, opening, closing, ARITHMETIC)
        self.depth -= 1
        return Word(merged(parts))

    def substitution(self, parts: list[Part], quoted: bool) -> None:
        """$(…) or $((…)): the latter only if the brackets close together. Otherwise bash reads it when it runs it."""
        start = self.pos = self.pos + 2
        if self.after(start) != "(":
            parts.append(Substitution(self.enclosed(), quoted))
            return
        self.pos += 1
        inside = self.expression("(", ")")
        if self.after(self.pos) == ")":
            self.pos += 1
            parts.append(Arithmetic(inside, quoted))
            return
        self.spend(RETRY)
        self.expression("(", ")")
        parts.append(Substitution(self.command_text(self.text[start : self.pos - 1]), quoted))

    def enclosed(self) -> Script:
        """The commands up to the bracket that ends a substitution."""
        outer = self.pending
        self.pending = []
        self.enter(2)
        self.substitutions += 1
        script = self.script()
        if self.text[self.pos] != ")":
            raise self.unexpected()
        self.pos += 1
        self.substitutions -= 1
        self.depth -= 2
        # $(cat <<EOF) has its body after the line that it stands in.
        self.pending = outer + self.pending
        return script

    def process(self, parts: list[Part]) -> bool:
        if self.after(self.pos + 1) != "(":
            return False
        direction = self.text[self.pos]
        self.pos += 2
        parts.append(Process(direction, self.enclosed()))
        return True

    def glob(self, parts: list[Part]) -> bool:
        """?(…) and its like. `+() { …; }` is a function all the same."""
        if not parts or type(parts[-1]) is Quoted or self.text[self.pos + 1] == ")":
            return False
        if self.text[self.pos - 1] not in "?*+@!":
            return False
        return self.brackets(parts)

    def brackets(self, parts: list[Part]) -> bool:
        """(…) as a part of a pattern."""
        parts.append(Literal("("))
        self.pos += 1
        self.enter()
        self.balanced(parts, "(", ")", BRACES)
        self.depth -= 1
        parts.append(Literal(")"))
        return True

    def escapes(self, parts: list[Part]) -> bool:
        """$'…'"""
        from orchestrator.gate.shell.escapes import decoded

        end = self.quoted_end("'", self.pos + 2)
        parts.append(Quoted(decoded(self.text[self.pos + 2 : end])))
        self.pos = end + 1
        return True

    def backquote_unquoted(self, parts: list[Part]) -> bool:
        return self.backquote(parts, False)

    def backquote_quoted(self, parts: list[Part]) -> bool:
        return self.backquote(parts, True)

    def backquote(self, parts: list[Part], quoted: bool) -> bool:
        end = self.quoted_end("`", self.pos + 1)
        inside = self.text[self.pos + 1 : end]
        if "\\" in inside:
            from orchestrator.gate.shell.escapes import without_backslashes

            inside = without_backslashes(inside, '$`\\"' if quoted else "$`\\")
        parts.append(Substitution(self.command_text(inside), quoted))
        self.pos = end + 1
        return True

    def command_text(self, text: str) -> Script:
        """The commands of `…`, which bash reads only when it runs them."""
        try:
            return self.nested(text).whole()
        except TooDeep:
            raise
        except Unparsable:
            # An unknown program with unknown input, so that nobody takes it for nothing.
            unknown = Simple([], [Word([Param("`", True)])], [], text)
            return Script([Item(Pipeline([unknown], [False], False, False), [], False)])


def escaping(characters: str) -> Reader:
    """A reader of backslashes that only mean something before `characters`."""

    def read(words: Words, parts: list[Part]) -> bool:
        char = words.text[words.pos + 1]
        if char == "\n":
            words.pos += 2
            return True
        if char not in characters:
            return False
        parts.append(Quoted(char))
        words.pos += 2
        return True

    return read


UNQUOTED_READERS: dict[str, Reader] = {
    "'": Words.single,
    '"': Words.double,
    "\\": Words.escape,
    "$": Words.dollar_unquoted,
    "`": Words.backquote_unquoted,
    "<": Words.process,
    ">": Words.process,
    "(": Words.glob,
}
_QUOTED_READERS: dict[str, Reader] = {"$": Words.dollar_quoted, "`": Words.backquote_quoted}
DOUBLE: Mode = ({**_QUOTED_READERS, "\\": escaping('$`"\\')}, Quoted, QUOTED)
DOCUMENT: Mode = ({**_QUOTED_READERS, "\\": escaping("$`\\")}, Quoted, QUOTED)
# The word in ${x:-…}, a replacement, a pattern.
BRACES: Mode = ({key: value for key, value in UNQUOTED_READERS.items() if key != "("}, Literal, NESTED)
QUOTED_BRACES: Mode = (
    {
        "'": Words.kept_quotes,
        '"': Words.double,
        "\\": escaping('$`"\\}'),
        "$": Words.dollar_in_braces,
        "`": Words.backquote_quoted,
    },
    Quoted,
    NESTED,
)
SUBSCRIPT: Mode = (
    {**_QUOTED_READERS, "'": Words.single, '"': Words.double, "\\": Words.escape},
    Literal,
    NESTED,
)
ARITHMETIC: Mode = ({**SUBSCRIPT[0], "'": Words.kept_quotes, "$": Words.dollar_in_arithmetic}, Literal, NESTED)
