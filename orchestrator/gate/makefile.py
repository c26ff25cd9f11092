"""Makefiles: rules with their recipes, and variables. As much of make as tells which commands a target runs."""

from __future__ import annotations

from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEPTH = 12
LONGEST = 65536
EXPANSIONS = 20000
CONDITIONS = ("ifeq", "ifneq", "ifdef", "ifndef", "else", "endif")
ASSIGNMENTS = (":::=", "::=", ":=", "?=", "+=", "!=", "=")


class Rule:
    """`needs` are the prerequisites, `recipe` the lines as written, continued lines in one piece."""

    __slots__ = ("needs", "recipe", "targets")

    def __init__(self, targets: list[str], needs: list[str]) -> None:
        self.targets = targets
        self.needs = needs
        self.recipe: list[str] = []


class Makefile:
    """`given` are variables of the command line: nothing in the file changes them."""

    def __init__(
        self, given: Mapping[str, str], include: Callable[[str], str | None], outside: Callable[[str], str | None]
    ) -> None:
        self.variables: dict[str, str] = dict(given)
        self.rules: list[Rule] = []
        self.one_shell = False
        # A file that is included and cannot be read may define any target.
        self.is_whole = True
        self._given = frozenset(given)
        self._include = include
        self._outside = outside
        self._target_variables: dict[str, dict[str, str]] = {}
        self._included = 0
        self._expansions = 0

    def parse(self, text: str) -> None:
        if "$(eval" in text or "${eval" in text:
            self.is_whole = False
        rule: Rule | None = None
        every = _joined(text)
        position = 0
        while position < len(every):
            line = every[position]
            position += 1
            if line.startswith("\t") and rule is not None:
                rule.recipe.append(line[1:])
                continue
            plain = line.partition("#")[0].strip() if "\\#" not in line else line.strip()
            word = plain.split(None, 1)[0] if plain else ""
            if not plain or word in CONDITIONS:
                continue
            if word == "define":
                position = self._define(every, position, plain)
                continue
            rule = self._line(plain, word, line) or (None if word not in ("export", "vpath") else rule)

    def _define(self, every: list[str], position: int, plain: str) -> int:
        name = plain.split()[1:2]
        end = position
        while end < len(every) and every[end].strip() != "endef":
            end += 1
        if name:
            self.variables[name[0]] = "\n".join([line.lstrip("\t") for line in every[position:end]])
        return end + 1

    def _line(self, plain: str, word: str, line: str) -> Rule | None:
        if word in ("include", "-include", "sinclude"):
            self._read(self.expanded(plain.partition(" ")[2]).split())
            return None
        while word in ("export", "override", "private", "unexport"):
            plain = plain.partition(" ")[2].strip()
            word = plain.split(None, 1)[0] if plain else ""
        equals = _assignment(plain)
        colon = _colon(plain)
        if equals >= 0 and (colon < 0 or equals <= colon):
            self._assign(plain, equals)
            return None
        return self._rule(plain, colon, line) if colon >= 0 else None

    def _read(self, paths: list[str]) -> None:
        for path in paths:
            self._included += 1
            text = self._include(path) if self._included < DEPTH else None
            if text is None:
                self.is_whole = False
            else:
                self.parse(text)

    def _assign(self, plain: str, equals: int) -> None:
        sign = next(each for each in ASSIGNMENTS if plain.startswith(each, equals))
        name = plain[:equals].strip()
        value = plain[equals + len(sign) :].strip()
        if name in self._given:
            return
        if sign in ("?=",) and (name in self.variables or self._outside(name) is not None):
            return
        if sign == "!=":
            value = "$(shell " + value + ")"
        if sign in (":=", "::=", ":::="):
            value = self.expanded(value).replace("$", "$$")
        if sign == "+=":
            value = (self.variables.get(name, "") + " " + value).strip()
        self.variables[name] = value[:LONGEST]

    def _rule(self, plain: str, colon: int, line: str) -> Rule | None:
        targets = self.expanded(plain[:colon]).split()
        rest = plain[colon:].lstrip(":&")
        if targets == [".ONESHELL"]:
            self.one_shell = True
        equals = _assignment(rest)
        if equals >= 0 and rest[:equals].strip().replace("_", "").isalnum():
            # target: NAME = value
            sign = next(each for each in ASSIGNMENTS if rest.startswith(each, equals))
            for target in targets:
                own = self._target_variables.setdefault(target, {})
                own[rest[:equals].strip()] = rest[equals + len(sign) :].strip()
            return None
        needs, semicolon, _ = rest.partition(";")
        second = _colon(needs)
        if second >= 0:
            needs = needs[second + 1 :]
        rule = Rule(targets, self.expanded(needs.replace("|", " ")).split())
        if semicolon:
            rule.recipe.append(line.partition(";")[2].strip())
        self.rules.append(rule)
        return rule

    def default(self) -> str:
        """The target that `make` alone builds."""
        goal = self.expanded(self.variables.get(".DEFAULT_GOAL", "")).strip()
        if goal:
            return goal
        for rule in self.rules:
            for target in rule.targets:
                if "%" not in target and (not target.startswith(".") or "/" in target):
                    return target
        return ""

    def commands(self, target: str, done: set[str]) -> list[str]:
        """Command lines of a target in the order in which make runs them, prerequisites first."""
        if target in done or len(done) > 500:
            return []
        done.add(target)
        outer = self.variables
        own = self._target_variables.get(target, {})
        self.variables = {**outer, **{name: value for name, value in own.items() if name not in self._given}}
        found = self._commands(target, done)
        self.variables = outer
        return found

    def _commands(self, target: str, done: set[str]) -> list[str]:
        own: list[str] = []
        found: list[str] = []
        for rule, stem in self._for(target):
            needs = [each.replace("%", stem) for each in rule.needs] if stem else rule.needs
            for each in needs:
                found += self.commands(each, done)
            automatic = {"@": target, "<": (needs or [""])[0], "^": " ".join(needs), "+": " ".join(needs), "*": stem}
            lines = [self._command(line, automatic) for line in rule.recipe]
            own += ["\n".join(lines)] if self.one_shell else lines
        return found + own

    def _for(self, target: str) -> list[tuple[Rule, str]]:
        """The rules of a target, with the stem where a pattern fits."""
        exact = [(rule, "") for rule in self.rules if target in rule.targets]
        if any(rule.recipe for rule, _ in exact):
            return exact
        for rule in self.rules:
            for pattern in rule.targets:
                before, percent, after = pattern.partition("%")
                if percent and len(pattern) <= len(target) and target.startswith(before) and target.endswith(after):
                    return [*exact, (rule, target[len(before) : len(target) - len(after)])]
        return exact

    def _command(self, line: str, automatic: Mapping[str, str]) -> str:
        return self.expanded(line.lstrip(" \t@-+"), automatic).lstrip(" \t@-+")

    def expanded(self, text: str, automatic: Mapping[str, str] | None = None, depth: int = DEPTH) -> str:
        """The text with its variables replaced. What make alone can tell is unknown."""
        pieces: list[str] = []
        position = 0
        size = 0
        while position < len(text):
            dollar = text.find("$", position)
            if dollar < 0 or size > LONGEST:
                break
            pieces.append(text[position:dollar])
            name, position = _reference(text, dollar)
            pieces.append("$" if name == "$" else self._value(name, automatic or {}, depth))
            size += len(pieces[-1])
        return "".join(pieces) + text[position:]

    def _value(self, name: str, automatic: Mapping[str, str], depth: int) -> str:
        if name[:1] in automatic and name[1:] in ("", "D", "F"):
            return automatic[name[:1]]
        if name == "MAKE":
            return "make"
        self._expansions += 1
        if not depth or self._expansions > EXPANSIONS:
            return unknown()
        function, _, argument = name.partition(" ")
        if function in ("shell", "strip", "sort", "info", "call"):
            return self._function(function, argument, automatic, depth)
        value = self.variables.get(name)
        return self._foreign(name) if value is None else self.expanded(value, automatic, depth - 1)

    def _foreign(self, name: str) -> str:
        """A variable that the file does not set: one of the environment."""
        value = self._outside(name)
        return unknown("".join(filter(_is_plain, name))) if value is None else value

    def _function(self, function: str, argument: str, automatic: Mapping[str, str], depth: int) -> str:
        if function == "info":
            return ""
        if function == "shell":
            return "$(" + self.expanded(argument, automatic, depth - 1) + ")"
        if function != "call":
            return self.expanded(argument, automatic, depth - 1)
        name, *arguments = [each.strip() for each in argument.split(",")]
        numbered = {str(number): each for number, each in enumerate(arguments, 1)}
        return self.expanded(self.variables.get(name, ""), {**automatic, **numbered}, depth - 1)


def _is_plain(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _joined(text: str) -> list[str]:
    """Lines, continued ones in one piece: with the newline in a recipe, where the shell reads it, else without."""
    found: list[list[str]] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if not goes_on:
            found.append([line])
        elif found[-1][0].startswith("\t"):
            found[-1] += ["\n", line.removeprefix("\t")]
        else:
            found[-1][-1] = found[-1][-1].rstrip("\\ \t")
            found[-1] += [" ", line.strip()]
        goes_on = (len(line) - len(line.rstrip("\\"))) % 2 == 1
    return ["".join(pieces) for pieces in found]


def _reference(text: str, dollar: int) -> tuple[str, int]:
    """The name in $(name), ${name} or $n, and where the text goes on."""
    opening = text[dollar + 1 : dollar + 2]
    closing = {"(": ")", "{": "}"}.get(opening)
    if closing is None:
        return opening, dollar + 2
    depth = 0
    for position in range(dollar + 1, len(text)):
        if text[position] == opening:
            depth += 1
        elif text[position] == closing:
            depth -= 1
            if not depth:
                return text[dollar + 2 : position], position + 1
    return text[dollar + 2 :], len(text)


def _outside_reference(text: str, sign: str) -> int:
    """Where a character first stands outside of $(…); -1 if it does not."""
    depth = 0
    if sign not in text:
        return -1
    for position, letter in enumerate(text):
        if letter in "({" and (depth or text[position - 1 : position] == "$"):
            depth += 1
        elif letter in ")}" and depth:
            depth -= 1
        elif letter == sign and not depth:
            return position
    return -1


def _assignment(plain: str) -> int:
    """Where the sign of an assignment begins; -1 if this is none."""
    equals = _outside_reference(plain, "=")
    if equals < 0:
        return -1
    while equals and plain[equals - 1] in ":?+!":
        equals -= 1
    name = plain[:equals].strip()
    return equals if name and not any(letter in name for letter in " :#'\"") else -1


def _colon(plain: str) -> int:
    return _outside_reference(plain, ":")
