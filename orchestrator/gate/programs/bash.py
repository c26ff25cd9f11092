"""bash and other shells: -c text, a script file, or the input."""

from __future__ import annotations

from orchestrator.gate.text import CLOSE, OPEN, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

VALUED = ("-o", "+o", "-O", "+O", "--rcfile", "--init-file")


def read(call: Call) -> None:
    position, letters = _options(call.args)
    rest = call.args[position:]
    if "n" in letters:
        return  # the text is checked, not run
    if "c" in letters:
        if rest:
            _evaluate(call, rest[0], rest[1:2], rest[2:], call.stdin)
    elif rest and "s" not in letters:
        text = call.read(rest[0])
        if text is None and _only_reads(rest):
            return
        _evaluate(call, unknown(rest[0]) if text is None else text, rest[:1], rest[1:], call.stdin)
    elif call.stdin is not None:
        _evaluate(call, call.stdin, [], rest, None)


def _only_reads(words: list[str]) -> bool:
    """scripts/migrate.sh status, where the script cannot be read."""
    from orchestrator.gate.task import only_looks

    return is_known(words[0]) and only_looks(words[0], words[1:])


def _options(args: list[str]) -> tuple[int, str]:
    """Where the options end, and the letters of the short ones."""
    position = 0
    letters = ""
    while position < len(args) and args[position][:1] in ("-", "+") and len(args[position]) > 1:
        word = args[position]
        position += 1
        if word == "--":
            break
        if word in VALUED or (word[:2] != "--" and word.endswith("o") and len(word) > 2):
            position += 1
            letters += word[1:-1]
        elif word == "--command":
            letters += "c"
        elif not word.startswith("--"):
            letters += word[1:]
    return position, letters


def _evaluate(call: Call, text: str, name: list[str], arguments: list[str], stdin: str | None) -> None:
    """Judges text in a shell of its own. After -c, and for a script, the first word is $0."""
    bare = text.strip()
    if bare.startswith(OPEN) and bare.find(CLOSE) == len(bare) - 1:
        call.shell(bare)
        return
    state = call.state.copy()
    state.name = name[0] if name else call.name
    state.arguments = arguments
    call.output(call.machine.source(state, text, stdin))
