"""Why a task went where it went, for the eye: the task with its words marked, then every rule."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from orchestrator.router.answer import Route
    from orchestrator.router.decision import RankedSkill

AROUND = 60  # characters kept around what is marked in a long task
LONG = 2_000
LEAST_SHOWN = 0.05  # points; less is rounding


def shown(text: str, *, at_most: int = LONG) -> str:
    """`text` on one line, without anything that would move the cursor, cut after `at_most` characters."""
    cut = text if len(text) <= at_most else f"{text[:at_most]}…"
    return "".join(map(_visible, cut))


def _visible(character: str) -> str:
    if character == "\n":
        return " ⏎ "
    if character < " ":
        return chr(0x2400 + ord(character))
    return character if character.isprintable() or character == "\u3000" else "\ufffd"


def explanation(found: Route, stream: TextIO) -> Iterator[str]:
    yield f"  {_marked(found, coloured=_has_colour(stream))}"
    for hit in found.matched:
        skill = f", {hit.skills[0]}" if hit.skills else ""
        yield f"  {hit.weight:>4g}  {hit.agent}{skill}: [{_text(found, hit.start, hit.end)}] by {hit.rule}"
    for entry in found.suppressed:
        text = _text(found, entry.hit.start, entry.hit.end)
        yield f"     -  {entry.hit.agent}: [{text}] does not count: {entry.because}"
    yield f"  score {found.score:g}, lead {found.lead:g}; decided by {found.decided_by}"
    yield from _why_skill(found)
    if found.runner_up:
        yield f"  runner-up: {found.runner_up.agent} with {found.runner_up.score:g}"
    for segment in found.segments[1:]:
        yield f"  then {segment.agent}: {shown(segment.text, at_most=200)}"
    if found.hands_off_to:
        yield f"  hands off to {', '.join(found.hands_off_to)}"


def _why_skill(found: Route) -> Iterator[str]:
    """What the first skill got from which phrases and from single words; what the next one got."""
    if not found.skills or found.segments:
        return
    first = found.skills[0]
    opening = any(hit.leading and hit.skills[:1] == (first.name,) for hit in found.matched)
    reason = "; the request opens with it" if opening else ""
    following = f"; next {found.skills[1].name} {found.skills[1].score:g}" if len(found.skills) > 1 else ""
    given = " + ".join(f"{of} {points:.3g}" for of, points in _points(found, first)) or "as labelled"
    yield f"  skill {first.name} {first.score:g}: {given}{reason}{following}"


def _points(found: Route, first: RankedSkill) -> Iterator[tuple[str, float]]:
    """What gave points to the skill. What no phrase gave came from single words; a label gives none."""
    parts = [
        (f"[{_text(found, hit.start, hit.end)}]", hit.weight / (hit.skills.index(first.name) + 1))
        for hit in found.matched
        if hit.agent == found.agent and first.name in hit.skills
    ]
    yield from parts
    learned = round(first.score - sum(points for _, points in parts), 2)
    if learned >= LEAST_SHOWN or (not parts and learned > 0):
        yield "words", learned


def _text(found: Route, start: int, end: int) -> str:
    return shown(found.task[start:end], at_most=120)


def _has_colour(stream: TextIO) -> bool:
    """As terminals and https://no-color.org want it."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _marked(found: Route, *, coloured: bool) -> str:
    """The task with every word marked that counts for the agent chosen: in colour, or in brackets."""
    spans = [(hit.start, hit.end) for hit in found.matched if hit.agent == found.agent or found.segments]
    pieces: list[str] = []
    at = 0
    for start, end in _merged(spans):
        pieces.append(_between(found.task[at:start], is_first=at == 0))
        marked = shown(found.task[start:end], at_most=400)
        pieces.append(click.style(marked, fg="green", bold=True) if coloured else f"[{marked}]")
        at = end
    rest = found.task[at:]
    pieces.append(shown(rest, at_most=LONG if not pieces else max(AROUND, LONG // 4)))
    return "".join(pieces)


def _between(text: str, *, is_first: bool) -> str:
    """What stands between two marks, with its middle left out where it is long."""
    if len(text) <= 4 * AROUND:
        return shown(text)
    return f"{'' if is_first else shown(text[:AROUND])}…{shown(text[-AROUND:])}"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
