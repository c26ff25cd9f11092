"""Command-line options the way getopt_long reads them: bundles, attached values, abbreviations, permuted operands."""

from __future__ import annotations

from orchestrator.gate.text import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Options:
    """`given` has (canonical name, value) in the order of the command line; a flag has the value "".

    `rest` is what follows the first operand where parsing stops there, and what follows `--`.
    """

    __slots__ = ("given", "operands", "rest")

    def __init__(self) -> None:
        self.given: list[tuple[str, str]] = []
        self.operands: list[str] = []
        self.rest: list[str] = []

    def has(self, *names: str) -> bool:
        return any(name in names for name, _ in self.given)

    def values(self, *names: str) -> list[str]:
        return [value for name, value in self.given if name in names]

    def last(self, *names: str, default: str = "") -> str:
        found = self.values(*names)
        return found[-1] if found else default


def parse(args: Sequence[str], short: str = "", long: Mapping[str, str] | None = None, stop: bool = False) -> Options:
    """Options of `args`, without the program's name.

    `short` is a getopt string: "c:" takes a value, "c::" an attached one only, every other letter is a flag, known or
    not. `long` maps long names to canonical ones; a name that takes a value ends in "=", in "=?" if the value is
    optional. Long names may be abbreviated, unless the table has the name "". Unknown long options are flags unless
    they carry a "=". With `stop`, the first operand ends the options, as for programs that start another program.
    """
    found = Options()
    position = 0
    while position < len(args):
        word = args[position]
        position += 1
        if word == "--":
            found.rest = list(args[position:])
            if not stop:
                found.operands += found.rest
            break
        if word.startswith("--"):
            position += _long(found, word[2:], args, position, long or {})
        elif word.startswith("-") and len(word) > 1:
            position += _short(found, word[1:], args, position, short)
        elif stop:
            found.rest = list(args[position - 1 :])
            break
        else:
            found.operands.append(word)
    return found


def _long(found: Options, body: str, args: Sequence[str], position: int, long: Mapping[str, str]) -> int:
    """Adds one long option; the number of further words it takes."""
    name, equals, value = body.partition("=")
    full = _full_name(name, long)
    canonical = long.get(full) or long.get(full + "=") or long.get(full + "=?") or full
    if equals or (full + "=") not in long:
        found.given.append((canonical, value))
        return 0
    found.given.append((canonical, args[position] if position < len(args) else ""))
    return 1


def _full_name(name: str, long: Mapping[str, str]) -> str:
    known = [each.rstrip("=?") for each in long]
    if name in known:
        return name
    if OPEN in name or not name or "" in long:
        return name
    longer = [each for each in known if each.startswith(name)]
    # An ambiguous abbreviation is an error of the program; the first reading is as good as any.
    return longer[0] if longer else name


def _short(found: Options, letters: str, args: Sequence[str], position: int, short: str) -> int:
    """Adds a bundle of short options; the number of further words it takes."""
    for index, letter in enumerate(letters):
        at = short.find(letter) if letter != ":" else -1
        takes = at >= 0 and short[at + 1 : at + 2] == ":"
        if not takes:
            found.given.append((letter, ""))
            continue
        attached = letters[index + 1 :]
        if attached or short[at + 2 : at + 3] == ":":
            found.given.append((letter, attached))
            return 0
        found.given.append((letter, args[position] if position < len(args) else ""))
        return 1
    return 0
