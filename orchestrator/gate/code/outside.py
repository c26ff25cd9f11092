"""What a program gets from outside that the gate may know: variables, arguments, standard input, files."""

from __future__ import annotations

from orchestrator.gate.code.values import Chain, Choice
from orchestrator.gate.text import is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.code.values import Value

VARIABLES = frozenset(("os.environ", "process.env", "Deno.env", "Bun.env", "import.meta.env"))
ARGUMENTS = {
    "sys.argv": 0,
    "process.argv": 1,
    "ARGV": -1,
    "@ARGV": -1,
    "$ARGV": -1,
    "$argv": 0,
    "Deno.args": -1,
    "arg": 0,
}
HOMES = frozenset(("pathlib", "Path", "os", "require", "Dir", "node:os"))
READS = frozenset(
    "read read_text read_bytes readFileSync readFile readTextFile readTextFileSync text file_get_contents slurp file"
    " readlines ReadFile binread".split()
)
OPENS = frozenset(("open", "open_text", "file", "File", "IO", "read_text", "Path"))


class Outside:
    """`arguments` are the words after the program text or the script, `fed` says that the program text came through
    standard input, so that nothing is left of it. `script` is the path of the script, "" for text given by itself.
    """

    __slots__ = ("arguments", "call", "fed", "inner", "modules", "script")

    def __init__(self, call: Call, arguments: list[str], script: str = "", fed: bool = False) -> None:
        self.call = call
        self.arguments = arguments
        self.script = script
        self.fed = fed
        self.modules: list[str] = []
        # How many texts the program may still run as code.
        self.inner = 24

    def loads(self, module: str) -> None:
        self.modules.append(module)

    def lookup(self, chain: Chain) -> Value:
        """The text that a chain stands for, None if it is not known."""
        if chain.root is not None or not chain.links:
            return None
        first = chain.links[0].name
        if first in {"__file__", "__FILE__", "__filename", "__dirname", "__dir__", "__DIR__"}:
            return self.own_path(chain, first)
        name = chain.name
        if name in {"home", "homedir"} and first in HOMES:
            return self.home()
        if name in {"executable", "execPath"} and len(chain.links) == 2:
            return {"sys": "python3", "process": "node", "Gem": "ruby"}.get(first)
        if name == "read" and first in {"sys", "STDIN", "$stdin"} and chain.has("stdin", "STDIN", "$stdin"):
            return self.standard_input()
        return self.variable(chain) or self.argument(chain)

    def home(self) -> str:
        return self.call.variable("HOME") or self.call.machine.place.home or unknown("HOME")

    def own_path(self, chain: Chain, first: str) -> str | None:
        if len(chain.links) != 1 or not self.script:
            return None
        if "dir" in first.lower():
            return self.script.rpartition("/")[0] or "."
        return self.script

    def standard_input(self) -> str | None:
        text = None if self.fed else self.call.stdin
        return text if text and is_known(text) else None

    def variable(self, chain: Chain) -> str | None:
        """os.environ["X"], os.getenv("X"), process.env.X, ENV["X"], $ENV{X}."""
        *before, last = chain.links
        if last.name in {"getenv", "get", "fetch"} or (last.name == "[]" and last.args):
            name = last.args[0] if last.args and isinstance(last.args[0], str) else ""
            if last.name != "getenv" and ".".join(link.name for link in before) not in {*VARIABLES, "ENV", "$ENV"}:
                return None
        else:
            if ".".join(link.name for link in before) not in {*VARIABLES, "ENV"} or last.args is not None:
                return None
            name = last.name
        value = self.call.variable(name) if name else None
        return value if value and is_known(value) else None

    def argument(self, chain: Chain) -> str | None:
        """sys.argv[1] and the like."""
        *before, last = chain.links
        shift = ARGUMENTS.get(".".join(link.name for link in before))
        if shift is None or last.name != "[]" or not last.args or not isinstance(last.args[0], int):
            return None
        at = last.args[0] - 1 - shift
        return self.arguments[at] if 0 <= at < len(self.arguments) and is_known(self.arguments[at]) else None

    def file(self, value: Value) -> tuple[str, str | None] | None:
        """Path and content where the value is a file that was read; the content is None if it cannot be read here."""
        if not isinstance(value, Chain):
            return None
        path = path_read(value)
        if path is None:
            return None
        return path, self.call.read(path) if is_known(path) else None


def path_read(chain: Chain) -> str | None:
    """The path in open("x").read(), Path("x").read_text(), fs.readFileSync("x"), File.read("x")."""
    reading = [at for at, link in enumerate(chain.links) if link.name in READS]
    if not reading:
        return None
    if isinstance(chain.root, str):
        return chain.root if reading[0] == 0 else None
    for link in chain.links[: reading[0] + 1]:
        if link.args and link.name in {*OPENS, *READS}:
            first = link.args[0]
            first = first.options[0] if isinstance(first, Choice) and first.options else first
            if isinstance(first, str):
                return first
            return "" if first is not None else None
    return None
