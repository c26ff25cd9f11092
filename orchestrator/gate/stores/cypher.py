"""Cypher, the language of Neo4j, judged by its clauses."""

from __future__ import annotations

from orchestrator.gate.stores.mongo import Token, tokens
from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_WRITES = ("CREATE", "MERGE", "SET", "REMOVE", "FOREACH")


def judge(call: Call, text: str) -> None:
    """Judges every statement of a script."""
    statement: list[Token] = []
    for token in [*tokens(text), Token(";", ";")]:
        if token.kind == ";":
            _statement(call, statement)
            statement = []
        else:
            statement.append(token)


def _statement(call: Call, statement: list[Token]) -> None:
    if not statement:
        return
    words = [token.text.upper() if token.kind == "name" else token.kind for token in statement]
    detail = shown(" ".join(token.text for token in statement))[:200]
    if words[0] == "unknown":
        call.effect("unread-store-command", detail)
    elif words[0] in ("DROP", "STOP", "ALTER", "DENY", "GRANT", "REVOKE"):
        call.effect("destroy-database" if words[:2] == ["DROP", "DATABASE"] else "administer-server", detail)
    elif "DELETE" in words:
        # A pattern with properties, (n {id: 1}), is a filter as well.
        filtered = "WHERE" in words or "{" in words or "LIMIT" in words
        call.effect("change-documents" if filtered else "delete-all-records", detail)
    elif any(word in _WRITES for word in words) or "dropNode" in detail:
        call.effect("change-documents", detail)
