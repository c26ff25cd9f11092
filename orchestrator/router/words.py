"""What the single words of a task say, where no rule does: weights learned from the labelled examples.

`labelled/<agent or skill>.txt` holds the examples, one task a line; `words.tsv` the weights, made by `learn.py`. A
feature is a stem, two stems side by side, a run of letters, or the first word. The weights of a task's features add up
to a margin for each agent and skill (multinomial logistic regression), and the gap between the first two agents,
which is a difference of log-probabilities, becomes points for the first.
"""

from __future__ import annotations

import base64
from array import array
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from orchestrator.router.text import Word

HERE = Path(__file__).resolve().parent
FILE = HERE / "words.tsv"
LABELLED = HERE / "labelled"
STEP = 20  # weights are kept as whole numbers of 1/20
LENGTHS = (4, 5)  # of runs of letters
SHORTEST = 5  # word that runs are taken from
POINTS_PER_GAP, MOST_POINTS = 2.0, 8.0
SKILL_POINTS_PER_GAP, MOST_SKILL_POINTS = 2.5, 6.0
SKILLS = 3
KEPT_WORDS = 20_000
SHOWN = 4  # words that are named as the reason


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`points` for `agent`, shared out over the words that gave most of them. `skills` counts those of skills."""

    agent: str
    points: float
    words: tuple[tuple[int, float], ...]
    skills: Callable[[], Mapping[str, float]]


NOTHING = Evidence(agent="", points=0.0, words=(), skills=dict)


class Learned:
    """The weights of `words.tsv`. `agents` and `skills` name its columns."""

    def __init__(self, image: Mapping[str, Any]) -> None:
        self.agents: Sequence[str] = image["agents"]
        self.skills: Sequence[str] = image["skills"]
        self._bias: Sequence[float] = image["bias"]
        self._rows = {feature: row for row, feature in enumerate(image["features"].split("\n"))}
        self._weights = array("b", base64.b64decode(image["weights"]))
        self._nought = [0] * len(self.agents)
        self._of_word: dict[tuple[str, str], tuple[list[int], list[int]]] = {}

    def evidence(self, words: Sequence[Word], meaningless: frozenset[int]) -> Evidence:
        """`meaningless` are the places of words that do not count."""
        gains: dict[int, Sequence[float]] = {}
        found: list[int] = []
        for place, before in _counted(words, meaningless):
            rows, gain = self._word(words[place])
            gains[place] = gain
            found += rows
            pair = self._rows.get(_pair(words[before] if before is not None else None, words[place]))
            if pair is not None:
                found.append(pair)
                for each in (place, place if before is None else before):
                    gains[each] = _added(gains.get(each, self._nought), self._row(pair), 0.5)
        if not found:
            return NOTHING
        return self._judged(found, gains)

    def _judged(self, found: Sequence[int], gains: Mapping[int, Sequence[float]]) -> Evidence:
        scale = self._scale(found)
        sums = [sum(column) for column in zip(*gains.values(), strict=True)]
        margins = [bias + scale * total for bias, total in zip(self._bias, sums, strict=False)]
        first, second = _best(margins, 2)
        points = round(min(MOST_POINTS, POINTS_PER_GAP * (margins[first] - margins[second])), 2)
        shares = {place: gain[first] - gain[second] for place, gain in gains.items()}
        return Evidence(
            agent=self.agents[first],
            points=points,
            words=tuple(_shared_out(shares, points)),
            skills=lambda: self._leaning(found, scale),
        )

    def _scale(self, found: Sequence[int]) -> float:
        return 3 / (sqrt(len(found) + 1) * STEP)

    def _word(self, word: Word) -> tuple[list[int], list[int]]:
        """The rows of a word's own features and the sums of their weights for the agents; kept, since words recur."""
        known = (word.text, word.keys[0])
        kept = self._of_word.get(known)
        if kept is None:
            rows = [self._rows[feature] for feature in of_word(word) if feature in self._rows]
            sums = self._nought
            for row in rows:
                sums = _added(sums, self._row(row), 1)
            if len(self._of_word) >= KEPT_WORDS:
                self._of_word.clear()
            kept = self._of_word[known] = (rows, sums)
        return kept[0], kept[1]

    def _row(self, row: int) -> array[int]:
        at = row * len(self._bias)
        return self._weights[at : at + len(self.agents)]

    def _leaning(self, found: Sequence[int], scale: float) -> dict[str, float]:
        width, agents = len(self._bias), len(self.agents)
        sums = [0] * (width - agents)
        for row in found:
            weights = self._weights[row * width + agents : (row + 1) * width]
            sums = [total + weight for total, weight in zip(sums, weights, strict=True)]
        margins = [bias + scale * total for bias, total in zip(self._bias[agents:], sums, strict=True)]
        order = _best(margins, SKILLS + 1)
        return {
            self.skills[number]: round(
                min(MOST_SKILL_POINTS, SKILL_POINTS_PER_GAP * (margins[number] - margins[order[-1]])), 2
            )
            for number in order[:SKILLS]
        }


def _added(sums: Sequence[float], weights: Sequence[int], part: float) -> list[Any]:
    return [total + part * weight for total, weight in zip(sums, weights, strict=True)]


def _best(margins: Sequence[float], count: int) -> list[int]:
    return sorted(range(len(margins)), key=lambda number: (-margins[number], number))[:count]


def _shared_out(shares: Mapping[int, float], points: float) -> Iterator[tuple[int, float]]:
    """The words that spoke most for the agent, in the order of the text, with the points shared out among them."""
    helped = sorted((place for place in shares if shares[place] > 0), key=lambda place: (-shares[place], place))[:SHOWN]
    total = sum(shares[place] for place in helped)
    for place in sorted(helped):
        yield place, round(points * shares[place] / total, 2)


def features(words: Sequence[Word], meaningless: frozenset[int] = frozenset()) -> list[str]:
    """The features of a task; one that two of its words have is there twice."""
    found: list[str] = []
    for place, before in _counted(words, meaningless):
        found += of_word(words[place])
        found.append(_pair(words[before] if before is not None else None, words[place]))
    return found


def _counted(words: Sequence[Word], meaningless: frozenset[int]) -> Iterator[tuple[int, int | None]]:
    """The places of the words that count, each word once however often it is said, and the place before it."""
    said: set[str] = set()
    before: int | None = None
    for place, word in enumerate(words):
        if place in meaningless:
            before = None
            continue
        if word.text not in said:
            said.add(word.text)
            yield place, before
        before = place


def of_word(word: Word) -> list[str]:
    """The features of a word alone, each once."""
    return list(dict.fromkeys((f"w:{word.keys[0]}", *_runs(word.text))))


def _pair(before: Word | None, word: Word) -> str:
    """A word and the one before it; where none is, that it is the first."""
    return f"f:{word.keys[0]}" if before is None else f"b:{before.keys[0]} {word.keys[0]}"


def _runs(text: str) -> Iterator[str]:
    if len(text) >= SHORTEST and text.isalpha():
        edged = f"^{text}$"
        for length in LENGTHS:
            for at in range(len(edged) - length + 1):
                yield f"c:{edged[at : at + length]}"


def labels() -> list[str]:
    """The agents that the weights are for."""
    with FILE.open(encoding="utf-8") as file:
        names = [file.readline(), file.readline()][1].rstrip("\n").split("\t")
    return [name.removeprefix("agent:") for name in names if name.startswith("agent:")]


def image() -> dict[str, Any]:
    """The weights as kept in the image of a lexicon. Raises CouldNotFindOut for a file that `learn.py` did not make."""
    try:
        return _read(FILE.read_text(encoding="utf-8").split("\n"))
    except (ValueError, IndexError, OverflowError) as error:
        from orchestrator.model.errors import CouldNotFindOut

        raise CouldNotFindOut(f"{FILE.name} is not whole", detail=str(error), hint="Run make words.") from error


def _read(lines: Sequence[str]) -> dict[str, Any]:
    """The file ends with a line feed, so that a cut one is known."""
    names = lines[1].split("\t")[1:]
    if lines[-1] or len(lines[2].split("\t")) != len(names) + 1 or not lines[1].startswith("feature\t"):
        raise ValueError("its head or its end is missing")
    agents = [name.removeprefix("agent:") for name in names if name.startswith("agent:")]
    bias = [int(value) / STEP for value in lines[2].split("\t")[1:]]
    weights = array("b")
    kept = []
    for line in lines[3:-1]:
        feature, *cells = line.split("\t")
        kept.append(feature)
        weights.extend(_row(cells, len(names)))
    return {
        "agents": agents,
        "skills": [name.removeprefix("skill:") for name in names[len(agents) :]],
        "bias": bias,
        "features": "\n".join(kept),
        "weights": base64.b64encode(weights.tobytes()).decode("ascii"),
    }


def _row(cells: Sequence[str], width: int) -> list[int]:
    """Cells are `column:weight`; a column that is not there is nought."""
    row = [0] * width
    for cell in cells:
        column, _, weight = cell.partition(":")
        row[int(column)] = int(weight)
    return row
