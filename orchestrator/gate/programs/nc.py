"""nc sends its input to a port; at the ports of key-value stores it is commands."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import redis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_REDIS = ("6379", "6380", "6378", "7000", "26379")
_MEMCACHED = ("11211",)


def read(call: Call) -> None:
    found = parse(call.args, "w:p:q:s:x:X:i:I:O:P:T:V:M:m:e:c:g:G:o:")
    if found.has("l") or not call.stdin:
        return
    port = "".join(found.operands[1:2])
    if port in _REDIS:
        redis.judge_lines(call, call.stdin)
    elif port in _MEMCACHED and "flush_all" in call.stdin:
        call.effect("flush-store")
