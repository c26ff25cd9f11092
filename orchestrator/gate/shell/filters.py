"""Programs whose output follows from their words and their input: echo, cat, base64 -d and the like."""

from __future__ import annotations

import binascii

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN, hidden, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}
OCTAL = "01234567"
LONGEST = 262144  # longer text is the same as text that is not known
HEX = "0123456789abcdefABCDEF"


def echo(call: Call) -> None:
    words = call.args
    decode = call.state.name in ("sh", "zsh")
    newline = "\n"
    while words and words[0].startswith("-") and words[0][1:] and not words[0][1:].strip("neE"):
        newline = "" if "n" in words[0] else newline
        decode = ("e" in words[0]) or (decode and "E" not in words[0])
        words = words[1:]
    text = " ".join(words)
    # dash and zsh decode without -e. Decoded, the text can only say more.
    call.output((decoded(text) if decode else text) + newline)


def decoded(text: str) -> str:
    """Backslash escapes of echo -e, printf and %b."""
    if "\\" not in text:
        return text
    pieces = text.split("\\")
    made = pieces[0]
    position = 1
    while position < len(pieces):
        piece = pieces[position]
        position += 1
        if not piece:
            made += "\\"
            if position < len(pieces):
                made += pieces[position]
                position += 1
            continue
        made += _escape(piece)
    return made


def _escape(piece: str) -> str:
    letter = piece[0]
    if letter in ESCAPES:
        return ESCAPES[letter] + piece[1:]
    if letter == "x":
        return _code(piece, 1, HEX, 2, 16)
    if letter in "uU":
        return _code(piece, 1, HEX, 4 if letter == "u" else 8, 16)
    if letter in OCTAL:
        return _code(piece, 0, OCTAL, 4 if letter == "0" else 3, 8)
    return "\\" + piece


def _code(piece: str, start: int, digits: str, most: int, base: int) -> str:
    end = start
    while end < len(piece) and end - start < most and piece[end] in digits:
        end += 1
    if end == start:
        return "\\" + piece
    value = int(piece[start:end], base)
    return (chr(value) if 0 < value < 0x110000 and not 0xD800 <= value < 0xE000 else "") + piece[end:]


def formatted(call: Call) -> None:
    """printf; with -v the text goes into a variable."""
    words = call.args
    variable = ""
    if words[:1] == ["-v"] and len(words) > 2:
        variable, words = words[1], words[2:]
    if words[:1] == ["--"]:
        words = words[1:]
    text = _printf(words[0], words[1:]) if words else ""
    if variable:
        call.state.variables[variable] = text
        text = ""
    call.output(text)


def _printf(form: str, values: list[str]) -> str:
    if not is_known(form):
        return form + "".join(values)
    made = ""
    rest = list(values)
    for _ in range(64):
        before = len(rest)
        made += _one_round(form, rest)
        if not rest or len(rest) == before:
            break
    return made


def _one_round(form: str, rest: list[str]) -> str:
    pieces = form.split("%")
    made = decoded(pieces[0])
    position = 1
    while position < len(pieces):
        piece = pieces[position]
        position += 1
        if not piece and position < len(pieces):
            made += "%" + decoded(pieces[position])
            position += 1
            continue
        bare = piece.lstrip("-+ #0123456789.*'lhjzt")
        kind = bare[:1]
        value = rest.pop(0) if rest and kind else ""
        made += _converted(kind, value) + decoded(bare[1:])
    return made


def _converted(kind: str, value: str) -> str:
    if kind == "b":
        return decoded(value)
    if kind == "c":
        return value[:1]
    if kind in ("x", "X", "o") and value.isdecimal() and len(value) < 10:
        return format(int(value), kind)
    return value


def cat(call: Call) -> None:
    options = parse(call.args)
    call.output(_input(call, options.operands))


def _input(call: Call, names: list[str]) -> str:
    """What the files hold, or what is fed in where there are none."""
    if not names:
        return "" if call.stdin is None else call.stdin
    texts = [call.read(name) for name in names]
    return "".join(unknown(name) if text is None else text for name, text in zip(names, texts))


def backwards(call: Call) -> None:
    text = _input(call, parse(call.args).operands)
    call.output("\n".join(line[::-1] for line in text.split("\n")) if is_known(text) else UNKNOWN)


def last_line_first(call: Call) -> None:
    lines = _input(call, parse(call.args, short="s:").operands).splitlines()
    call.output("\n".join(reversed(lines)) + "\n")


def same(call: Call) -> None:
    """sort, uniq: the lines that go in, in some order."""
    options = parse(call.args, short="k:t:o:S:T:f:s:w:", long={"output=": "o"})
    text = _input(call, options.operands)
    if options.has("o"):
        call.wrote(options.last("o"), text)
    call.output(text)


def ends(call: Call) -> None:
    """head and tail: the first or last lines of known text, and all of the text where it is not clear how many."""
    words = ["-n" + word[1:] if word[:1] == "-" and word[1:].isdecimal() else word for word in call.args]
    options = parse(words, short="n:c:s:", long={"lines=": "n", "bytes=": "c", "pid=": "p"})
    text = _input(call, options.operands)
    count = options.last("n", default="10")
    if not is_known(text) or options.has("c") or not count.isdecimal() or len(options.operands) > 1:
        call.output(text)
        return
    lines = text.splitlines(keepends=True)
    number = int(count[:9])
    call.output("".join(lines[:number] if call.name == "head" else lines[max(0, len(lines) - number) :]))


def translated(call: Call) -> None:
    options = parse(call.args)
    text = "" if call.stdin is None else call.stdin
    sets = [_set(word) for word in options.operands]
    if not is_known(text) or not sets or not all(sets) or options.has("c", "C", "complement"):
        call.output(UNKNOWN)
    elif options.has("d", "delete"):
        call.output("".join(letter for letter in text if letter not in sets[0]))
    elif len(sets) < 2:
        call.output(text)
    else:
        # The last sign of the second set stands for all that are missing.
        targets = sets[1] + sets[1][-1] * max(0, len(sets[0]) - len(sets[1]))
        table = {ord(old): new for old, new in zip(reversed(sets[0]), reversed(targets[: len(sets[0])]))}
        call.output(text.translate(table))


CLASSES = {
    "[:lower:]": "abcdefghijklmnopqrstuvwxyz",
    "[:upper:]": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "[:digit:]": "0123456789",
    "[:space:]": " \t\n\r\f\v",
}


def _set(word: str) -> str:
    """The signs of a set, ranges and classes written out; "" where it cannot be known."""
    if not is_known(word) or len(word) > 1024:
        return ""
    for name, signs in CLASSES.items():
        word = word.replace(name, signs)
    word = decoded(word)
    signs = ""
    position = 0
    while position < len(word):
        if word[position + 1 : position + 2] == "-" and position + 2 < len(word):
            signs += "".join(chr(code) for code in range(ord(word[position]), min(ord(word[position + 2]), 1023) + 1))
            position += 3
        else:
            signs += word[position]
            position += 1
    return signs


def base64(call: Call) -> None:
    options = parse(call.args, short="w:i:o:b:", long={"decode": "d", "wrap=": "w", "input=": "i"})
    text = _input(call, options.operands + options.values("i") if call.name == "base64" else options.operands)
    if not is_known(text) or call.name != "base64":
        call.output(unknown("decoded"))
        return
    try:
        raw = text.encode("utf-8", "surrogatepass")
        made = binascii.a2b_base64(raw) if options.has("d", "D") else binascii.b2a_base64(raw)
    except ValueError:
        call.output(unknown("decoded"))
        return
    call.output(hidden(made.decode("utf-8", "replace")))


def hexadecimal(call: Call) -> None:
    options = parse(call.args, short="c:g:l:o:s:")
    text = _input(call, options.operands[:1])
    for path in options.operands[1:2]:
        call.wrote(path, UNKNOWN)
    if not is_known(text) or not options.has("r"):
        call.output(unknown("decoded"))
        return
    lines = text.splitlines()
    if not options.has("p"):
        lines = [line.partition(":")[2].split("  ")[0] or line for line in lines]
    digits = "".join(letter for line in lines for letter in line if letter in HEX)
    try:
        made = binascii.unhexlify(digits[: len(digits) // 2 * 2])
    except ValueError:
        call.output(unknown("decoded"))
        return
    call.output(hidden(made.decode("utf-8", "replace")))


def tee(call: Call) -> None:
    options = parse(call.args, long={"append": "a"})
    text = "" if call.stdin is None else call.stdin
    for name in options.operands:
        before = (call.read(name) or "") if options.has("a") else ""
        call.wrote(name, before + text)
    call.output(text)


def stream_editor(call: Call) -> None:
    """sed: plain substitutions are done, everything else makes the text unknown. With -i files change."""
    options = parse(call.args, short="e:f:l:i::", long={"expression=": "e", "file=": "f", "in-place=?": "i"})
    scripts = options.values("e")
    names = list(options.operands)
    if not scripts and not options.has("f") and names:
        scripts.append(names.pop(0))
    edits = [_substitution(script) for script in scripts]
    for script in scripts:
        _executed(call, script)
    known = bool(edits) and all(edits) and not options.has("f", "n", "E", "r")
    if options.has("i", "I"):
        for name in names:
            text = call.read(name)
            call.wrote(name, _edited(text, edits) if known and text is not None else UNKNOWN)
        return
    text = _input(call, names)
    lines = _printed(scripts[0]) if len(scripts) == 1 and options.has("n") else None
    if lines is not None and is_known(text):
        call.output("".join(text.splitlines(keepends=True)[lines[0] - 1 : lines[1]]))
        return
    call.output(_edited(text, edits) if known and is_known(text) else UNKNOWN)


def _printed(script: str) -> tuple[int, int] | None:
    """The lines of sed -n 3p and sed -n 3,5p."""
    first, comma, last = script[:-1].strip().partition(",")
    if script[-1:] != "p" or not first.isdecimal() or len(script) > 12 or first == "0":
        return None
    if not comma:
        return int(first), int(first)
    return (int(first), int(last)) if last.isdecimal() else None


def _executed(call: Call, script: str) -> None:
    """The e command of GNU sed runs a program: `1e rm x`, `e rm x`."""
    for line in script.replace(";", "\n").splitlines():
        command = line.strip().lstrip("0123456789,$ ")
        if command.startswith("e "):
            call.shell(command[2:])


def _substitution(script: str) -> tuple[str, str, int] | None:
    """Old text, new text and how often a line; None for what is no plain substitution. ^ and $ alone are ends."""
    sign = script[1:2]
    pieces = script[2:].split(sign) if script[:1] == "s" and sign else []
    if len(pieces) != 3 or not is_known(script) or pieces[2] not in ("", "g") or not pieces[0]:
        return None
    special = pieces[1] if pieces[0] in ("^", "$") else pieces[0] + pieces[1]
    if any(each in special for each in "\\.*[]^$&"):
        return None
    return pieces[0], pieces[1], -1 if pieces[2] else 1


def _edited(text: str, edits: list[tuple[str, str, int] | None]) -> str:
    lines = text.split("\n")
    for edit in edits:
        if edit is None:
            continue
        old, new, count = edit
        if old == "^":
            lines = [new + line if line else line for line in lines]
        elif old == "$":
            lines = [line + new if line else line for line in lines]
        else:
            lines = [line.replace(old, new, count) for line in lines]
        if sum(map(len, lines)) > LONGEST:
            return UNKNOWN
    return "\n".join(lines)


def with_variables(call: Call) -> None:
    """envsubst: the text, with what it would replace left as it is."""
    call.output("" if call.stdin is None else call.stdin)


def again_and_again(call: Call) -> None:
    call.output((" ".join(call.args) or "y") + "\n")


def folder(call: Call) -> None:
    call.output(call.cwd + "\n")


def nothing(call: Call) -> None:
    call.output("")


READERS: dict[str, Callable[[Call], None]] = {
    ":": nothing,
    "[": nothing,
    "test": nothing,
    "sleep": nothing,
    "wait": nothing,
    "base32": base64,
    "base64": base64,
    "cat": cat,
    "echo": echo,
    "envsubst": with_variables,
    "false": nothing,
    "head": ends,
    "printf": formatted,
    "pwd": folder,
    "rev": backwards,
    "sed": stream_editor,
    "sort": same,
    "tac": last_line_first,
    "tail": ends,
    "tee": tee,
    "tr": translated,
    "true": nothing,
    "uniq": same,
    "xxd": hexadecimal,
    "yes": again_and_again,
}
