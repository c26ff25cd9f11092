"""Abstract evaluation of a command line: every branch is taken, every known value is followed, nothing is run."""

from __future__ import annotations

from orchestrator.gate.shell import expand, nodes, redirect
from orchestrator.gate.shell.state import CHOICES, State, either
from orchestrator.gate.text import CLOSE, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.shell.machine import Machine
    from orchestrator.gate.shell.nodes import Assign, Command, Item, Pipeline, Process, Script, Simple, Word

ITEMS = 24


class Evaluator:
    """Every method that takes a command returns what it would print, with unknown parts marked.

    A command that uses a variable with several possible values is evaluated once for each: `_index` is the number of
    the value that is being tried, `_width` how many there are.
    """

    __slots__ = ("_index", "_looping", "_width", "machine")

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._index = 0
        self._width = 1
        self._looping = False

    def script(self, state: State, script: Script, stdin: str | None) -> str:
        printed = ""
        for item in script.items:
            more = self.item(state, item, stdin)
            # What a program prints ends in a line end, known or not.
            printed += "\n" + more if more and printed.endswith(CLOSE) else more
        return expand.shortened(printed)

    def item(self, state: State, item: Item, stdin: str | None) -> str:
        printed = self.pipeline(state, item.first, stdin)
        if not item.rest:
            return printed
        for _, pipeline in item.rest:
            before = state.copy()
            printed += self.pipeline(state, pipeline, stdin)
            if before.variables != state.variables:
                cwd = state.cwd
                state.merge([before, state.copy()])
                state.cwd = cwd
        return printed

    def pipeline(self, state: State, pipeline: Pipeline, stdin: str | None) -> str:
        if len(pipeline.commands) == 1:
            return self.command(state, pipeline.commands[0], stdin)
        text = stdin
        last = state
        for command in pipeline.commands:
            last = state.copy()
            text = self.command(last, command, text)
        # zsh runs the last command in the shell itself: what it reads may be there afterwards.
        if last.variables != state.variables:
            cwd = state.cwd
            state.merge([state.copy(), last])
            state.cwd = cwd
        return text or ""

    def command(self, state: State, command: Command, stdin: str | None) -> str:
        self.machine.step()
        if type(command) is nodes.Simple:
            return self.simple(state, command, stdin)
        if type(command) is nodes.Function:
            state.functions[command.name] = command
            return ""
        opened = redirect.opened(self, state, command.redirects, stdin)
        printed = getattr(self, "_" + type(command).__name__.lower())(state, command, opened.stdin)
        return opened.finished(self, state, printed)

    def simple(self, state: State, node: Simple, stdin: str | None) -> str:
        if self._looping:
            return self._once(state, node, stdin)
        self._looping, self._index, self._width = True, 0, 1
        try:
            before = state.copy()
            printed = self._once(state, node, stdin)
            if self._width > 1:
                printed += self._others(state, before, node, stdin)
        finally:
            self._looping, self._index = False, 0
        return printed

    def _others(self, state: State, before: State, node: Simple, stdin: str | None) -> str:
        """The same command with each other value of the variables in it."""
        printed = ""
        ends = [state.copy()]
        while len(ends) < min(self._width, CHOICES):
            self._index = len(ends)
            end = before.copy()
            printed += self._once(end, node, stdin)
            ends.append(end)
        state.merge(ends)
        return printed

    def choose(self, values: list[str], name: str) -> str:
        """One of several possible values; the command is evaluated again with each other one."""
        if not values:
            return unknown(name)
        self._width = max(self._width, len(values))
        return values[self._index % len(values)]

    def _once(self, state: State, node: Simple, stdin: str | None) -> str:
        argv = self.words(state, node.words)
        if not argv:
            for assign in node.assigns:
                self.assign(state, assign)
            if not node.redirects:
                return ""
            opened = redirect.opened(self, state, node.redirects, stdin)
            # $(< file) stands for the file's content.
            read = opened.stdin if not node.assigns and any(each.op == "<" for each in node.redirects) else ""
            return opened.finished(self, state, read or "")
        env = {each.name: expand.text(self, state, each.value) for each in node.assigns}
        opened = redirect.opened(self, state, node.redirects, stdin)
        printed = self.machine.command(self, state, argv, env, opened.stdin)
        return opened.finished(self, state, printed)

    def words(self, state: State, words: list[Word | Assign]) -> list[str]:
        argv: list[str] = []
        for word in words:
            if type(word) is nodes.Assign:
                self.assign(state, word)
                argv.append(word.name)
            else:
                argv += expand.fields(self, state, word)  # type: ignore[arg-type]
        return argv

    def assign(self, state: State, assign: Assign) -> None:
        name = assign.name
        if assign.array is not None:
            self._assign_array(state, assign)
            return
        value = expand.text(self, state, assign.value)
        if assign.index is not None:
            self._assign_element(state, assign, value)
            return
        old = state.variables.get(name)
        if assign.append:
            value = expand.shortened((old if type(old) is str else unknown(name) if old else "") + value)
        state.variables[name] = value

    def _assign_array(self, state: State, assign: Assign) -> None:
        old = state.variables.get(assign.name)
        items: list[str] = list(old) if assign.append and type(old) is list else []
        for element in assign.array or []:
            if type(element) is nodes.Assign:
                value = expand.text(self, state, element.value)
                state.variables[assign.name + "[" + expand.text(self, state, element.index) + "]"] = value
                items.append(value)
            else:
                items += expand.fields(self, state, element)  # type: ignore[arg-type]
        state.variables[assign.name] = items

    def _assign_element(self, state: State, assign: Assign, value: str) -> None:
        old = state.variables.get(assign.name)
        index = expand.text(self, state, assign.index)
        items: list[str] = list(old) if type(old) is list else []
        if index.isdecimal() and len(index) < 4:
            items += [""] * (int(index) + 1 - len(items))
            items[int(index)] = value
        else:
            items.append(value)
        state.variables[assign.name] = items
        state.variables[assign.name + "[" + index + "]"] = value

    def captured(self, state: State, script: Script) -> str:
        """What $(…) stands for."""
        return self.script(state.copy(), script, None).rstrip("\n")

    def process(self, state: State, part: Process) -> str:
        """The file name that <(…) or >(…) stands for."""
        if part.direction == ">":
            return self.machine.new_sink(self, state.copy(), part.script)
        return self.machine.new_file(self.script(state.copy(), part.script, None))

    def _group(self, state: State, node: nodes.Group, stdin: str | None) -> str:
        return self.script(state, node.body, stdin)

    def _subshell(self, state: State, node: nodes.Subshell, stdin: str | None) -> str:
        return self.script(state.copy(), node.body, stdin)

    def _branches(self, state: State, bodies: list[Script], stdin: str | None, may_skip: bool) -> str:
        printed = ""
        ends = [state.copy()] if may_skip else []
        for body in bodies:
            end = state.copy()
            printed += self.script(end, body, stdin)
            ends.append(end)
        if ends:
            state.merge(ends)
        return expand.shortened(printed)

    def _if(self, state: State, node: nodes.If, stdin: str | None) -> str:
        for condition, _ in node.branches:
            self.script(state, condition, stdin)
        bodies = [body for _, body in node.branches]
        if node.otherwise is not None:
            bodies.append(node.otherwise)
        return self._branches(state, bodies, stdin, node.otherwise is None)

    def _loop(self, state: State, node: nodes.Loop, stdin: str | None) -> str:
        printed = self.script(state, node.condition, stdin)
        body = self._branches(state, [node.body], stdin, False)
        return printed + ("\n" + body if body and printed.endswith(CLOSE) else body)

    def _for(self, state: State, node: nodes.For, stdin: str | None) -> str:
        items = list(state.arguments) if node.words is None else self._items(state, node.words)
        items = items or [unknown(node.name)]
        printed = ""
        for item in items[:ITEMS]:
            state.variables[node.name] = item
            printed += self.script(state, node.body, stdin)
        if len(items) > ITEMS:
            state.variables[node.name] = either(items[ITEMS:], node.name)
            printed += self.script(state, node.body, stdin)
        return expand.shortened(printed)

    def _items(self, state: State, words: list[Word]) -> list[str]:
        """The words of a for loop, for every value of the variables in them."""
        if self._looping:
            return self.words(state, list(words))
        self._looping, self._index, self._width = True, 0, 1
        found = self.words(state, list(words))
        while self._index + 1 < min(self._width, CHOICES):
            self._index += 1
            found += self.words(state, list(words))
        self._looping, self._index = False, 0
        return list(dict.fromkeys(found)) if self._width > 1 else found

    def _forarithmetic(self, state: State, node: nodes.ForArithmetic, stdin: str | None) -> str:
        header = expand.text(self, state, node.header)
        state.variables[header.split("=")[0].strip()] = unknown("number")
        return self._branches(state, [node.body], stdin, False)

    def _case(self, state: State, node: nodes.Case, stdin: str | None) -> str:
        word = expand.text(self, state, node.word)
        bodies = []
        for patterns, body in node.branches:
            texts = [expand.text(self, state, each) for each in patterns]
            if not is_known(word) or any(not is_known(text) for text in texts):
                bodies.append(body)
            elif any(expand.fits(word, text) for text in texts):
                bodies.append(body)
                break
        return self._branches(state, bodies, stdin, True)

    def _test(self, state: State, node: nodes.Test, stdin: str | None) -> str:  # noqa: ARG002
        for word in node.words:
            expand.text(self, state, word)
        return ""

    def _calculation(self, state: State, node: nodes.Calculation, stdin: str | None) -> str:  # noqa: ARG002
        expand.text(self, state, node.word)
        return ""

    def _coproc(self, state: State, node: nodes.Coproc, stdin: str | None) -> str:  # noqa: ARG002
        self.command(state.copy(), node.command, unknown("coproc"))
        return ""
