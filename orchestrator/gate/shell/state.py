"""What a shell knows at one point of a command line: variables, functions, working folder, open input."""

from __future__ import annotations

from orchestrator.gate.text import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

    from orchestrator.gate.shell.nodes import Function

    Value = Union[str, "list[str]", "Choice"]

# More values than this for one variable are the same as not knowing it.
CHOICES = 64

# The arguments of the outermost shell, which the command line does not tell.
OUTER: list[str] = []


class Choice:
    """A variable that has one of several values: after an `if`, or one of the lines that `read` reads."""

    __slots__ = ("values",)

    def __init__(self, values: list[str]) -> None:
        self.values = values


def either(values: list[str], name: str = "") -> str | Choice:
    distinct = list(dict.fromkeys(values))
    if len(distinct) == 1:
        return distinct[0]
    return Choice(distinct) if 0 < len(distinct) <= CHOICES else unknown(name)


class State:
    """`arguments` are $1, $2, …; `inputs` maps descriptors opened for reading to text; `remote` is true in a shell on
    another host or in a container.
    """

    __slots__ = ("aliases", "arguments", "cwd", "functions", "inputs", "name", "remote", "variables")

    def __init__(self, cwd: str, remote: bool = False) -> None:
        self.variables: dict[str, Value] = {}
        self.functions: dict[str, Function] = {}
        self.aliases: dict[str, str] = {}
        self.arguments: list[str] = []
        self.name = "bash"
        self.inputs: dict[str, str] = {}
        self.cwd = cwd
        self.remote = remote

    def copy(self) -> State:
        """For a subshell, or for a branch that may not be taken."""
        other = State(self.cwd, self.remote)
        other.variables = dict(self.variables)
        other.functions = dict(self.functions)
        other.aliases = dict(self.aliases)
        other.arguments = self.arguments
        other.name = self.name
        other.inputs = dict(self.inputs)
        return other

    def merge(self, branches: list[State]) -> None:
        """Goes on as if any one of the branches had been taken. A value that differs becomes a choice."""
        for branch in branches:
            self.functions.update(branch.functions)
            self.aliases.update(branch.aliases)
        self.cwd = branches[-1].cwd
        self.inputs = branches[-1].inputs
        names = [name for branch in branches for name in branch.variables]
        for name in dict.fromkeys(names):
            self.variables[name] = _joined(name, [branch.variables.get(name) for branch in branches])


def _joined(name: str, found: list[Value | None]) -> Value:
    first = found[0]
    if first is not None and all(value is first or value == first for value in found):
        return first
    texts: list[str] = []
    for value in found:
        if value is None:
            texts.append(unknown(name))
        elif type(value) is Choice:
            texts += value.values
        elif type(value) is list:
            texts.append(" ".join(value))
        else:
            texts.append(value)  # type: ignore[arg-type]
    return either(texts, name)
