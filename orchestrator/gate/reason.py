"""The reason that goes with a refusal or a question, for the agent that reads it and the person behind it."""

from __future__ import annotations

from orchestrator.gate import redact
from orchestrator.gate.rule import ASK
from orchestrator.gate.text import UNKNOWN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.gate.rule import Effect

EFFECTS = 3
DETAIL = 200
NOTHING_KNOWN = shown(UNKNOWN)


def text(held: Sequence[Effect], decision: str, code: str, because: str, written: bool) -> str:
    """Up to three effects, why a question became a refusal, and what may be done now."""
    lines = [_line(effect) for effect in held[:EFFECTS]]
    if len(held) > EFFECTS:
        more = len(held) - EFFECTS
        lines.append("And " + str(more) + (" more effect" if more == 1 else " more effects") + " of this kind.")
    if because:
        lines.append("This would be a question, but " + because + ".")
    lines.append(_end(decision, code, written))
    return "\n".join(lines)


def _line(effect: Effect) -> str:
    rule = effect.rule
    detail = brief(effect.detail)
    if effect.path and effect.detail in (UNKNOWN, NOTHING_KNOWN):
        detail = "the input of " + brief(effect.path[-1])
    return f"{rule.id}: {rule.why}. It was: {detail}. Instead: {rule.instead}. ({rule.source})"


def _end(decision: str, code: str, written: bool) -> str:
    if decision == ASK:
        return (
            "A person decides about this call. If the answer is no: do not rephrase it or reach the same effect "
            "another way." + ("" if written else " The audit could not be written.")
        )
    held = "The call did not run: do not rephrase it or reach the same effect another way; a person can run it"
    if not written:
        return held + ". The audit could not be written, so it cannot be granted."
    if not code:
        return held + "."
    return held + ", or grant exactly this call once with `orchestrate gate allow " + code + "` in their own terminal."


def brief(detail: str) -> str:
    """One short line without secrets and without characters that steer a terminal."""
    line = printable(redact.redacted(shown(detail[: 10 * DETAIL]))).strip().rstrip(".")
    return line if len(line) <= DETAIL else line[: DETAIL - 1].rstrip() + "…"


def printable(line: str) -> str:
    """The text in one line, every other character that cannot be shown as a question mark."""
    flat = " ".join(line.split())
    return flat if flat.isprintable() else "".join([each if each.isprintable() else "?" for each in flat])
