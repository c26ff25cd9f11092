"""The JSON objects that stand in an agent's last message, in a code block or not."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

# Work is counted in characters that were read, so that a message full of braces costs no more than a second.
MOST_WORK = 6_000_000
DEEPEST = 64
LONGEST_INTEGER = 300
_DEEP_WORK = 20_000
_START = re.compile(r"\{\s*[\"}]")


@dataclass(frozen=True, kw_only=True)
class Found:
    """An object, and what in it is not JSON or cannot be kept."""

    value: dict[str, Any]
    faults: tuple[str, ...]


def found_in(text: str) -> list[Found]:
    """Every object that stands by itself, in the order of the message; none that is inside of another."""
    found: list[Found] = []
    at, left = 0, MOST_WORK
    while left > 0 and (start := _START.search(text, at)):
        faults: list[str] = []
        try:
            value, end = _decoder(faults).raw_decode(text, start.start())
        except json.JSONDecodeError as error:
            end, left = start.start() + 1, left - (error.pos - start.start()) - error.pos // 100
        except RecursionError:
            end, left = start.start() + 1, left - _DEEP_WORK
        else:
            found.append(Found(value=value, faults=(*dict.fromkeys(faults), *_depth_faults(value))))
            left -= end - start.start()
        at, left = end, left - 50
    return found


def _decoder(faults: list[str]) -> json.JSONDecoder:
    """Notes what it cannot take and reads on, so that the message can say what was wrong with the object."""

    def constant(shown: str) -> None:
        faults.append(f"{shown} is not JSON; write a number or null")

    def fraction(shown: str) -> float:
        value = float(shown)
        if not math.isfinite(value):
            faults.append(f"the number {shown[:20]} is too large")
            return 0.0
        return value

    def integer(shown: str) -> int:
        if len(shown) > LONGEST_INTEGER:
            faults.append(f"the number {shown[:20]}… with {len(shown)} digits is too large")
            return 0
        return int(shown)

    return json.JSONDecoder(parse_constant=constant, parse_float=fraction, parse_int=integer)


def _depth_faults(value: object) -> list[str]:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            return [f"it is nested more than {DEEPEST} deep"]
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return []
