"""The programs that a command line starts: who reads their words, what they may read, what they leave behind."""

from __future__ import annotations

from orchestrator.gate import catalogue
from orchestrator.gate.call import Call, program, without_version
from orchestrator.gate.judgement import BELOW, Write
from orchestrator.gate.place import normal
from orchestrator.gate.rule import Effect
from orchestrator.gate.shell import parser
from orchestrator.gate.shell.evaluate import Evaluator
from orchestrator.gate.shell.nodes import Unparsable
from orchestrator.gate.shell.state import OUTER, State
from orchestrator.gate.text import CLOSE, OPEN, UNKNOWN, hidden, is_known, is_opaque, shown, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from orchestrator.gate.judgement import Judgement
    from orchestrator.gate.place import Place
    from orchestrator.gate.shell.nodes import Script

# Bounds of one tool call. A command line that needs more is not judged, and is held.
STEPS = 8000
DEPTH = 24
# A function or a script that starts itself is followed this often: what it does once is known by then.
AGAIN = 3
LONGEST_FILE = 262144
GLOBBED = 20000
READING = 20  # steps: files may name each other

# Only a path with one of these can be a database's, or hold one.
DATABASE_WORDS = (".db", "sqlite", ".duckdb", "data", "sql", "postgres", "mongo", "redis", "mysql", "maria")
STDIN = frozenset({"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})


class TooMuch(Exception):
    """The command line needs more steps or levels than the bounds allow."""


class Machine:
    __slots__ = (
        "_active",
        "_depth",
        "_evaluator",
        "_files_made",
        "_path",
        "_printed",
        "_programs",
        "_sinks",
        "_steps",
        "files",
        "found",
        "globbed",
        "links",
        "place",
        "sources",
    )

    def __init__(self, place: Place, found: Judgement) -> None:
        self.place = place
        self.found = found
        # What the command line itself has written so far: absolute path to text, None where it was removed.
        self.files: dict[str, str | None] = {}
        # Links that the command line has made: absolute paths of both.
        self.links: dict[str, str] = {}
        # Every text that was evaluated as code, decoded ones included.
        self.sources: list[str] = []
        self._evaluator = Evaluator(self)
        self._printed: list[str | None] = []
        self._sinks: dict[str, tuple[State, Script]] = {}
        # How many more names patterns may be compared with.
        self.globbed = [GLOBBED]
        self._files_made = 0
        # Copies of and links to programs under another name.
        self._programs: dict[str, str] = {}
        self._steps = 0
        self._depth = 0
        # Code that is being evaluated, and how often within itself.
        self._active: dict[str, int] = {}
        # How the program is reached whose reader is at work.
        self._path: tuple[str, ...] = ()

    def step(self, cost: int = 1) -> None:
        self._steps += cost
        if self._steps > STEPS:
            raise TooMuch("more than " + str(STEPS) + " steps")

    def evaluate(self, text: str) -> None:
        """Judges a whole command line, as the client's shell would run it."""
        state = State(self.place.cwd)
        state.arguments = OUTER
        self._evaluator.script(state, parser.parse(hidden(text)), None)

    def source(self, state: State, text: str, stdin: str | None) -> str:
        """Evaluates text as code of a shell in this state; what it would print."""
        self.sources.append(text)
        if not self.enter(text):
            return UNKNOWN
        try:
            return self._evaluator.script(state, parser.parse(text), stdin)
        except Unparsable:
            # A shell stops there; where the text has nothing to do with databases, that is all there is to it.
            if catalogue.module("unreadable").speaks_of_a_database(text):  # type: ignore[attr-defined]
                raise
            return UNKNOWN
        finally:
            self.leave(text)

    def enter(self, code: str, again: int = AGAIN) -> bool:
        """False where this code is at work already, several times within itself."""
        times = self._active.get(code, 0)
        if times >= again:
            return False
        self._depth += 1
        if self._depth > DEPTH:
            raise TooMuch("more than " + str(DEPTH) + " levels")
        self._active[code] = times + 1
        return True

    def leave(self, code: str) -> None:
        self._depth -= 1
        self._active[code] -= 1

    def command(
        self, evaluator: Evaluator, state: State, argv: list[str], env: Mapping[str, str], stdin: str | None
    ) -> str:
        """A simple command of a shell: a function, a builtin, an alias, or a program."""
        name = argv[0]
        if name in state.functions:
            return self._function(evaluator, state, argv, stdin)
        if name in state.aliases:
            return self._alias(state, argv, stdin)
        return self.start(state, argv, stdin, env, self._path)

    def _function(self, evaluator: Evaluator, state: State, argv: list[str], stdin: str | None) -> str:
        if not self.enter(argv[0]):
            return UNKNOWN
        before, state.arguments = state.arguments, argv[1:]
        try:
            return evaluator.command(state, state.functions[argv[0]].body, stdin)
        finally:
            state.arguments = before
            self.leave(argv[0])

    def _alias(self, state: State, argv: list[str], stdin: str | None) -> str:
        inner = state.copy()
        text = inner.aliases.pop(argv[0])
        inner.arguments = argv[1:]
        return self.source(inner, text + ' "$@"', stdin)

    def start(
        self, state: State, argv: list[str], stdin: str | None, env: Mapping[str, str], path: tuple[str, ...]
    ) -> str:
        """The start of a program; what it would print."""
        self.step()
        name = program(argv[0])
        if self._programs:
            name = self._programs.get(self.absolute(state, argv[0]), name)
        if env:
            # A program sees the variables in front of it; eval and the like work in the shell itself.
            state = state if name in BUILTINS else state.copy()
            state.variables.update(env)
        call = Call(self, state, name, argv, stdin, env, (*path, name))
        self.found.steps.append((len(path), argv))
        reader = self._reader(call)
        self._printed.append(None)
        before, self._path = self._path, call.path
        try:
            for variable in COMMAND_VARIABLES.intersection(env) if env else ():
                self.shell(call, env[variable])
            reader(call)
        except Unparsable as error:
            self.effect(call, "unread-command", str(error) + ": " + shown(" ".join(argv))[:160])
        finally:
            printed = self._printed.pop()
            self._path = before
        if printed is None:
            return "" if name in BUILTINS else UNKNOWN
        return printed

    def _reader(self, call: Call) -> Any:
        if "/" in call.argv[0]:
            unfamiliar = catalogue.module("shell.unfamiliar")
            if unfamiliar.is_own_script(call):  # type: ignore[attr-defined]
                return unfamiliar.start_script  # type: ignore[attr-defined]
        if call.name in BUILTINS:
            return catalogue.module("shell.builtins").READERS[call.name]  # type: ignore[attr-defined]
        if call.name in FILTERS:
            return catalogue.module("shell.filters").READERS[call.name]  # type: ignore[attr-defined]
        known = catalogue.names("programs")
        for name in (call.name, without_version(call.name)):
            module = name.replace("-", "_").replace(".", "_")
            if module in known and module != "__init__":
                call.name = name
                return catalogue.module("programs." + module).read  # type: ignore[attr-defined]
        return catalogue.module("shell.unfamiliar").read  # type: ignore[attr-defined]

    def effect(self, call: Call, rule_id: str, detail: str) -> None:
        text = shown(detail or " ".join(call.argv))
        self.found.effects.append(Effect(catalogue.find(rule_id), text[:400], call.path))

    def report(self, call: Call, effect: Effect) -> None:
        effect.path = call.path
        effect.detail = shown(effect.detail)
        self.found.effects.append(effect)

    def sql(self, call: Call, text: str, dialect: str) -> None:
        judge = catalogue.module("sql.judge")
        for effect in judge.effects(text, dialect):  # type: ignore[attr-defined]
            self.report(call, effect)

    def shell(self, call: Call, text: str) -> None:
        if text.lstrip().startswith(OPEN) and not text.split(CLOSE, 1)[-1].strip():
            self._unread(call, text)
            return
        self.output(call, self.source(call.state.copy(), text, call.stdin))

    def _unread(self, call: Call, text: str) -> None:
        """Text that is unknown from its start: only a name may tell that a database is meant."""
        if catalogue.module("shell.unfamiliar").names_a_database(text):  # type: ignore[attr-defined]
            self.effect(call, "unread-command", "")

    def run(self, call: Call, argv: Sequence[str], stdin: str | bool | None, remote: bool, least: str) -> None:
        if not argv or not argv[0]:
            return
        state = call.state
        if remote and not state.remote:
            state = state.copy()
            state.remote = True
            state.cwd = unknown("cwd")
        fed = call.stdin if isinstance(stdin, bool) else stdin
        if len(call.path) > DEPTH:
            raise TooMuch("more than " + str(DEPTH) + " levels")
        printed = self.start(state, list(argv), fed, {}, call.path)
        if self._printed:
            self._printed[-1] = printed
        if least:
            self.effect(call, least, "")

    def code(self, call: Call, language: str, text: str, script: bool) -> None:
        catalogue.module("code.judge").judge(call, language, text, script)  # type: ignore[attr-defined]

    def output(self, call: Call, text: str) -> None:  # noqa: ARG002
        if self._printed:  # nobody reads what a tool that is no program prints
            self._printed[-1] = text

    def variable(self, call: Call, name: str) -> str | None:
        value = call.env.get(name)
        if value is None:
            found = call.state.variables.get(name)
            return found if type(found) is str else None
        return value

    def read(self, call: Call, path: str) -> str | None:
        if path in STDIN:
            return None if call.stdin is None or is_opaque(call.stdin) else call.stdin
        return self.content(call.state, path)

    def absolute(self, state: State, path: str) -> str:
        while path.startswith("./"):
            path = path[2:]
        found = path if path.startswith("/") else state.cwd + "/" + path
        if not is_known(found):
            return found
        if "/.." in found:
            return str(catalogue.module("shell.links").physical(found, self.links))  # type: ignore[attr-defined]
        return normal(found, "/")

    def content(self, state: State, path: str) -> str | None:
        """The text of a file, as the command line has left it so far; None if it cannot be known."""
        self.step(READING)
        absolute = self.absolute(state, path)
        if absolute == "/dev/null":
            return ""
        if self.links and absolute not in self.files:
            absolute = catalogue.module("shell.links").behind(absolute, self.links)  # type: ignore[attr-defined]
        if absolute in self.files:
            made = self.files[absolute]
            return None if made is None or is_opaque(made) else made
        if not path or state.remote or not is_known(absolute):
            return None
        disk = catalogue.module("disk")
        text: str | None = disk.text(absolute, LONGEST_FILE)  # type: ignore[attr-defined]
        if text is not None:
            text = hidden(text)
            if (absolute, text) not in self.found.read:
                self.found.read.append((absolute, text))
        return text

    def is_folder(self, state: State, path: str) -> bool:
        absolute = self.absolute(state, path)
        if state.remote or not is_known(absolute):
            return False
        is_folder: bool = catalogue.module("disk").is_folder(absolute)  # type: ignore[attr-defined]
        return is_folder

    def matching(self, state: State, pattern: str) -> list[str]:
        if state.remote or not is_known(pattern + state.cwd):
            return []
        found: list[str] = catalogue.module("shell.pattern").files(  # type: ignore[attr-defined]
            pattern, state.cwd, list(self.files), self.globbed
        )
        return found

    def wrote(self, call: Call, path: str, text: str) -> None:
        self._write(call.state, path, text, call.line)

    def removed(self, call: Call, path: str) -> None:
        absolute = self.absolute(call.state, path)
        self.files[absolute] = None
        self._changes(call.state, absolute, None, call.line)
        self.links.pop(absolute, None)

    def removed_below(self, call: Call, folder: str, names: list[str]) -> None:
        catalogue.module("storage").found(call, folder, names)  # type: ignore[attr-defined]
        for path in [folder] if not names else []:
            self.removed(call, path)
        for name in names:
            for path in self.matching(call.state, folder + "/" + name) or [
                folder + "/" + unknown("found") + "/" + name
            ]:
                self.removed(call, path)

    def changed(self, call: Call, path: str) -> None:
        self._changes(call.state, self.absolute(call.state, path), UNKNOWN, call.line)

    def filled(self, call: Call, folder: str) -> None:
        self._changes(call.state, self.absolute(call.state, folder) + BELOW, UNKNOWN, call.line)

    def linked(self, call: Call, path: str, to: str) -> None:
        self.links[self.absolute(call.state, path)] = self.absolute(call.state, to)

    def stands_for(self, call: Call, path: str, name: str) -> None:
        self._programs[self.absolute(call.state, path)] = name

    def redirected(self, state: State, path: str, text: str, append: bool) -> None:
        """A redirection writes this text."""
        if append:
            before = self.content(state, path)
            text = (before if before is not None else "") + text
        self._write(state, path, text, "> " + path)
        if any(word in path.lower() for word in DATABASE_WORDS):
            call = Call(self, state, ">", [">", path], None, {}, ("> " + path,))
            catalogue.module("storage").emptied(call, path)  # type: ignore[attr-defined]

    def _write(self, state: State, path: str, text: str, by: str) -> None:
        sink = self._sinks.pop(path, None)
        if sink is not None:
            self._evaluator.script(sink[0], sink[1], text)
            return
        if path.startswith("/dev/") or not path:
            return
        absolute = self.absolute(state, path)
        self.files[absolute] = text if len(text) <= LONGEST_FILE else UNKNOWN
        self._changes(state, absolute, text, by)

    def _changes(self, state: State, path: str, text: str | None, by: str) -> None:
        names = [] if state.remote else [path]
        if self.links and names:
            names = catalogue.module("shell.links").names(path, self.links, text is None)  # type: ignore[attr-defined]
        self.found.writes += [Write(each, text, shown(by)[:160]) for each in names]

    def new_file(self, text: str) -> str:
        """A name for what <(…) prints."""
        self._files_made += 1
        path = "/dev/fd/gate-" + str(self._files_made)
        self.files[path] = text
        return path

    def new_sink(self, evaluator: Evaluator, state: State, script: Script) -> str:  # noqa: ARG002
        """A name for what feeds >(…)."""
        self._files_made += 1
        path = "/dev/fd/gate-" + str(self._files_made)
        self._sinks[path] = (state, script)
        return path

    def finish(self) -> None:
        """Evaluates what was never fed: >(…) that some program writes to in a way that is not known."""
        for state, script in list(self._sinks.values()):
            self._evaluator.script(state, script, UNKNOWN)


# Variables whose value is a command line that programs start.
COMMAND_VARIABLES = frozenset(
    "BROWSER EDITOR GIT_ASKPASS GIT_EDITOR GIT_EXTERNAL_DIFF GIT_PAGER GIT_SEQUENCE_EDITOR GIT_SSH GIT_SSH_COMMAND"
    " LESSOPEN MANPAGER PAGER PROMPT_COMMAND PSQL_EDITOR PSQL_PAGER SSH_ASKPASS SUDO_ASKPASS VISUAL".split()
)
# Commands of the shell itself, read in shell.builtins.
BUILTINS = frozenset(
    ". alias builtin cd command declare eval exec export getopts local mapfile popd pushd read readarray readonly set"
    " shift source trap typeset unalias unset".split()
)
# Programs whose output follows from their input, read in shell.filters.
FILTERS = frozenset(
    "base64 base32 cat echo printf rev tac tr xxd head tail tee sort uniq sed envsubst yes pwd true false : [ test"
    " sleep wait".split()
)
