"""Statements of program text: imports, definitions, assignments. The whole text is read once, in order."""

from __future__ import annotations

from orchestrator.gate.code.expressions import CLOSERS, DEEPEST, OPENERS, element
from orchestrator.gate.code.members import Members
from orchestrator.gate.code.tokens import END, LINE, NAME, SIGN, TEXT
from orchestrator.gate.code.values import Chain, Link, join, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.code.tokens import Token
    from orchestrator.gate.code.values import Value

APPENDING = frozenset(("+=", ".=", "<<"))
# What `from module import *` brings, of the modules that matter.
STARS = {
    "subprocess": "run call check_call check_output Popen getoutput getstatusoutput PIPE",
    "os": "system popen remove unlink removedirs rename environ getenv execvp execlp execv spawnlp spawnvp",
    "shutil": "rmtree move copy copyfile",
    "alembic": "command",
}
ADDING = frozenset(("append", "push", "extend", "concat", "add", "insert", "unshift"))


class Reader(Members):
    def read(self) -> None:
        while self.at < len(self.tokens):
            self.statements("")

    def statements(self, closer: str) -> None:
        """Statements up to `closer`, to the end of the text if that is empty."""
        self.depth += 1
        while self.at < len(self.tokens):
            token = self.peek()
            before = self.at
            if token.kind == SIGN and token.value not in OPENERS:
                self.at += 1
                self.looping = self.looping and token.value != "{"
                if token.value == closer:
                    break
            elif token.kind == LINE:
                self.at += 1
            elif token.is_sign("{") and self.depth <= DEEPEST and not self.is_record():
                self.at += 1
                self.looping = False
                self.statements("}")
            else:
                self.statement()
            self.at = max(self.at, before + 1)
        self.depth -= 1

    def is_record(self) -> bool:
        """{ a, b } = …, of JavaScript."""
        previous = self.tokens[self.at - 1] if self.at else self.end
        return previous.is_name("const", "let", "var", "import", "return")

    def statement(self) -> None:
        token = self.peek()
        if token.kind == NAME:
            if self.imports(token.value):
                return
            if token.is_name("in", "of", "as"):
                self.at += 1
                return
            if token.is_name("return"):
                self.at += 1
                self.loose += texts(self.item("")[1])
                return
        value = self.expression()
        if isinstance(value, str) and self.language.name in {"ruby", "perl", "elixir"}:
            # The last value of a method is what it returns.
            self.loose.append(value)
        if value is None and token.kind == NAME and not self.peek().is_sign("=", ","):
            return
        self.assignment(value)

    def assignment(self, value: Value) -> None:
        targets = [value]
        while self.peek().is_sign(",") and isinstance(targets[-1], Chain):
            self.at += 1
            targets.append(self.expression())
        token = self.peek()
        if token.is_sign(":") and isinstance(value, Chain) and value.bare and len(targets) == 1:
            self.annotated(value.bare)
        elif token.is_sign("=", ":=", "<-", "||=", "??=", "&&="):
            self.at += 1
            self.assign(targets)
        elif token.kind == SIGN and token.value in APPENDING:
            self.at += 1
            self.append(value, self.item("")[1], token.value)
        elif token.is_name("in", "of", "as"):
            self.binds(token, targets)
        elif self.looping and token.is_sign("(") and isinstance(value, Chain):
            self.looping = False
            self.bind(value, element(self.expression()))
        else:
            self.added(value)

    def annotated(self, name: str) -> None:
        """name: type = value"""
        self.at += 1
        if self.language.name not in {"python", "javascript"} or self.peek().kind not in {NAME, TEXT}:
            return
        begin = self.at
        while self.peek().kind in {NAME, TEXT} or self.peek().is_sign("[", "]", ".", "|", ",", "<", ">"):
            self.at += 1
        if self.peek().is_sign("="):
            self.at += 1
            self.assign([Chain([Link(name)])])
        else:
            self.at = begin

    def assign(self, targets: list[Value]) -> None:
        self.skip_lines_after_sign()
        _, value = self.item("")
        values: Value = value
        if self.peek().is_sign(",") and (len(targets) > 1 or self.language.name == "python"):
            values = [value]
            while self.peek().is_sign(","):
                self.at += 1
                values.append(self.item("")[1])
        if self.peek().is_sign("=") and isinstance(values, Chain):
            self.at += 1
            targets = [*targets, values]
            _, values = self.item("")
        if len(targets) > 1 and isinstance(values, list) and len(values) == len(targets):
            for target, each in zip(targets, values):
                self.bind(target, each)
            return
        for target in targets:
            self.bind(target, values)

    def skip_lines_after_sign(self) -> None:
        if self.language.name != "python":
            self.skip_lines()

    def bind(self, target: Value, value: Value) -> None:
        if isinstance(target, list):
            self.unpack(target, value)
        elif isinstance(target, dict):
            for member, name in target.items():
                self.bind_member(name, member, value)
        elif isinstance(target, Chain) and target.root is None and all(link.args is None for link in target.links):
            name = target.dotted() if len(target.links) <= 2 else ""
            if name and not (isinstance(value, Chain) and value.has(name)):
                self.parameters.discard(name)
                self.variables[name] = value

    def unpack(self, targets: list[Value], value: Value) -> None:
        values = value if isinstance(value, list) and len(value) == len(targets) else None
        for index, target in enumerate(targets):
            if values is not None:
                self.bind(target, values[index])
            elif isinstance(target, Chain) and target.bare:
                self.bind_member(target, target.bare, value)

    def bind_member(self, target: Value, member: str, value: Value) -> None:
        """const { member: target } = value"""
        if not isinstance(target, Chain):
            return
        if isinstance(value, dict):
            self.bind(target, value.get(member))
        elif isinstance(value, Chain):
            name = target.dotted()
            self.variables[name] = Chain([*value.links, Link(member)], value.root)

    def append(self, target: Value, value: Value, sign: str) -> None:
        if not isinstance(target, Chain) or target.root is not None:
            return
        if target.bare and (sign != "<<" or isinstance(self.variables.get(target.bare), (str, list))):
            old = self.variables.get(target.bare)
            if sign == "<<" and isinstance(old, list):
                value = [value]
            self.variables[target.bare] = join(old if old is not None else "", value)
        elif sign == "<<":
            # DB << "SQL" of Sequel and of PostgreSQL's own Ruby client.
            self.calls.append(Chain([*target.links, Link("<<", [value])]))

    def added(self, value: Value) -> None:
        """list.append(x)"""
        if not isinstance(value, Chain) or value.name not in ADDING or not isinstance(value.root, list):
            return
        if len(value.links) == 1 and value.links[0].args:
            for each in value.links[0].args:
                value.root.extend(each if isinstance(each, list) and value.name in {"extend", "concat"} else [each])

    # Imports.

    def imports(self, word: str) -> bool:
        following = self.peek(1)
        language = self.language.name
        if word == "import" and not following.is_sign("("):
            self.at += 1
            if language == "python":
                self.import_modules()
            elif language == "go":
                self.import_packages()
            else:
                self.import_names()
            return True
        if word == "from" and language == "python" and following.kind in {NAME, SIGN}:
            self.at += 1
            self.import_from()
            return True
        if word == "use" and language in {"php", "perl"} and following.kind == NAME:
            self.at += 1
            self.use()
            return True
        return False

    def module_name(self) -> str:
        parts = []
        while self.peek().kind == NAME or self.peek().is_sign(".", "...", ".."):
            if self.peek().is_name("import", "as"):
                break
            parts.append(self.next().value)
        return "".join(parts)

    def alias(self, name: str) -> str:
        if self.peek().is_name("as"):
            self.at += 1
            return self.next().value
        return name

    def import_modules(self) -> None:
        """import a.b as c, d"""
        while self.peek().kind == NAME:
            module = self.module_name()
            first = module.partition(".")[0]
            name = self.alias("")
            self.loads(module)
            self.variables[name or first] = Chain([Link(module if name else first, module=True)])
            if not self.peek().is_sign(","):
                break
            self.at += 1
            self.skip_lines()

    def import_from(self) -> None:
        """from a.b import (c as d, e)"""
        module = self.module_name()
        if not self.peek().is_name("import"):
            return
        self.at += 1
        self.loads(module)
        for member in STARS.get(module, "").split() if self.peek().is_sign("*") else []:
            self.variables[member] = Chain([Link(module, module=True), Link(member)])
        bracket = self.peek().is_sign("(")
        self.at += bracket
        while True:
            if bracket:
                self.skip_lines()
            if self.peek().kind != NAME:
                break
            member = self.next().value
            self.variables[self.alias(member)] = Chain([Link(module, module=True), Link(member)])
            if bracket:
                self.skip_lines()
            if not self.peek().is_sign(","):
                break
            self.at += 1

    def import_names(self) -> None:
        """import a, { b as c } from "m"; import * as a from "m"; import "m"."""
        names: list[tuple[str, str]] = []
        while self.peek().kind not in {END, TEXT} and not self.peek().is_sign(";"):
            token = self.next()
            if token.is_sign("*"):
                names.append(("", self.alias("")))
            elif token.kind == NAME and token.value not in {"type", "from"}:
                names.append((token.value, self.alias(token.value)))
        token = self.peek()
        if token.kind != TEXT:
            return
        self.at += 1
        module = self.text(token)
        self.loads(module)
        for member, name in names:
            links = [Link(module, module=True)]
            # A default import is the module, near enough.
            if member and member != "default":
                links.append(Link(member))
            self.variables[name] = Chain(links)

    def import_packages(self) -> None:
        """import "a/b" and import ( … ) of Go."""
        bracket = self.peek().is_sign("(")
        while self.peek().kind != END:
            token = self.next()
            if token.kind == TEXT:
                module = self.text(token)
                self.loads(module)
                self.variables.setdefault(package_name(module), Chain([Link(module, module=True)]))
            if token.is_sign(")") or (token.kind == LINE and not bracket):
                break

    def use(self) -> None:
        """use DBI; of Perl, use A\\B as C; of PHP."""
        name = self.next().value
        while self.peek().is_sign("::") and self.peek(1).kind == NAME:
            self.at += 1
            name += "::" + self.next().value
        self.loads(name)
        target = self.alias(name.rpartition("\\")[2])
        if self.language.name == "php":
            self.variables[target] = Chain([Link(target)])

    def loads(self, module: str) -> None:
        self.outside.loads(module)

    # Definitions.

    def definition(self, keyword: str) -> None:
        """def name(a, b): the parameters stand for anything from here on."""
        if keyword == "lambda":
            begin = self.at
            while not self.peek().is_sign(":", ")", "{") and self.peek().kind not in {LINE, END}:
                self.at += 1
            self.bind_parameters([token.value for token in self.tokens[begin : self.at] if token.kind == NAME])
            self.at += self.peek().is_sign(":")
            return
        while self.peek().kind == NAME or self.peek().is_sign(".", "*"):
            token = self.next()
            if token.kind == NAME:
                self.functions.add(token.value)
        if self.peek().is_sign("("):
            self.at += 1
            begin = self.at
            depth = 1
            while depth and self.peek().kind != END:
                token = self.next()
                depth += (token.kind == SIGN and token.value in OPENERS) - (
                    token.kind == SIGN and token.value in CLOSERS
                )
            self.bind_parameters(parameter_names(self.tokens[begin : self.at]))


def package_name(path: str) -> str:
    """The last part of a Go import path, its version left out."""
    parts = path.split("/")
    if len(parts) > 1 and parts[-1][:1] == "v" and parts[-1][1:].isdecimal():
        parts.pop()
    return parts[-1]


def parameter_names(tokens: list[Token]) -> list[str]:
    """The names among the tokens of a list of parameters, without types and defaults."""
    found = []
    for index, token in enumerate(tokens):
        previous = tokens[index - 1] if index else None
        first = previous is None or previous.kind == LINE or previous.is_sign(",", "*", "**", "...", "&", "{")
        if token.kind == NAME and (first or token.value.startswith("$")):
            found.append(token.value)
    return found
