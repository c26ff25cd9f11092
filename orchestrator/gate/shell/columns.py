"""cut, and the print of awk: columns of known text."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.text import UNKNOWN, is_known, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

LONG = {"delimiter=": "d", "fields=": "f", "characters=": "c", "bytes=": "b", "output-delimiter=": "o"}
MOST_LINES = 200


def cut(call: Call) -> None:
    options = parse(call.args, short="d:f:c:b:", long=LONG)
    names = options.operands
    text = call.read(names[0]) if names else call.stdin
    wanted = options.last("f", "c", "b")
    if text is None or not is_known(text + wanted):
        call.output(UNKNOWN)
        return
    sign = options.last("d") or "\t"
    by_letter = not options.has("f")
    lines = text.splitlines()[:MOST_LINES]
    call.output("".join(_columns(line, sign, wanted, by_letter) + "\n" for line in lines))


def _columns(line: str, sign: str, wanted: str, by_letter: bool) -> str:
    if not by_letter and sign not in line:
        return line
    pieces = list(line) if by_letter else line.split(sign)
    found: list[str] = []
    for each in wanted.split(","):
        first, dash, last = each.partition("-")
        low = int(first[:9]) if first.isdecimal() else 1
        high = int(last[:9]) if last.isdecimal() else len(pieces) if dash else low
        found += pieces[low - 1 : high]
    return ("" if by_letter else sign).join(found)


def printed(program: str, text: str | None) -> str:
    """What an awk program prints that is one `{ print … }` of literals and columns; unknown for any other."""
    body = program.strip()
    if not (body.startswith("{") and body.endswith("}")) or text is None:
        return UNKNOWN
    body = body[1:-1].strip().rstrip(";")
    if not body.startswith("print ") or ";" in body.replace('";', "") or "(" in body:
        return UNKNOWN
    atoms = _atoms(body[6:])
    lines = text.splitlines()[:MOST_LINES] if is_known(text) else [text]
    return "".join("".join(_value(atom, line) for atom in atoms) + "\n" for line in lines)


def _atoms(body: str) -> list[str]:
    """String literals with their quotes, and the words between them; a comma prints a blank."""
    atoms: list[str] = []
    for position, piece in enumerate(body.split('"')):
        if position % 2:
            atoms.append('"' + piece)
        else:
            atoms += piece.replace(",", ' "  ').split()
    return [' "' if atom == '"' else atom for atom in atoms]


def _value(atom: str, line: str) -> str:
    if atom == ' "':
        return " "
    if atom.startswith('"'):
        return atom[1:].replace("\\n", "\n").replace("\\047", "'").replace("\\x27", "'")
    if atom == "$0":
        return line
    number = atom[1:]
    if atom.startswith("$") and number.isdecimal() and len(number) < 4 and is_known(line):
        words = line.split()
        return words[int(number) - 1] if int(number) <= len(words) else ""
    return unknown(atom)
