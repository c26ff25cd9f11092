"""redis-cli sends commands to Redis, from its words or from standard input."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import feed, redis, verbs
from orchestrator.gate.text import UNKNOWN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "user pass askpass-file cacert cacertdir cert key sni tls-ciphers tls-ciphersuites eval pattern "
    "quoted-pattern count "
    "intrinsic-latency lru-test rdb functions-rdb show-pushes pipe-timeout keystats-samples cursor top memkeys-samples "
    "url uri dsn iredisrc prompt db"
)
_CLUSTER_READS = ("check", "info", "help", "backup")


def read(call: Call) -> None:
    found = parse(_joined_eval(call.args), "h:p:s:a:u:n:r:i:d:D:X:t:", verbs.valued(_VALUED), stop=True)
    if found.has("help", "version", "v"):
        return
    if found.has("eval"):
        _script(call, found.last("eval"))
    elif found.has("cluster"):
        _cluster(call, found.rest)
    elif not found.has(
        "scan", "bigkeys", "memkeys", "hotkeys", "keystats", "stat", "latency", "rdb", "replica", "slave"
    ):
        _commands(call, found)


def _joined_eval(args: list[str]) -> list[str]:
    # "--" is no end of options here: redis-cli --eval and --scan stand among them, and a lone "-" is a key.
    return [word for word in args if word != "--"]


def _commands(call: Call, found: Options) -> None:
    words = found.rest
    if words:
        # -x takes the last argument from standard input, -X the one named so.
        redis.judge(call, [*words, UNKNOWN] if found.has("x") else words)
    elif call.stdin:
        redis.judge_lines(call, call.stdin)


def _script(call: Call, path: str) -> None:
    text = feed.content(call, path)
    if text is None:
        call.effect("unread-store-command", f"{call.name} runs {shown(path)}, which cannot be read")
    else:
        redis.judge(call, ["eval", text])


def _cluster(call: Call, words: list[str]) -> None:
    if words and words[0] not in _CLUSTER_READS:
        call.effect("administer-server")
