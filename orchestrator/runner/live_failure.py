"""What went wrong in a session, as one error that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orchestrator.model.errors import CouldNotFindOut, OrchestrateError
from orchestrator.runner.spec import RunSpec

# The client retries by itself before it gives up; what is left for a person, by status of the last answer.
_API = {
    400: ("refused the request", "See the detail; a model that the account may not use is refused so as well."),
    401: ("refused the key", "Set a valid key: ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN or CLAUDE_CODE_OAUTH_TOKEN."),
    403: ("refused access", "The key is known but may not do this: use another one."),
    404: ("does not know the model or the address", "See ANTHROPIC_BASE_URL and the model in the detail."),
    413: ("refused the request as too large", "Begin anew with a smaller task."),
    429: ("refused more requests for now", "Wait, or raise the limit of the account."),
}
_BUSY = ("could not answer", "Wait a while.")
_NO_ANSWER = ("was not reached", "See that the network and ANTHROPIC_BASE_URL work.")


def failure(result: Mapping[str, Any] | None, spec: RunSpec, *, left: str) -> OrchestrateError | None:
    """The error that the session's result stands for, None where it holds an answer.

    `left` says in a sentence what the agents have left so far, "" if nothing.
    """
    if result is None:
        return CouldNotFindOut("the session ended without a result", detail=left)
    if result["is_error"]:
        return _explained(result, spec, left)
    if result["structured_output"] is None:
        said = str(result["result"] or "").strip()
        return CouldNotFindOut(
            "the session ended without an answer in the agreed form: StructuredOutput was not called",
            detail=_joined(f'It said: "{said[:300]}".' if said else "", left),
            hint="Try again, or give the task to the agent inside Claude Code.",
        )
    return None


def _explained(result: Mapping[str, Any], spec: RunSpec, left: str) -> OrchestrateError:
    known = {
        "error_max_turns": (
            f"the session used all {spec.max_turns} turns of its main thread",
            f"Give it more: --max-turns {spec.max_turns * 2}.",
        ),
        "error_max_budget_usd": (
            f"the session cost ${result['total_cost_usd'] or 0:.4f}, its limit is ${spec.max_usd:g}",
            f"Give it more: --max-usd {max(spec.max_usd, result['total_cost_usd'] or 0) * 2:.4g}.",
        ),
        "error_max_structured_output_retries": (
            "the model did not bring its answer into the agreed form, in five tries",
            "Try again, or give the task to the agent inside Claude Code.",
        ),
    }
    if result["subtype"] in known:
        message, hint = known[result["subtype"]]
        return CouldNotFindOut(message, detail=left, hint=hint)
    if result["terminal_reason"] == "api_error" or result["api_error_status"]:
        return _api(result, left)
    said = "; ".join(map(str, result["errors"] or [])) or str(result["result"] or result["subtype"])
    return CouldNotFindOut(f"the session failed: {_line(said)}", detail=left, hint="See events.jsonl of the run.")


def _api(result: Mapping[str, Any], left: str) -> OrchestrateError:
    status = result["api_error_status"]
    what, hint = _API.get(status, _BUSY if status else _NO_ANSWER)
    said = str(result["result"] or "; ".join(map(str, result["errors"] or [])))
    shown = f" ({status})" if status else ""
    return CouldNotFindOut(f"the API of the model {what}{shown}", detail=_joined(_line(said), left), hint=hint)


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
