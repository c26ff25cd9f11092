"""Names and what follows them: members, calls with and without brackets, subscripts, blocks."""

from __future__ import annotations

from orchestrator.gate.code import fold
from orchestrator.gate.code.expressions import (
    ASSIGNMENTS,
    CONSTANTS,
    OPENERS,
    PASSING,
    Expressions,
    closer_of,
    element,
    item_of,
)
from orchestrator.gate.code.languages import PHP_COMMANDS
from orchestrator.gate.code.tokens import END, LINE, NAME, NUMBER, SHELL, SIGN, TEXT, Token
from orchestrator.gate.code.values import Chain, Choice, Link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.values import Value

# How much of a chain a variable hands on, and how long one may get.
LONGEST_CHAIN = 24
LONGEST_LINE = 80
NOTHING = frozenset(("None", "null", "nil", "undefined", "NULL"))
DEFINING = frozenset(("def", "function", "func", "fn", "sub", "lambda"))
OVER_ITEMS = frozenset(("each", "forEach", "map", "each_with_index", "flatMap", "each_entry"))


class Members(Expressions):
    def definition(self, keyword: str) -> None:
        raise NotImplementedError

    def named(self, token: Token) -> Value:
        name = token.value
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in NOTHING:
            return None
        if name in self.language.words and not self.is_call(name):
            return self.keyword(name)
        following = self.peek()
        if self.language.name == "javascript" and following.is_sign("=>"):
            self.arrow([name])
            return None
        if (following.kind == SIGN and following.value in ASSIGNMENTS) or self.is_loop_variable(following):
            return Chain([Link(name)])
        return self.members(self.known(name))

    def is_loop_variable(self, following: Token) -> bool:
        return self.looping and (following.is_name("in", "of") or following.is_sign(","))

    def is_call(self, name: str) -> bool:
        """import("m") and the method shorthand delete(…) of JavaScript."""
        return name in {"import", "delete"} and self.peek().is_sign("(")

    def known(self, name: str) -> Chain:
        """The chain that a name begins, with the value that the name is bound to."""
        value = self.variables.get(name)
        if value is None:
            return Chain([Link(name)])
        if isinstance(value, Chain):
            return Chain(value.links[:LONGEST_CHAIN], value.root, min(len(value.links), LONGEST_CHAIN))
        return Chain([], value)

    def keyword(self, name: str) -> Value:
        if name in {"for", "foreach"}:
            self.looping = True
        elif name in DEFINING:
            self.definition(name)
        elif (
            name in PASSING and self.peek().kind not in {LINE, END} and not self.peek().is_sign(")", "]", "}", ",", ";")
        ):
            return self.operand()
        return None

    def members(self, chain: Chain) -> Value:
        """What follows a value: members, calls, subscripts."""
        while self.member(chain):
            if len(chain.links) > LONGEST_LINE:
                self.calls.append(chain)
                chain = Chain([])
            if len(chain.links) > chain.start or chain.root is not None:
                chain = self.folded(chain)
        if not chain.links:
            return chain.root
        if self.language.name == "ruby" and len(chain.links) > max(chain.start, 1) and chain.links[-1].args is None:
            chain.links[-1] = Link(chain.name, [])
        if any(link.args is not None for link in chain.links[chain.start :]):
            self.calls.append(chain)
        return self.looked_up(chain)

    def looked_up(self, chain: Chain) -> Value:
        if chain.root is None and len(chain.links) == 2 and chain.links[1].args is None:
            value = self.variables.get(chain.dotted())
            if value is not None:
                return value
        found = self.outside.lookup(chain)
        return chain if found is None else found

    def folded(self, chain: Chain) -> Chain:
        if not chain.links or (chain.links[-1].args is None and self.peek().is_sign("(")):
            return chain
        value = fold.step(chain)
        value = self.outside.lookup(chain) if value is chain else value
        if value is None:
            return chain
        if any(link.args is not None for link in chain.links[chain.start :]):
            self.calls.append(Chain(list(chain.links), chain.root, chain.start))
        folded: Chain = value if isinstance(value, Chain) else Chain([], value)
        return folded

    def member(self, chain: Chain) -> bool:
        """Takes one more step of a chain. False if nothing more belongs to it."""
        token = self.peek()
        if token.kind == LINE:
            following = self.after_lines()
            if not (following.kind == SIGN and following.value in self.language.dots and following.value != ":"):
                return False
            self.skip_lines()
            token = following
        if token.kind == SIGN:
            return self.member_sign(chain, token)
        if token.kind in {TEXT, SHELL} and token.glued and token.value == "`" and self.language.name == "javascript":
            return self.tagged(chain)
        return self.command(chain, token)

    def member_sign(self, chain: Chain, token: Token) -> bool:
        if token.value in self.language.dots:
            return self.dotted(chain)
        if token.value == "(" and self.calls_here(chain, token):
            return self.call(chain)
        if token.value == "[" and (token.glued or self.language.name in {"python", "javascript"}):
            return self.subscript(chain, "]")
        if token.value == "{" and token.glued and self.language.name == "perl" and chain.links:
            return self.subscript(chain, "}")
        if token.value == "{" and self.language.name == "ruby" and chain.links and not self.looping:
            return self.block(chain)
        return token.value == "[" and self.command(chain, token)

    def calls_here(self, chain: Chain, token: Token) -> bool:
        if not chain.links and self.language.name == "php" and isinstance(chain.root, str):
            chain.links, chain.root = [Link(chain.root)], None
        if not chain.links:
            return token.glued and isinstance(chain.root, (Choice, type(None)))
        if chain.name.startswith(("$", "@")) and self.language.name == "perl" and not self.at_arrow():
            return False
        return token.glued or self.language.name in {"python", "javascript", "perl", "php", "awk"}

    def at_arrow(self) -> bool:
        return self.tokens[self.at - 1].is_sign("->")

    def dotted(self, chain: Chain) -> bool:
        following = self.peek(1)
        if following.kind == LINE:
            self.at += 1
            self.skip_lines()
            self.at -= 1
            self.tokens[self.at] = Token(SIGN, ".")
            following = self.peek(1)
        if following.kind == NAME:
            self.at += 2
            chain.links.append(Link(following.value))
            return True
        # a.(b), a?.[b], $a->[b], $a->{b}, $a->(b)
        if following.kind == SIGN and following.value in OPENERS and self.peek().value in {"?.", ".", "->"}:
            self.at += 1
            return self.call(chain) if following.value == "(" else self.subscript(chain, closer_of(following.value))
        return False

    def call(self, chain: Chain) -> bool:
        self.at += 1
        outer, self.over = self.over, handed(chain)
        begin = self.at
        args, named = self.items(")")
        self.over = outer
        if self.is_definition(chain):
            self.bind_parameters([token.value for token in self.tokens[begin : self.at] if token.kind == NAME])
            chain.links = [Link("")]
            return False
        self.take_arguments(chain, args, named)
        return True

    def is_definition(self, chain: Chain) -> bool:
        """A method of a class or record: name(parameters) { … }"""
        return self.language.name == "javascript" and self.peek().is_sign("{") and len(chain.links) == 1

    def take_arguments(self, chain: Chain, args: list[Value], named: dict[str, Value]) -> None:
        if chain.links and chain.links[-1].args is None and len(chain.links) >= chain.start:
            chain.links[-1] = Link(chain.name, args, named, chain.links[-1].module)
            chain.start = min(chain.start, len(chain.links) - 1)
        else:
            chain.links.append(Link("()", args, named))

    def tagged(self, chain: Chain) -> bool:
        if not chain.links:
            return False
        text = self.text(self.next())
        if chain.name == "$":
            self.shells.append(text)
        if chain.links[-1].args is None:
            self.take_arguments(chain, [text], {})
        else:
            # sql`…` where sql is what postgres() returned.
            chain.links.append(Link("`", [text]))
        return True

    def subscript(self, chain: Chain, closer: str) -> bool:
        self.at += 1
        if closer == "]" and self.peek().is_sign("::") and self.peek(1).is_sign("-"):
            chain.links.append(Link("reverse", []))
            while not self.next().is_sign("]") and self.peek().kind != END:
                pass
            return True
        args, _ = self.items(closer)
        if len(args) == 1 and isinstance(chain.root, (list, dict)) and not chain.links:
            chain.root = item_of(chain.root, args[0])
            if chain.root is None:
                chain.links.append(Link("[]"))
        elif len(args) == 1 and isinstance(args[0], str) and closer != "}":
            chain.links.append(Link(args[0]))
        else:
            if len(args) == 1 and isinstance(args[0], Chain) and args[0].bare:
                args = [args[0].bare]
            chain.links.append(Link("[]", args))
        return True

    def block(self, chain: Chain) -> bool:
        """{ |x| … } after a call of Ruby."""
        self.at += 1
        self.block_parameters(chain)
        self.statements("}")
        if chain.links[-1].args is None:
            self.take_arguments(chain, [], {})
        return True

    def block_parameters(self, chain: Chain) -> None:
        if not self.peek().is_sign("|"):
            return
        name = self.peek(1)
        if name.kind == NAME:
            self.bind_parameters([name.value])
            if chain.name in OVER_ITEMS and isinstance(chain.root, (list, dict)):
                self.variables[name.value] = element(chain.root)

    def command(self, chain: Chain, token: Token) -> bool:
        """A call without brackets: puts "x", system "x", "y"."""
        if self.language.name == "ruby" and token.is_name("do"):
            self.at += 1
            self.block_parameters(chain)
            return False
        if not self.language.commands or token.glued or not chain.links or chain.links[-1].args is not None:
            return False
        if len(chain.links) <= chain.start or chain.name.startswith(("$", "@")):
            return False
        if not self.is_argument(token, chain.name):
            return False
        args, named = self.items("")
        self.take_arguments(chain, args, named)
        return True

    def is_argument(self, token: Token, name: str) -> bool:
        if self.language.name == "php" and name not in PHP_COMMANDS:
            return False
        if token.kind in {TEXT, SHELL, NUMBER} or (token.is_sign("[") and self.language.name == "ruby"):
            return True
        if token.kind != NAME or self.language.name == "lua":
            return False
        return token.value not in self.language.words or token.value in PASSING


def handed(chain: Chain) -> Value:
    """What the function among the arguments of this call gets: an element of a list, the result of a promise."""
    if chain.name == "then":
        return Chain(chain.links[:-1], chain.root)
    return chain.root if not chain.links[1:] else None
