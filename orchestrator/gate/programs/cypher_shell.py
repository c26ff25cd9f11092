"""cypher-shell runs Cypher on Neo4j."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import cypher, feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = "address uri username password impersonate database encryption param file format log access-mode idle-timeout"


def read(call: Call) -> None:
    found = parse(call.args, "a:u:p:d:P:f:", verbs.valued(_VALUED))
    if found.has("help", "version", "h", "v"):
        return
    texts = list(found.operands)
    for path in found.values("f", "file"):
        texts += feed.texts(call, [path])
    if not texts and not found.has("f", "file") and call.stdin:
        texts.append(call.stdin)
    for text in texts:
        cypher.judge(call, text)
