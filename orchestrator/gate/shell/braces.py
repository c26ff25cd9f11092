"""Brace expansion: {a,b} and {1..3}, before anything else is expanded."""

from __future__ import annotations

from orchestrator.gate.shell.nodes import Literal, Unparsable, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

    from orchestrator.gate.shell.nodes import Part

    Atom = Union[str, Part]

MOST = 64


def words(word: Word) -> list[Word]:
    """The words that braces make of one word, at most MOST; the word itself if it has none."""
    count = sum(part.text.count("{") for part in word.parts if type(part) is Literal)
    if not count:
        return [word]
    if count > MOST:
        raise Unparsable("more than " + str(MOST) + " braces in one word")
    atoms: list[Atom] = []
    for part in word.parts:
        atoms += list(part.text) if type(part) is Literal else [part]
    expanded = _expand(atoms, 0)
    return [_joined(each) for each in expanded[:MOST]] if len(expanded) > 1 else [word]


def _joined(atoms: list[Atom]) -> Word:
    parts: list[Part] = []
    text = ""
    for atom in atoms:
        if type(atom) is str:
            text += atom
            continue
        if text:
            parts.append(Literal(text))
            text = ""
        parts.append(atom)  # type: ignore[arg-type]
    if text or not parts:
        parts.append(Literal(text))
    return Word(parts)


def _expand(atoms: list[Atom], depth: int) -> list[list[Atom]]:
    for start, atom in enumerate(atoms):
        if atom != "{" or depth > 12:
            continue
        found = _group(atoms, start)
        if found is None:
            continue
        end, choices = found
        tails = _expand(atoms[end + 1 :], depth + 1)
        heads = [head for choice in choices for head in _expand(choice, depth + 1)]
        return [atoms[:start] + head + tail for head in heads[:MOST] for tail in tails[:MOST]][:MOST]
    return [atoms]


def _group(atoms: list[Atom], start: int) -> tuple[int, list[list[Atom]]] | None:
    """The end of the group that starts at `start` and its choices; None if it is no brace expansion."""
    depth = 0
    choices: list[list[Atom]] = [[]]
    for position in range(start, len(atoms)):
        atom = atoms[position]
        depth += (atom == "{") - (atom == "}")
        if depth == 0:
            if len(choices) > 1:
                return position, choices
            sequence = _sequence(choices[0])
            return (position, sequence) if sequence else None
        if atom == "," and depth == 1:
            choices.append([])
        elif position > start:
            choices[-1].append(atom)
    return None


def _sequence(atoms: list[Atom]) -> list[list[Atom]]:
    """{1..5}, {a..e}, {1..9..2} written out; empty if it is none."""
    if not all(type(atom) is str for atom in atoms):
        return []
    pieces = "".join(atoms).split("..")  # type: ignore[arg-type]
    if len(pieces) not in (2, 3) or not all(pieces):
        return []
    first, last = pieces[0], pieces[1]
    if _is_number(first) and _is_number(last):
        low, high = int(first[:9]), int(last[:9])
        numbers = range(low, min(high, low + MOST) + 1) if low <= high else range(low, max(high, low - MOST) - 1, -1)
        return [list(str(number)) for number in numbers]
    if len(first) == 1 and len(last) == 1:
        low, high = ord(first), ord(last)
        codes = range(low, high + 1) if low <= high else range(low, high - 1, -1)
        return [[chr(code)] for code in list(codes)[:MOST]]
    return []


def _is_number(text: str) -> bool:
    return (text[1:] if text.startswith("-") else text).isdecimal()
