"""xargs: a program with the words of the input behind its own, or in the place of -I."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN, is_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

SHORT = "I:E:L:n:P:s:d:a:R:S:J:e::i::l::"
LONG = {
    "replace=?": "i", "max-args=": "n", "max-procs=": "P", "max-chars=": "s", "delimiter=": "d", "arg-file=": "a",
    "max-lines=?": "l", "null": "0", "eof=?": "e", "process-slot-var=": "V",
}  # fmt: skip
ROUNDS = 16


def read(call: Call) -> None:
    options = parse(call.args, short=SHORT, long=LONG, stop=True)
    argv = list(options.rest) or ["echo"]
    text = call.stdin
    if options.has("a"):
        listed = call.read(options.last("a"))
        text = UNKNOWN if listed is None else listed
    mark = options.last("I", "J") or ("{}" if options.has("i", "I") else "")
    items = _items(text, options.last("d"), options.has("0"), bool(mark))
    if mark:
        for item in items[:ROUNDS]:
            call.run([word.replace(mark, item) for word in argv], stdin=None)
    else:
        call.run(argv + items, stdin=None)
        for item in items[:ROUNDS] if options.has("n", "L") and len(items) > 1 else []:
            call.run([*argv, item], stdin=None)


def _items(text: str | None, delimiter: str, null: bool, lines: bool) -> list[str]:
    if text is None:
        return []
    if not is_known(text.split("\n", 1)[0]) and text.strip() == text and " " not in text and "\n" not in text:
        return [text or UNKNOWN]
    if null:
        return [item for item in text.split("\0") if item]
    if delimiter:
        sign = "\n" if delimiter in ("\\n", "\n") else delimiter
        return [item for item in text.split(sign) if item.strip()]
    if lines:
        return [_unquoted(line.strip()) for line in text.splitlines() if line.strip()]
    return _words(text)


def _unquoted(line: str) -> str:
    return line.replace("\\", "") if "\\" in line else line.replace("'", "").replace('"', "")


def _words(text: str) -> list[str]:
    """Words as xargs reads them: blanks separate, quotes and backslashes protect."""
    words: list[str] = []
    word = ""
    quote = ""
    started = escaped = False
    for letter in text[:65536]:
        if escaped or (quote and letter != quote):
            word += letter
            escaped = False
        elif letter == quote:
            quote = ""
        elif letter in "'\"":
            quote, started = letter, True
        elif letter == "\\":
            escaped, started = True, True
        elif letter in " \t\n":
            if word or started:
                words.append(word)
            word, started = "", False
        else:
            word += letter
    return [*words, word] if word or started else words
