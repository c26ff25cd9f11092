"""Commands of Redis and its relatives."""

from __future__ import annotations

from orchestrator.gate.text import OPEN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from orchestrator.gate.call import Call

_FLUSHES = ("flushall", "flushdb")
_WRITES = frozenset(
    "append bitfield bitop blmove blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin copy decr decrby del "
    "delex expire "
    "expireat geoadd geosearchstore getdel getex getset hdel hexpire hexpireat hgetdel hgetex hincrby "
    "hincrbyfloat hmset "
    "hpersist hpexpire hpexpireat hset hsetex hsetnx incr incrby incrbyfloat linsert lmove lmpop lpop lpush "
    "lpushx lrem lset "
    "ltrim migrate move mset msetex msetnx persist pexpire pexpireat pfadd pfmerge psetex rename renamenx restore rpop "
    "rpoplpush rpush rpushx sadd sdiffstore set setbit setex setnx setrange sinterstore smove sort spop srem "
    "sunionstore "
    "swapdb unlink vadd vrem vsetattr xack xackdel xadd xautoclaim xclaim xdel xdelex xsetid xtrim zadd "
    "zdiffstore zincrby "
    "zinterstore zmpop zpopmax zpopmin zrangestore zrem zremrangebylex zremrangebyrank zremrangebyscore "
    "zunionstore".split()
)
_ADMINISTERS = frozenset(
    "debug eval evalsha fcall replicaof slaveof failover reset-cluster monitor-stop psync sync replconf".split()
)
# What these words are followed by decides; everything that is not named here reads.
_SUBCOMMANDS = {
    "config": ("set", "rewrite", "resetstat"),
    "script": ("flush", "kill"),
    "function": ("flush", "delete", "load", "restore", "kill"),
    "cluster": (
        "reset", "failover", "forget", "meet", "replicate", "addslots", "addslotsrange", "delslots", "delslotsrange",
        "setslot", "flushslots", "set-config-epoch", "bumpepoch",
    ),
    "acl": ("setuser", "deluser", "load", "save"),
    "client": ("kill", "pause", "no-evict"),
    "module": ("load", "loadex", "unload"),
    "debug": (),
    "memory": ("purge",),
    "latency": ("reset",),
    "slowlog": ("reset",),
}  # fmt: skip
_GROUPS = {"xgroup": ("create", "destroy", "setid", "delconsumer", "createconsumer")}
_READ_SUBCOMMANDS = {"debug": ("object", "sleep", "help", "jmap", "digest", "digest-value", "stringmatch-len")}
_MODULE_READS = (
    "get",
    "info",
    "list",
    "search",
    "exists",
    "type",
    "len",
    "query",
    "range",
    "keys",
    "profile",
    "explain",
)


def judge(call: Call, words: Sequence[str]) -> None:
    """Reports what one command would do to the store."""
    if not words or not words[0]:
        return
    name = words[0].lower()
    second = words[1].lower() if len(words) > 1 else ""
    detail = shown(" ".join(words))[:200]
    if OPEN in name:
        call.effect("unread-store-command", detail)
    elif name in _FLUSHES or (name in ("eval", "fcall") and any(word in second for word in _FLUSHES)):
        call.effect("flush-store", detail)
    elif name in _WRITES and not _reads_anyway(name, words):
        call.effect("change-keys", detail)
    elif name == "shutdown":
        call.effect("stop-server", detail)
    elif _administers(name, second):
        call.effect("administer-server", detail)
    elif second in _GROUPS.get(name, ()) or _module_writes(name):
        call.effect("change-keys", detail)


def _reads_anyway(name: str, words: Sequence[str]) -> bool:
    """SORT writes with STORE only, BITFIELD with SET or INCRBY."""
    rest = [word.lower() for word in words[1:]]
    if name == "sort":
        return "store" not in rest
    return name == "bitfield" and "set" not in rest and "incrby" not in rest


def _administers(name: str, second: str) -> bool:
    if name in _READ_SUBCOMMANDS:
        return second not in _READ_SUBCOMMANDS[name]
    if name in _SUBCOMMANDS:
        return OPEN in second or second in _SUBCOMMANDS[name]
    return name in _ADMINISTERS


def _module_writes(name: str) -> bool:
    """JSON.SET, FT.DROPINDEX, TS.ADD: commands of modules have a dot."""
    prefix, dot, verb = name.partition(".")
    return bool(dot) and prefix.isalpha() and not any(read in verb for read in _MODULE_READS)


def judge_lines(call: Call, text: str) -> None:
    """Judges commands on lines, as redis-cli reads them from its input; also those of its protocol."""
    for line in text.replace("\r", "").split("\n"):
        words = split(line)
        if words and not words[0].startswith(("*", "$", "#")):
            judge(call, words)


def split(line: str) -> list[str]:
    """Words of a line; quotes keep blanks together."""
    words: list[str] = []
    word = ""
    quote = ""
    for letter in line + " ":
        if quote:
            if letter == quote:
                quote = ""
            else:
                word += letter
        elif letter in "'\"":
            quote = letter
        elif letter.isspace():
            words += [word] if word else []
            word = ""
        else:
            word += letter
    # A repetition count may stand before the command: 5 INCR counter.
    return words[1:] if len(words) > 1 and words[0].isdecimal() else words
