"""What the name of a database server's tool says that it does: drop-collection, delete_project, apply_migration."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.gate.call import Call

READS = frozenset(
    "get list describe find show read count explain search fetch inspect aggregate info stats status analyze check"
    " prepare validate compare sample scan keys exists hget hgetall lrange smembers ttl type ping".split()
)
DESTROYS = frozenset({"drop", "truncate", "destroy", "flush", "flushdb", "flushall", "wipe", "purge", "reset"})
REMOVES = frozenset({"delete", "remove", "del", "unlink"})
WHOLE = frozenset(
    "database databases db project projects branch collection table tables index instance cluster keyspace schema"
    " bucket stream role".split()
)
CHANGES = frozenset(
    "insert update upsert replace create set hset write rename import restore pause merge rebase expire lpush rpush"
    " sadd zadd append complete save add put modify alter grant revoke failover terminate kill".split()
)
# Stores that are asked in plain words, so that their inputs are no code.
VECTORS = ("qdrant", "pinecone", "weaviate", "chroma", "milvus")
STATEMENT_WORDS = frozenset({"sql", "query", "statement", "statements", "transaction"})


def resources(call: Call, server: str, words: frozenset[str], inputs: Mapping[str, object]) -> None:
    """Tools of container servers that remove what a database lies on, as their command lines would."""
    if "docker" in server and "down" in words and any("volume" in key.lower() and inputs[key] for key in inputs):
        call.run(["docker", "compose", "down", "-v"])
    if any(name in server for name in VECTORS) and words & (REMOVES | DESTROYS) and words & WHOLE:
        call.effect("drop-by-tool", _shown(call, inputs))
    if not words & (REMOVES | DESTROYS | {"prune"}):
        return
    values = [value for value in inputs.values() if isinstance(value, str)]
    if "docker" in server or "podman" in server:
        for kind in words & {"volume", "container", "image", "network", "system"}:
            call.run(["docker", kind, "prune" if "prune" in words else "rm", *values])
    elif "kube" in server or "k8s" in server or "openshift" in server:
        resource = inputs.get("resourceType", inputs.get("kind", inputs.get("resource")))
        call.run(["kubectl", "delete", str(resource), str(inputs.get("name", ""))])


def judge(call: Call, words: frozenset[str], inputs: Mapping[str, object]) -> None:
    if "aggregate" in words and _is_written(inputs.get("pipeline")):
        call.effect("change-by-tool", _shown(call, inputs))
    if "migration" in words or "migrations" in words or "migrate" in words:
        if words & {"apply", "run", "execute", "migrate", "complete", "push"} and not words & {*READS, "generate"}:
            call.effect("run-migration", _shown(call, inputs))
    elif words & DESTROYS or (words & REMOVES and words & WHOLE):
        call.effect("drop-by-tool", _shown(call, inputs))
    elif words & REMOVES:
        _remove(call, words, inputs)
    elif words & CHANGES and not words & READS and not words & STATEMENT_WORDS:
        _change(call, words, inputs)


def _is_written(pipeline: object) -> bool:
    """True for a pipeline of MongoDB whose result goes into a collection."""
    stages = pipeline if isinstance(pipeline, list) else [pipeline]
    return any(stage in str(each)[:4096] for each in stages for stage in ("$out", "$merge"))


def _remove(call: Call, words: frozenset[str], inputs: Mapping[str, object]) -> None:
    filtered = inputs.get("filter", inputs.get("query", inputs.get("where", inputs.get("key", inputs.get("id")))))
    everything = "many" in words or "all" in words or "records" in words or "rows" in words
    if "all" in words or (everything and not filtered):
        call.effect("delete-all-records", _shown(call, inputs))
    else:
        call.effect("change-by-tool", _shown(call, inputs))


def _change(call: Call, words: frozenset[str], inputs: Mapping[str, object]) -> None:
    whole = "many" in words and "update" in words and not inputs.get("filter", inputs.get("query"))
    if words & {"create"} and words & {"branch", "project", "database", "connection", "session"}:
        return
    call.effect("delete-all-records" if whole else "change-by-tool", _shown(call, inputs))


def _shown(call: Call, inputs: Mapping[str, object]) -> str:
    values = [key + "=" + value for key, value in inputs.items() if isinstance(value, str)]
    return (call.name + " " + " ".join(values))[:200]
