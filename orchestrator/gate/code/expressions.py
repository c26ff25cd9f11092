"""Expressions of program text: chains of names, members and calls, constants, lists, records."""

from __future__ import annotations

from orchestrator.gate.code import fold
from orchestrator.gate.code.tokens import END, LINE, NAME, NUMBER, SHELL, SIGN, TEXT, Token
from orchestrator.gate.code.values import LONGEST, Chain, Choice, Link, as_text, join
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.languages import Language
    from orchestrator.gate.code.outside import Outside
    from orchestrator.gate.code.values import Value

DEEPEST = 40
LONGEST_COMPREHENSION = 400
LONGEST_CHAIN = 24
OPENERS = frozenset(("(", "[", "{"))
CLOSERS = frozenset((")", "]", "}"))
COMPARISONS = frozenset(("==", "!=", "===", "!==", "<", ">", "<=", ">=", "=~", "!~", "<=>"))
ASSIGNMENTS = frozenset(("=", ":=", "<-", "+=", ".=", "||=", "&&=", "??=", "<<"))
PREFIXES = frozenset(("*", "**", "...", "&", "\\", "!", "-", "+", "~", "@", "^"))
CONSTANTS = {"True": True, "true": True, "TRUE": True, "False": False, "false": False, "FALSE": False}
NOTHING = frozenset(("None", "null", "nil", "undefined", "NULL"))
# Words after which a command without brackets has no further arguments.
STOP_WORDS = frozenset(("do", "if", "unless", "while", "until", "and", "or", "then", "end", "rescue", "for", "foreach"))
PASSING = frozenset(
    ("new", "await", "async", "not", "my", "our", "local", "const", "let", "var", "typeof", "void", "yield")
)
DEFINING = frozenset(("def", "function", "func", "fn", "sub", "lambda"))
OVER_ITEMS = frozenset(("each", "forEach", "map", "each_with_index", "flatMap", "each_entry"))


class Expressions:
    """Reads tokens from `self.at` on. `calls` collects every chain with a call, `shells` the text of backticks, `loose`
    the texts that functions of the program return.

    `variables` holds what names are bound to, `parameters` the names that stand for arguments of a function here.
    """

    def __init__(
        self, language: Language, tokens: list[Token], outside: Outside, variables: dict[str, Value], depth: int = 0
    ) -> None:
        self.language = language
        self.tokens = tokens
        self.outside = outside
        self.variables = variables
        self.at = 0
        self.depth = depth
        self.calls: list[Chain] = []
        self.shells: list[str] = []
        self.loose: list[str] = []
        self.parameters: set[str] = set()
        self.functions: set[str] = set()
        self.looping = False
        self.over: Value = None
        self.end = Token(END, "")

    # The tokens.

    def peek(self, ahead: int = 0) -> Token:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else self.end

    def peek_at(self, at: int) -> Token:
        return self.tokens[at] if at < len(self.tokens) else self.end

    def next(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def skip_lines(self) -> None:
        while self.peek().kind == LINE:
            self.at += 1

    def after_lines(self) -> Token:
        ahead = 0
        while self.peek(ahead).kind == LINE:
            ahead += 1
        return self.peek(ahead)

    # What the statements of the language add.

    def statements(self, closer: str) -> None:
        raise NotImplementedError

    def named(self, token: Token) -> Value:
        raise NotImplementedError

    def members(self, chain: Chain) -> Value:
        raise NotImplementedError

    # Expressions.

    def expression(self) -> Value:
        value = self.operand()
        while self.depth <= DEEPEST:
            token = self.peek()
            if token.kind == LINE and self.joins_after_line():
                self.skip_lines()
            elif token.kind == SIGN and token.value in self.language.joins:
                self.at += 1
                self.skip_lines()
                value = join(value, self.operand())
            elif token.kind == SIGN and isinstance(value, str) and token.value in {"%", "/", "*"}:
                value = self.text_operation(value)
            elif token.kind == TEXT and self.language.adjacent and isinstance(value, str):
                value = join(value, self.operand())
            else:
                break
        return value

    def joins_after_line(self) -> bool:
        token = self.after_lines()
        return (
            self.language.name in {"javascript", "php", "perl"}
            and token.kind == SIGN
            and (token.value in self.language.joins)
        )

    def text_operation(self, value: str) -> Value:
        sign = self.next().value
        right = self.operand()
        if sign == "%":
            return fold.percent(value, right)
        if sign == "*":
            return value * right if isinstance(right, int) and 0 <= right * len(value) < 4096 else UNKNOWN
        return fold.path_join([value, right])

    def operand(self) -> Value:
        token = self.next()
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                return None
            if token.kind == TEXT:
                return self.members(Chain([], self.text(token)))
            if token.kind == SHELL:
                self.shells.append(self.text(token))
                return self.members(Chain([Link("`")]))
            if token.kind == NUMBER:
                return self.members(Chain([], number(token.value)))
            if token.kind == NAME:
                return self.named(token)
            return self.signed(token)
        finally:
            self.depth -= 1

    def signed(self, token: Token) -> Value:
        if token.value == "(":
            return self.bracketed()
        if token.value == "[":
            values, _ = self.items("]")
            return self.members(Chain([], values))
        if token.value == "{":
            return self.braces()
        if token.value in PREFIXES and self.peek().kind not in {LINE, END}:
            value = self.operand()
            return -value if token.value == "-" and isinstance(value, int) else value
        return None

    def bracketed(self) -> Value:
        begin = self.at
        values, _ = self.items(")")
        if self.language.name == "javascript" and self.peek().is_sign("=>"):
            names = [token.value for token in self.tokens[begin : self.at] if token.kind == NAME]
            self.arrow(names, self.peek_at(begin).is_sign("{"))
            return None
        comma = self.at >= 2 and self.tokens[min(self.at, len(self.tokens)) - 2].is_sign(",")
        return self.members(Chain([], values[0] if len(values) == 1 and not comma else values))

    def arrow(self, names: list[str], members: bool = False) -> None:
        """The body of (names) => …; of ({ names }) => … with `members`."""
        self.at += 1
        self.bind_parameters(names)
        given = element(self.over)
        if given is not None and not members and names:
            self.variables[names[0]] = given
        elif isinstance(given, Chain) and members:
            for name in names:
                self.variables[name] = Chain([*given.links, Link(name)], given.root)
        self.skip_lines()
        if self.peek().is_sign("{"):
            self.at += 1
            self.statements("}")
        else:
            self.expression()

    def bind_parameters(self, names: list[str]) -> None:
        for name in names:
            self.parameters.add(name)
            self.variables.pop(name, None)

    def braces(self) -> Value:
        """A record, or a block of code."""
        self.skip_lines()
        first = self.peek()
        ahead = 1
        while self.peek(ahead).kind == LINE:
            ahead += 1
        second = self.peek(ahead)
        if first.is_sign("}", "...", "**", "[") or second.is_sign(":", "=>", ",", "}"):
            values, named = self.items("}")
            return self.members(Chain([], named if named or not values else values))
        self.statements("}")
        return None

    def text(self, token: Token) -> str:
        """The text of a string, with the code in it read."""
        parts = (piece if isinstance(piece, str) else as_text(self.embedded(piece.source)) for piece in token.pieces)
        return "".join(parts)[:LONGEST]

    def embedded(self, source: str) -> Value:
        if self.depth > 12:
            return None
        inner = type(self)(
            self.language, self.language.scan(source).scan(), self.outside, self.variables, self.depth + 4
        )
        inner.calls, inner.shells, inner.loose = self.calls, self.shells, self.loose
        inner.parameters, inner.functions = self.parameters, self.functions
        value = inner.expression() if inner.tokens else None
        inner.statements("")
        return value

    # Lists of arguments.

    def items(self, closer: str) -> tuple[list[Value], dict[str, Value]]:
        """Arguments up to `closer`; up to the end of the command if that is empty."""
        values: list[Value] = []
        named: dict[str, Value] = {}
        while True:
            if closer:
                self.skip_lines()
            token = self.peek()
            if token.kind == END or (not closer and self.ends_command(token)):
                return values, named
            if token.kind == SIGN and token.value in CLOSERS:
                # A wrong bracket closes as well: text that is not what it seems to be must not swallow the rest.
                self.at += 1
                return values, named
            if token.is_sign(",", ";"):
                self.at += 1
                if not closer:
                    self.skip_lines()
                continue
            before = self.at
            key, value = self.item(closer)
            if key is None:
                values += value if isinstance(value, Spread) else [value]
            else:
                named[key] = value
            self.at = max(self.at, before + 1)

    def ends_command(self, token: Token) -> bool:
        if token.kind == LINE or token.is_sign(";", "}", ")", "]"):
            return True
        return token.kind == NAME and token.value in STOP_WORDS

    def item(self, closer: str, again: bool = True) -> tuple[str | None, Value]:
        """One argument, and its name if it has one."""
        begin, known = self.at, len(self.calls)
        values: list[Value] = []
        key: str | None = None
        mixed = False
        while not self.ends_item(closer):
            token = self.peek()
            if token.kind == LINE or token.is_name("for"):
                self.looping = self.looping or token.kind == NAME
                self.at += 1
            elif self.binds(token, values):
                pass
            elif token.kind != SIGN or token.value in OPENERS or (token.value in PREFIXES and not values):
                values.append(self.spread(token))
            elif token.value in {"=", ":", "=>"} and key is None and len(values) == 1 and not mixed:
                self.at += 1
                key = key_of(values.pop())
            else:
                mixed = mixed or token.value == "?" or token.value in COMPARISONS
                self.at += 1
        if again and self.comprehends(begin, values):
            # Read once more, now that the loop's variable behind the expression is known.
            self.at = begin
            del self.calls[known:]
            return self.item(closer, again=False)
        return key, whole_item(key, values, mixed)

    def ends_item(self, closer: str) -> bool:
        token = self.peek()
        if token.kind == END or token.is_sign(",", ")", "]", "}", ";"):
            return True
        return not closer and self.ends_command(token)

    def comprehends(self, begin: int, values: list[Value]) -> bool:
        """True for `expression for name in list` of Python."""
        if self.language.name != "python" or len(values) < 3 or self.at - begin > LONGEST_COMPREHENSION:
            return False
        return any(token.is_name("for") for token in self.tokens[begin : self.at])

    def spread(self, token: Token) -> Value:
        value = self.expression()
        if token.is_sign("*", "...") and isinstance(value, list):
            return Spread(value)
        return value

    def binds(self, token: Token, values: list[Value]) -> bool:
        """x in list, x of list, list as x: a loop binds x, `with` and `import` likewise."""
        if not token.is_name("in", "of", "as") or not values:
            return False
        self.at += 1
        left = values[-1]
        if token.value == "as":
            target = self.peek(2) if self.peek(1).is_sign("=>") else self.peek()
            if target.kind == NAME:
                self.variables[target.value] = element(left) if self.looping else left
                self.looping = False
        elif self.looping:
            self.looping = False
            value = self.expression()
            values.append(value)
            if isinstance(left, Chain) and left.bare:
                self.variables[left.bare] = element(value)
        return True


def whole_item(key: str | None, values: list[Value], mixed: bool) -> Value:
    """The value of an argument of which these are the operands."""
    if key is None and mixed and not any(isinstance(value, (str, Chain)) for value in values[1:]):
        return None
    if len(values) == 1:
        return values[0]
    if len(values) == 3 and isinstance(values[0], Choice) and isinstance(values[2], list):
        # chr(n) for n in [68, 82]: all of it, one after the other.
        return Spread(values[0].options)
    return Choice(values) if values else None


class Spread(list):  # type: ignore[type-arg]
    """*list among arguments."""


def element(value: Value) -> Value:
    """What a loop's variable is over `value`."""
    if isinstance(value, dict):
        return Choice([*value.values()])
    if isinstance(value, list):
        return Choice([*value])
    if isinstance(value, Chain) and isinstance(value.root, dict):
        return Choice([*value.root.values()])
    return value if isinstance(value, (Choice, Chain)) else None


def item_of(root: Value, key: Value) -> Value:
    if isinstance(root, dict):
        return root.get(key) if isinstance(key, str) else None
    return root[key] if isinstance(key, int) and -len(root) <= key < len(root) else None


def key_of(value: Value) -> str:
    if isinstance(value, Chain):
        return value.dotted()
    return as_text(value)


def closer_of(opener: str) -> str:
    return {"(": ")", "[": "]", "{": "}"}[opener]


def number(text: str) -> int | None:
    try:
        return int(text.replace("_", ""), 0)
    except ValueError:
        return int(text) if text.isdecimal() and len(text) < 20 else None
