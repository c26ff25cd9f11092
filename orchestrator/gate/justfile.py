"""Justfiles: recipes with parameters, and variables. As much of just as tells which commands a recipe runs."""

from __future__ import annotations

from orchestrator.gate.text import UNKNOWN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEPTH = 12
LONGEST = 65536


class Recipe:
    """`parameters` are (name, default or None, may be repeated); `first` and `then` are calls of other recipes."""

    __slots__ = ("body", "first", "parameters", "then")

    def __init__(self, parameters: list[tuple[str, str | None, bool]], first: list[str], then: list[str]) -> None:
        self.parameters = parameters
        self.first = first
        self.then = then
        self.body: list[str] = []

    def bound(self, arguments: list[str]) -> tuple[dict[str, str], int]:
        """The values of the parameters, and how many arguments they take."""
        values: dict[str, str] = {}
        position = 0
        for name, default, repeated in self.parameters:
            if repeated:
                values[name] = " ".join(arguments[position:]) or default or ""
                position = len(arguments)
            elif position < len(arguments):
                values[name] = arguments[position]
                position += 1
            else:
                values[name] = default or ""
        return values, position


class Justfile:
    def __init__(self, given: Mapping[str, str], include: Callable[[str], str | None]) -> None:
        self.variables: dict[str, str] = {}
        self.recipes: dict[str, Recipe] = {}
        self.aliases: dict[str, str] = {}
        self.shell: list[str] = []
        # A module, or a file that cannot be read, may define any recipe.
        self.is_whole = True
        self._given = given
        self._include = include
        self._included = 0
        self._done: set[tuple[str, ...]] = set()

    def parse(self, text: str) -> None:
        recipe: Recipe | None = None
        for line in text.replace("\r\n", "\n").split("\n"):
            if recipe is not None and (not line.strip() or line[0] in " \t"):
                recipe.body.append(line)
            elif line.strip() and line[0] not in "#[ \t":
                recipe = self._line(line.strip())

    def _line(self, line: str) -> Recipe | None:
        word, _, rest = line.partition(" ")
        if word in ("import", "import?", "mod", "mod?"):
            self._import(word, rest)
            return None
        if word == "alias":
            name, _, target = rest.partition(":=")
            self.aliases[name.strip()] = target.strip()
            return None
        if word in ("export", "set"):
            line = rest.strip()
        colon = _colon(line)
        if colon >= 0 and line.startswith(":=", colon):
            self._assign(word, line[:colon].strip(), line[colon + 2 :].strip())
            return None
        return self._recipe(line.lstrip("@"), line.lstrip("@").find(":") if colon < 0 else colon)

    def _import(self, word: str, rest: str) -> None:
        self._included += 1
        text = self._include(rest.strip().strip("'\"")) if word.startswith("import") else None
        if text is None or self._included > DEPTH:
            self.is_whole = False
        else:
            self.parse(text)

    def _assign(self, word: str, name: str, value: str) -> None:
        if word == "set":
            if name == "shell":
                self.shell = [each.strip(" '\"") for each in value.strip("[]").split(",")]
            return
        self.variables[name] = self._given.get(name) or self.value(value, {})

    def _recipe(self, line: str, colon: int) -> Recipe | None:
        if colon < 0:
            return None
        colon = _colon(line)
        name, _, parameters = line[:colon].strip().partition(" ")
        first, _, then = line[colon + 1 :].partition("&&")
        recipe = Recipe(self._parameters(parameters), _calls(first), _calls(then))
        self.recipes[name] = recipe
        return recipe

    def _parameters(self, text: str) -> list[tuple[str, str | None, bool]]:
        found: list[tuple[str, str | None, bool]] = []
        for word in _words(text):
            name, equals, default = word.partition("=")
            value = self.value(default, {}) if equals else None
            found.append((name.lstrip("$+*"), value, name[:1] in "+*"))
        return found

    def commands(self, name: str, arguments: list[str], depth: int = DEPTH) -> list[str]:
        """Command lines of a recipe, and scripts that begin with #!, those of other recipes in their places."""
        recipe = self.recipes.get(self.aliases.get(name, name))
        start = (name, *arguments)
        if recipe is None or not depth or start in self._done:
            return []
        self._done.add(start)
        values, _ = recipe.bound(arguments)
        found: list[str] = []
        for call in recipe.first:
            found += self._called(call, values, depth)
        found += self._own(recipe, values)
        for call in recipe.then:
            found += self._called(call, values, depth)
        return found

    def _called(self, call: str, values: Mapping[str, str], depth: int) -> list[str]:
        words = _words(call)
        return self.commands(words[0], [self.value(word, values) for word in words[1:]], depth - 1) if words else []

    def _own(self, recipe: Recipe, values: Mapping[str, str]) -> list[str]:
        body = [self.filled(line, values) for line in recipe.body]
        while body and not body[0].strip():
            body.pop(0)
        if body and body[0].strip().startswith("#!"):
            indent = len(body[0]) - len(body[0].lstrip())
            return ["\n".join([line[indent:] for line in body])]
        found: list[str] = []
        goes_on = False
        for line in body:
            if goes_on:
                found[-1] += "\n" + line.strip()
            elif line.strip():
                found.append(line.strip().lstrip("@-"))
            goes_on = line.endswith("\\") and bool(found)
        return found

    def filled(self, line: str, values: Mapping[str, str]) -> str:
        """The line with every {{…}} replaced."""
        pieces = line.split("{{")
        found = [pieces[0]]
        for piece in pieces[1:]:
            expression, closed, rest = piece.partition("}}")
            found.append(self.value(expression, values) + rest if closed else "{{" + piece)
        return "".join(found)[:LONGEST]

    def value(self, expression: str, values: Mapping[str, str]) -> str:
        """The value of an expression: text, a name, a command in backticks, or several joined by +."""
        expression = expression.strip()
        parts = _split(expression, "+")
        if len(parts) > 1:
            return "".join([self.value(part, values) for part in parts])
        if expression[:1] in ("'", '"', "`") and expression[-1:] == expression[:1] and len(expression) > 1:
            text = expression[1:-1]
            return "$(" + text + ")" if expression[0] == "`" else text
        for known in (values, self._given, self.variables):
            if expression in known:
                return known[expression]
        return unknown("".join([letter for letter in expression if letter.isalnum() or letter == "_"])) or UNKNOWN


def _split(text: str, sign: str) -> list[str]:
    """Pieces between signs that stand outside of quotes and brackets."""
    found = []
    quote = ""
    depth = start = 0
    for position, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"`":
            quote = letter
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == sign and not depth:
            found.append(text[start:position])
            start = position + 1
    found.append(text[start:])
    return found


def _words(text: str) -> list[str]:
    return [word for word in _split(text.strip(), " ") if word]


def _calls(text: str) -> list[str]:
    """The recipes that a recipe needs: build (test "all") for example."""
    found = []
    for word in _words(text.partition(" #")[0]):
        found.append(word[1:-1] if word[:1] == "(" and word[-1:] == ")" else word)
    return found


def _colon(line: str) -> int:
    """Where the name of a variable or the head of a recipe ends."""
    return len(_split(line, ":")[0]) if ":" in line else -1
