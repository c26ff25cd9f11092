"""ssh: the words after the host are a command line for the shell there."""

from __future__ import annotations

from orchestrator.gate.options import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "B:b:c:D:E:e:F:I:i:J:L:l:m:O:o:P:p:Q:R:S:W:w:"


def read(call: Call) -> None:
    options = parse(call.args, short=SHORT, stop=True)
    for setting in options.values("o"):
        name, _, value = setting.partition("=" if "=" in setting.split(" ", 1)[0] else " ")
        if name.lower() in ("proxycommand", "localcommand", "remotecommand", "knownhostscommand"):
            call.shell(value)
    if not options.rest:
        return
    words = options.rest[1:]
    again = parse(words, short=SHORT, stop=True)
    if again.given:
        words = again.rest
    words = words[1:] if words[:1] == ["--"] else words
    if words:
        call.run(["bash", "-c", " ".join(words)], remote=True)
        if len(words) > 1:  # what was meant, where the quotes get lost on the way
            call.run([_bare(word) for word in words], remote=True)
    elif call.stdin is not None:
        call.run(["bash"], remote=True)


def _bare(word: str) -> str:
    """Quotes around a whole word are for the shell there."""
    return word[1:-1] if len(word) > 1 and word[0] in "'\"" and word[-1] == word[0] else word
