"""Words to the strings that a program would get. What cannot be known stays marked as unknown."""

from __future__ import annotations

from orchestrator.gate.shell import braces, parameters, pattern
from orchestrator.gate.shell.nodes import Arithmetic, Literal, Param, Process, Quoted, Substitution
from orchestrator.gate.text import OPEN, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.gate.shell.evaluate import Evaluator
    from orchestrator.gate.shell.nodes import Word
    from orchestrator.gate.shell.state import State

# Longer text is the same as text that is not known.
LONGEST = 262144


class Fields:
    """The fields of one word while it is being expanded. A field is None until something is in it."""

    __slots__ = ("done", "globs", "open", "separators")

    def __init__(self, separators: str) -> None:
        self.done: list[str] = []
        self.open: str | None = None
        self.globs = False
        self.separators = separators

    def add(self, text: str) -> None:
        self.open = text if self.open is None else self.open + text

    def split(self, text: str) -> None:
        """Adds text that the shell splits at its separators."""
        self.globs = self.globs or pattern.special(text)
        if not any(letter in text for letter in self.separators):
            if text:
                self.add(text)
            return
        for letter in self.separators[1:]:
            text = text.replace(letter, self.separators[0])
        pieces = text.split(self.separators[0])
        for position, piece in enumerate(pieces):
            if position:
                self.close()
            if piece:
                self.add(piece)

    def close(self) -> None:
        if self.open is not None:
            self.done.append(self.open)
            self.open = None


def fields(evaluator: Evaluator, state: State, word: Word) -> list[str]:
    """The strings one word becomes: none, one, or several."""
    plain = word.plain()
    if plain is not None and not any(sign in plain for sign in "{~*?["):
        return [plain]
    found: list[str] = []
    for each in braces.words(word):
        found += _fields(evaluator, state, each)
    return found


def text(evaluator: Evaluator, state: State, word: Word | None) -> str:
    """One string, as in an assignment, a redirection or a here-document: nothing is split."""
    if word is None:
        return ""
    plain = word.plain()
    if plain is not None and not plain.startswith("~"):
        return plain
    pieces = [_tilde(state, word, evaluator)]
    parts = word.parts[1:] if pieces[0] else word.parts
    for position, part in enumerate(parts):
        values = _values(evaluator, state, part)
        pieces.append(_inside_a_word(evaluator, parts, position, values)[0] if len(values) == 1 else " ".join(values))
    joined = "".join(pieces)
    return joined if len(joined) <= LONGEST else unknown("long")


def _fields(evaluator: Evaluator, state: State, word: Word) -> list[str]:
    made = Fields(_separators(state))
    home = _tilde(state, word, evaluator)
    if home:
        made.add(home)
    parts = word.parts[1:] if home else word.parts
    for position, part in enumerate(parts):
        kind = type(part)
        if kind is Literal:
            made.globs = made.globs or pattern.special(part.text)  # type: ignore[union-attr]
            made.add(part.text)  # type: ignore[union-attr]
        elif kind is Quoted:
            made.add(part.text)  # type: ignore[union-attr]
        else:
            values = _inside_a_word(evaluator, parts, position, _values(evaluator, state, part))
            _add(made, values, getattr(part, "quoted", True))
    made.close()
    return _with_files(evaluator, state, made)


def _inside_a_word(evaluator: Evaluator, parts: Sequence[object], position: int, values: list[str]) -> list[str]:
    """A variable that nobody has set, between two letters: DR${X}OP reads as DROP, too."""
    part = parts[position]
    if type(part) is not Param or part.op or not 0 < position < len(parts) - 1 or values != [unknown(part.name)]:
        return values
    before, after = parts[position - 1], parts[position + 1]
    if getattr(before, "text", " ")[-1:].isalpha() and getattr(after, "text", " ")[:1].isalpha():
        return [evaluator.choose([values[0], ""], part.name)]
    return values


def _add(made: Fields, values: list[str], quoted: bool) -> None:
    for position, value in enumerate(values):
        if position:
            made.close()
        if quoted:
            made.add(value)
        else:
            made.split(value)


def _with_files(evaluator: Evaluator, state: State, made: Fields) -> list[str]:
    if not made.globs:
        return made.done
    found: list[str] = []
    for each in made.done:
        if pattern.special(each) and OPEN not in each and OPEN not in state.cwd and not state.remote:
            found += evaluator.machine.matching(state, each) or [each]
        else:
            found.append(each)
    return found


def _tilde(state: State, word: Word, evaluator: Evaluator) -> str:
    """The first part with its ~ replaced; "" if it has none."""
    first = word.parts[0] if word.parts else None
    if type(first) is not Literal or not first.text.startswith("~"):
        return ""
    user, slash, rest = first.text[1:].partition("/")
    if user:
        return first.text
    home = evaluator.machine.place.home if not state.remote else ""
    return (home or unknown("HOME")) + slash + rest


def _separators(state: State) -> str:
    value = state.variables.get("IFS")
    return value if type(value) is str and value and OPEN not in value else " \t\n"


def _values(evaluator: Evaluator, state: State, part: object) -> list[str]:
    """What one part stands for; several values only for "$@" and the like."""
    kind = type(part)
    if kind is Quoted or kind is Literal:
        return [part.text]  # type: ignore[attr-defined]
    if kind is Param:
        return parameters.values(evaluator, state, part)  # type: ignore[arg-type]
    if kind is Substitution:
        return [evaluator.captured(state, part.script)]  # type: ignore[attr-defined]
    if kind is Arithmetic:
        return [_number(text(evaluator, state, part.word))]  # type: ignore[attr-defined]
    if kind is Process:
        return [evaluator.process(state, part)]  # type: ignore[arg-type]
    return [unknown()]


def _number(expression: str) -> str:
    """The value of a plain number, or of a sum or difference of two; unknown otherwise."""
    compact = expression.replace(" ", "")
    for sign in "+-":
        left, found, right = compact.rpartition(sign)
        if found and left.isdecimal() and right.isdecimal() and len(compact) < 20:
            return str(int(left) + int(right) if sign == "+" else int(left) - int(right))
    return compact if compact.isdecimal() else unknown("number")


def shortened(printed: str) -> str:
    return printed if len(printed) <= LONGEST else unknown("long output")


def fits(word: str, wanted: str) -> bool:
    return pattern.matches(word, wanted)
