"""What an expression of a program comes to, as far as it can be told without running it.

A value is text (with unknown parts), a number, True, False, a list, a dict with text as keys, a `Choice`, a `Chain`,
or None for anything else.
"""

from __future__ import annotations

from orchestrator.gate.text import UNKNOWN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Value = Any

LONGEST = 262144
MOST_VALUES = 2000


class Link:
    """One step of a chain: a name, and the arguments if it is called. A module's link has its whole dotted name."""

    __slots__ = ("args", "module", "name", "named")

    def __init__(
        self, name: str, args: list[Value] | None = None, named: dict[str, Value] | None = None, module: bool = False
    ) -> None:
        self.name = name
        self.args = args
        self.named = named if named is not None else {}
        self.module = module


class Chain:
    """a.b(c).d: names, members and calls. `root` is the value that it begins with, if it begins with one. The links
    before `start` were written elsewhere, where the variable at its head got its value.
    """

    __slots__ = ("links", "root", "start")

    def __init__(self, links: list[Link], root: Value = None, start: int = 0) -> None:
        self.links = links
        self.root = root
        self.start = start

    @property
    def name(self) -> str:
        return self.links[-1].name if self.links else ""

    @property
    def bare(self) -> str:
        """The name, if the chain is nothing but a name."""
        if self.root is None and len(self.links) == 1 and self.links[0].args is None and not self.links[0].module:
            return self.links[0].name
        return ""

    def has(self, *names: str) -> bool:
        return any(link.name in names for link in self.links)

    def dotted(self) -> str:
        return ".".join(link.name for link in self.links)


class Choice:
    """One of several values: a loop's variable, `a or b`, `a if b else c`."""

    __slots__ = ("options",)

    def __init__(self, options: list[Value]) -> None:
        self.options = options


def texts(value: Value) -> list[str]:
    """The texts in a value, those of lists, records and choices included; not more than a bound of them."""
    found: list[str] = []
    waiting = [value]
    for _ in range(MOST_VALUES):
        if not waiting:
            break
        each = waiting.pop()
        if isinstance(each, str):
            found.append(each)
        else:
            waiting += reversed(inside(each))
    return found


def inside(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    return value.options if isinstance(value, Choice) else []


def bounded(value: Value) -> Value:
    """The value, cut to what a program text can hold."""
    if isinstance(value, str):
        return value[:LONGEST]
    return value[:MOST_VALUES] if isinstance(value, list) else value


def as_text(value: Value) -> str:
    """The value as a part of a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Chain):
        return unknown(value.name)
    return UNKNOWN


def words(value: Value) -> list[str]:
    """The value as the words of a command."""
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return [as_text(value)]


def join(left: Value, right: Value) -> Value:
    """left + right."""
    if isinstance(left, list) or isinstance(right, list):
        return bounded([*_listed(left), *_listed(right)])
    if isinstance(left, int) and isinstance(right, int):
        return left + right if abs(left) + abs(right) < LONGEST else None
    if isinstance(left, Choice) and isinstance(right, str):
        return Choice([join(each, right) for each in left.options[:16]])
    if isinstance(right, Choice) and isinstance(left, str):
        return Choice([join(left, each) for each in right.options[:16]])
    return bounded(as_text(left) + as_text(right)) if isinstance(left, str) or isinstance(right, str) else None


def _listed(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [UNKNOWN]
