"""A call in a program, with what is known about it."""

from __future__ import annotations

from orchestrator.gate.code.fold import options
from orchestrator.gate.code.libraries import LOADERS
from orchestrator.gate.code.values import MOST_VALUES, Chain, Choice, as_text
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from orchestrator.gate.call import Call
    from orchestrator.gate.code.libraries import Evidence
    from orchestrator.gate.code.outside import Outside
    from orchestrator.gate.code.statements import Reader
    from orchestrator.gate.code.values import Link, Value

    Answer = TypeVar("Answer")


class Program:
    """What was read of a program. `script` is true for a file of the project, false for text on the command line."""

    __slots__ = ("call", "depth", "evidence", "language", "left", "outside", "reader", "script", "text")

    def __init__(  # noqa: PLR0917
        self, call: Call, language: str, text: str, script: bool, outside: Outside, depth: int = 0
    ) -> None:
        self.call = call
        self.language = language
        self.text = text
        self.script = script
        self.outside = outside
        self.depth = depth
        self.left = 0
        self.reader: Reader
        self.evidence: Evidence

    def resolved(self, value: Value) -> Value:
        """The value with the names in it replaced by what they were bound to in the end."""
        self.left = MOST_VALUES
        return self._resolved(value, 0)

    def _resolved(self, value: Value, depth: int) -> Value:
        self.left -= 1
        if depth > 4 or self.left < 0:
            return value
        if isinstance(value, list):
            return [self._resolved(each, depth + 1) for each in value]
        if isinstance(value, Choice):
            return Choice([self._resolved(each, depth + 1) for each in value.options])
        if isinstance(value, Chain) and value.bare in self.reader.variables:
            found = self.reader.variables[value.bare]
            return value if found is value else self._resolved(found, depth + 1)
        return value


class Site:
    """The call at position `at` of a chain."""

    __slots__ = ("at", "chain", "link", "program")

    def __init__(self, program: Program, chain: Chain, at: int) -> None:
        self.program = program
        self.chain = chain
        self.at = at
        self.link: Link = chain.links[at]

    @property
    def call(self) -> Call:
        return self.program.call

    @property
    def name(self) -> str:
        """The name of what is called; that of the module in require("rimraf")(path)."""
        if self.link.name == "()" and self.at and self.chain.links[self.at - 1].name in LOADERS:
            return self.path()[-2]
        return self.link.name

    def arg(self, index: int = 0) -> Value:
        args = self.link.args or []
        return self.program.resolved(args[index]) if index < len(args) else None

    def args(self) -> list[Value]:
        return [self.program.resolved(each) for each in self.link.args or []]

    def named(self, *names: str) -> Value:
        """A named argument, or a member of a record among the arguments."""
        for name in names:
            if name in self.link.named:
                return self.program.resolved(self.link.named[name])
        for arg in self.link.args or []:
            record = self.program.resolved(arg)
            for name in names:
                if isinstance(record, dict) and name in record:
                    return self.program.resolved(record[name])
        return None

    def path(self) -> list[str]:
        """The names up to this call; a loaded module stands for the call that loads it."""
        found = []
        for link in self.chain.links[: self.at + 1]:
            name = link.name
            if name in LOADERS and link.args and isinstance(link.args[0], str):
                name = link.args[0]
            found.append(name[5:] if name.startswith("node:") else name)
        return found

    def before(self, *names: str) -> bool:
        return any(link.name in names for link in self.chain.links[: self.at])

    def after(self, *names: str) -> bool:
        return any(link.name in names for link in self.chain.links[self.at + 1 :])

    @property
    def receiver(self) -> bool:
        """True if the call is of a member: a.b(), not b()."""
        return self.at > 0 or self.chain.root is not None

    def source(self) -> str:
        """The call for people."""
        shown = ".".join(name for name in self.path() if name)
        inner = ", ".join(as_text(each) if isinstance(each, str) else "…" for each in self.link.args or [])
        return (shown + "(" + inner + ")").replace(UNKNOWN, "…")[:200]

    def effect(self, rule_id: str) -> None:
        self.call.effect(rule_id, self.source())

    def each(self, index: int = 0) -> list[Value]:
        """The values that an argument may have."""
        return options(self.arg(index))


def table(rows: Mapping[Callable[[Site], Answer], str]) -> dict[str, Callable[[Site], Answer]]:
    """Functions by the names of the calls that they judge."""
    return {name: function for function, names in rows.items() for name in names.split()}
