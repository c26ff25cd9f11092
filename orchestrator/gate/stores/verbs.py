"""Programs of the kind `tool [options] noun verb [options]`: cloud tools, cluster managers, package managers."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orchestrator.gate.call import Call

_DEPTH = 5
_TELLING = ("help", "version", "dry-run", "dryrun", "dryRun", "generate-cli-skeleton")


def double_dashes(args: Sequence[str]) -> list[str]:
    """Words for `parse` from those of a program whose long options have one dash: -target=x, -auto-approve."""
    return ["-" + word if _is_long(word) else word for word in args]


def _is_long(word: str) -> bool:
    return word.startswith("-") and not word.startswith("--") and len(word.partition("=")[0]) > 2


def valued(names: str) -> dict[str, str]:
    """A `long` table for `parse` from names of options that take a value. Such programs know no abbreviations."""
    return {"": "", **{name + "=": name for name in names.split()}}


def only_tells(options: Options) -> bool:
    """True if the program prints what it would do, or how it is used."""
    if options.operands and options.operands[0] == "help":
        return True
    return any(name in _TELLING and value not in ("false", "none") for name, value in options.given)


def row(words: Sequence[str], table: Mapping[str, str]) -> str:
    """What the table has for the longest beginning of the words; "" if nothing."""
    for count in range(min(len(words), _DEPTH), 0, -1):
        found = table.get(" ".join(words[:count]))
        if found is not None:
            return found
    return ""


def judge(call: Call, table: Mapping[str, str], takes_value: str = "", short: str = "") -> Options:
    """Reports the rule that the table names for the command's first words; returns what was read."""
    found = parse(call.args, short, valued(takes_value))
    if not only_tells(found):
        rule = row(found.operands, table)
        if rule:
            call.effect(rule)
    return found
