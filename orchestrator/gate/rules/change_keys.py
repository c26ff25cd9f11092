"""Keys of a key-value store are written or removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="change-keys",
    decision=ASK,
    why="writes or removes keys of a store",
    instead="show the keys that would change (redis-cli --scan) and let the user agree",
    source="https://redis.io/docs/latest/commands/del/",
    fires_on=(
        "redis-cli del session:1",
        "redis-cli -n 1 set a 1",
        "redis-cli --scan --pattern 'session:*' | xargs redis-cli del",
        "redis-cli expire a 10",
        "redis-cli <<< 'HSET user:1 name x'",
        "etcdctl del app/config",
        "consul kv delete app/config",
        "etcdctl put a b",
    ),
    silent_on=(
        "redis-cli get a",
        "redis-cli hgetall user:1",
        "redis-cli -h cache --bigkeys",
        "redis-cli ttl a",
        "redis-cli xinfo stream s",
        "etcdctl get a",
        "consul kv get a",
    ),
)
