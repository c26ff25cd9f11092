"""Redirections: what a command reads, and where its output goes."""

from __future__ import annotations

from orchestrator.gate.shell import expand, pattern
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.evaluate import Evaluator
    from orchestrator.gate.shell.nodes import Redirect
    from orchestrator.gate.shell.state import State


class Opened:
    """`targets` has (path, append) for each file that takes standard output; None while it goes on to the caller."""

    __slots__ = ("stdin", "targets")

    def __init__(self, stdin: str | None) -> None:
        self.stdin = stdin
        self.targets: list[tuple[str, bool]] | None = None

    def finished(self, evaluator: Evaluator, state: State, printed: str) -> str:
        """Writes the output where it goes; what is left for the caller."""
        if self.targets is None:
            return printed
        for path, append in self.targets:
            evaluator.machine.redirected(state, path, printed, append)
        return ""


def opened(evaluator: Evaluator, state: State, redirects: list[Redirect], stdin: str | None) -> Opened:
    found = Opened(stdin)
    for each in redirects:
        if each.op in ("<", "<<", "<<-", "<<<", "<&", "<>"):
            _input(evaluator, state, each, found)
            if each.op == "<>":  # open for writing, too
                evaluator.machine.redirected(state, expand.text(evaluator, state, each.target), UNKNOWN, True)
        else:
            _output(evaluator, state, each, found)
    return found


def _input(evaluator: Evaluator, state: State, each: Redirect, found: Opened) -> None:
    if each.op in ("<<", "<<-"):
        text: str | None = expand.text(evaluator, state, each.body)
    elif each.op == "<<<":
        text = expand.text(evaluator, state, each.target) + "\n"
    else:
        name = expand.text(evaluator, state, each.target)
        text = _duplicate(state, name, found) if each.op == "<&" else _content(evaluator, state, name)
    if each.fd in (None, 0):
        found.stdin = text
    else:
        state.inputs[str(each.fd)] = UNKNOWN if text is None else text


def _content(evaluator: Evaluator, state: State, name: str) -> str:
    text = evaluator.machine.content(state, name)
    return UNKNOWN if text is None else text


def _duplicate(state: State, name: str, found: Opened) -> str | None:
    if name == "-":
        return None
    return found.stdin if name == "0" else state.inputs.get(name.rstrip("-"), UNKNOWN)


def _output(evaluator: Evaluator, state: State, each: Redirect, found: Opened) -> None:
    name = expand.text(evaluator, state, each.target)
    append = each.op in (">>", "&>>")
    if each.op == ">&" and (name.rstrip("-").isdecimal() or name == "-"):
        if each.fd in (None, 1) and name != "1":
            found.targets = []
        return
    if each.fd in (None, 1) or each.op.startswith("&"):
        # The file is emptied when it is opened, whatever the command writes later.
        found.targets = [(path, append) for path in _paths(evaluator, state, name)]
    else:
        for path in _paths(evaluator, state, name):
            evaluator.machine.redirected(state, path, UNKNOWN, append)


def _paths(evaluator: Evaluator, state: State, name: str) -> list[str]:
    """The name, and the file that bash would find for it if it is a pattern."""
    found = evaluator.machine.matching(state, name) if pattern.special(name) else []
    return [name, *found] if len(found) == 1 else [name]
