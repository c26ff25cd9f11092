"""Numbers and text of a run as people read them: "86.9 ms", "61 MB", "77×". The same in both renderings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from math import isfinite
from typing import Any

UNKNOWN = "not measured"
# A vector literal: at least 16 numbers in brackets. Hundreds of them would hide the rest of a condition.
VECTOR = re.compile(r"\[\s*([-+0-9.eE]+(?:\s*,\s*[-+0-9.eE]+){15,})\s*\]")
# Control and format characters, lone surrogates, separators: what is obeyed, hides text or turns its order round.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Seen in plain text: line breaks and tabs, and the characters that join letters in scripts that need it.
HARMLESS = frozenset("\n\t\u00ad\u200c\u200d")


def _known(value: float | None) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def ms(value: float | None) -> str:
    """A duration given in milliseconds."""
    if value is None or not _known(value):
        return UNKNOWN
    if value >= 1000:
        return seconds(value / 1000)
    if value < 0.005:
        return "0 ms"
    return f"{value:.1f} ms" if value >= 0.995 else f"{value:.2f} ms"


def us(value: float | None) -> str:
    """A duration given in microseconds."""
    if value is None or not _known(value):
        return UNKNOWN
    return ms(value / 1000) if value >= 10_000 else f"{value:,.0f} µs"


def seconds(value: float | None) -> str:
    if value is None or not _known(value):
        return UNKNOWN
    if value >= 120:
        minutes, rest = divmod(round(value), 60)
        return f"{minutes} min {rest} s"
    return f"{value:.1f} s" if value >= 0.1 else ms(value * 1000)


def times(value: float | None) -> str:
    """A ratio: 77×, 5.1×."""
    if value is None or not _known(value):
        return UNKNOWN
    return f"{value:,.0f}×" if value >= 10 else f"{value:.1f}×" if value >= 0.95 else f"{value:.2f}×"


def interval(effect: Mapping[str, Any]) -> str:
    return f"{times(effect['ratio_low'])} to {times(effect['ratio_high'])}"


def size(value: float | None) -> str:
    """Bytes in decimal units, as index sizes are given everywhere in a run."""
    if value is None or not _known(value):
        return UNKNOWN
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= unit:
            return (
                f"{value / unit:.1f} {name}" if value / unit < 9.95 and name != "kB" else f"{value / unit:.0f} {name}"
            )
    return f"{value:.0f} bytes"


def count(value: float | None) -> str:
    return f"{value:,.0f}" if value is not None and _known(value) else UNKNOWN


def overlap(value: float | None) -> str:
    """Share of the exact answer that came back. Only a whole answer is written 1.000."""
    if value is None or not _known(value):
        return UNKNOWN
    return f"{min(value, 0.999):.3f}" if value < 1 else f"{value:.3f}"


def share(value: float | None) -> str:
    return f"{value:.0%}" if value is not None and _known(value) else UNKNOWN


def words(name: object) -> str:
    """An id as words: "rank_fusion" is "rank fusion"."""
    return str(name).replace("_", " ")


def shortened(text: str, limit: int = 160) -> str:
    """Text on one line, vector literals cut to their first numbers, at most `limit` characters."""
    flat = " ".join(without_vectors(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def without_vectors(text: str) -> str:
    return VECTOR.sub(_cut_vector, text)


def _cut_vector(found: re.Match[str]) -> str:
    numbers = found.group(1).split(",")
    return f"[{','.join(part.strip() for part in numbers[:3])}, … {len(numbers)} numbers]"


def printable(value: Any) -> Any:
    """The document with each character that a terminal or a page would obey instead of show written as an escape.

    SQL, task and plan text come from others: an escape sequence could clear the terminal, and a lone surrogate cannot
    be written to a file.
    """
    if isinstance(value, str):
        return value if value.isprintable() else "".join(map(_shown, value.replace("\r\n", "\n")))
    if isinstance(value, Mapping):
        return {printable(str(key)): printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value


def _shown(character: str) -> str:
    unseen = unicodedata.category(character) in UNSEEN and character not in HARMLESS
    return f"\\u{ord(character):04x}" if unseen else character
