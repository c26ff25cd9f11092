"""What Claude Code makes of each file: used, ignored, dropped, and what is in force in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.report import figures
from orchestrator.report.findings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orchestrator.plugin.check import Checked

LABEL = 10


def lines(checked: Sequence[Checked]) -> Iterator[str]:
    """A block for each file that the client reads; files of ours alone are left out."""
    for each in checked:
        prediction = each.prediction
        if prediction is None and not each.loads and not each.ignores:
            continue
        yield ""
        client = f" by Claude Code {prediction.client_version}" if prediction else ""
        state = f"read{client}" if prediction is None or prediction.loads else f"left out{client}"
        yield one_line(f"{each.file} ({each.kind}): {state}")
        yield from _rows(each)


def _rows(checked: Checked) -> Iterator[str]:
    yield _row("uses", ", ".join(checked.loads) or "none of the keys")
    yield _row("ignores", ", ".join(checked.ignores) or "nothing")
    prediction = checked.prediction
    if prediction is None:
        return
    for key, value, why in prediction.dropped:
        yield _row("drops", f"{key}: {figures.shortened(str(value), 60)} ({why})")
    if prediction.loads and checked.kind == "agent":
        yield _row("name", prediction.name or "none")
        yield _row("tools", "all of them" if prediction.tools is None else ", ".join(prediction.tools) or "none at all")
        yield _row("model", prediction.model or "that of the session")


def _row(label: str, value: str) -> str:
    return f"  {label:<{LABEL}}{one_line(value)}"
