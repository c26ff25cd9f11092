"""Every key of a key-value store is removed."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="flush-store",
    decision=DENY,
    why="removes every key of a store at once; there is no undo",
    instead="remove single keys by name, after the user has agreed",
    source="https://redis.io/docs/latest/commands/flushall/",
    fires_on=(
        "redis-cli flushall",
        "redis-cli -h cache -n 2 FLUSHDB ASYNC",
        "echo FLUSHALL | redis-cli",
        "valkey-cli -a secret flushall",
        "etcdctl del '' --prefix",
        "etcdctl del / --prefix",
        "consul kv delete -recurse ''",
    ),
    silent_on=(
        "redis-cli get flushall",
        "redis-cli ping",
        "redis-cli --scan --pattern 'flushall*'",
        "redis-cli info keyspace",
        "etcdctl get '' --prefix",
        "consul kv get -recurse app",
        "echo FLUSHALL",
    ),
)
