"""What the gate says to the client: nothing, a question, or a refusal. It never says allow."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, DENY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.gate.judgement import Judgement
    from orchestrator.gate.place import Place
    from orchestrator.gate.rule import Effect

HELD = 2  # the only exit code that stops a call by itself


class Reply:
    """What the hook process prints and how it ends."""

    __slots__ = ("code", "stderr", "stdout")

    def __init__(self, stdout: str, stderr: str, code: int) -> None:
        self.stdout = stdout
        self.stderr = stderr
        self.code = code


SILENCE = Reply("", "", 0)


def reply(event: Mapping[str, object], place: Place, found: Judgement) -> Reply:
    """The answer to one tool call. A call that is held is recorded; a granted one uses its grant up and passes."""
    if not found.decision:
        return SILENCE
    from orchestrator.gate import audit, grants, reason

    held = found.worst()
    because = _tightened(event, place, held) if found.decision == ASK else ""
    decision = DENY if because else found.decision
    fingerprint = grants.fingerprint(event, place.cwd, found.read)
    # Nobody can grant an agent the granting.
    by_itself = any(effect.rule.id == "self-approval" for effect in held)
    person = "" if by_itself else grants.spend(place.data, fingerprint)
    written = audit.record(
        place, event, decision="used" if person else decision, held=held, fingerprint=fingerprint, person=person
    )
    if person:
        return SILENCE
    code = "" if by_itself else fingerprint[: grants.CODE_LENGTH]
    return spoken(decision, reason.text(held, decision, code, because, written))


def _tightened(event: Mapping[str, object], place: Place, held: list[Effect]) -> str:
    from orchestrator.gate import tighten

    return tighten.because(event, place, held)


def spoken(decision: str, text: str) -> Reply:
    """A refusal or a question with its reason."""
    if decision != ASK:
        return Reply("", text + "\n", HELD)
    from orchestrator.gate.jsontext import encoded

    question = {"hookEventName": "PreToolUse", "permissionDecision": "ask", "permissionDecisionReason": text}
    return Reply(encoded({"hookSpecificOutput": question}) + "\n", "", 0)
