"""Web requests that change a store: search engines, document stores, SQL over HTTP, managed databases.

A request to an ordinary service says nothing about a database and is never reported.
"""

from __future__ import annotations

from orchestrator.gate.stores import search, sqltext
from orchestrator.gate.stores.url import Url
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.call import Call

_CHANGES = ("POST", "PUT", "PATCH", "DELETE")
# Parameters of PostgREST that choose no rows.
_NO_FILTER = frozenset(("select", "columns", "order", "limit", "offset", "on_conflict", "apikey", "prefer"))
_INDEXES = ("qdrant", "weaviate", "meilisearch", "typesense", "milvus")
_MANAGED = (
    ("api.supabase.com", ("projects", "branches")),
    ("console.neon.tech", ("projects", "branches", "databases", "endpoints")),
    ("api.planetscale.com", ("databases", "branches")),
    ("api.digitalocean.com", ("databases",)),
    ("api.render.com", ("postgres", "redis", "key-value")),
    ("api.turso.tech", ("databases", "groups")),
    ("api.aiven.io", ("service",)),
    ("api.heroku.com", ("addons",)),
    ("api.cloudflare.com", ("d1",)),
    ("cloud.mongodb.com", ("clusters", "flexClusters")),
)


class Request:
    """One request: the method in capitals, the bodies as text, UNKNOWN where a file cannot be read."""

    __slots__ = ("bodies", "call", "method", "url")

    def __init__(self, call: Call, method: str, url: str, bodies: list[str]) -> None:
        self.call = call
        self.method = method.upper()
        self.url = Url(url)
        self.bodies = bodies

    @property
    def body(self) -> str:
        return "&".join(self.bodies)


def judge(call: Call, method: str, url: str, bodies: list[str]) -> None:
    request = Request(call, method, url, bodies)
    for applies, handle in _HANDLERS:
        if applies(request):
            handle(request)
            return
    sqltext.judge_body(call, request.url, request.body)


def _is_search(request: Request) -> bool:
    return search.applies(request.url)


def _search(request: Request) -> None:
    rule = search.rule(request.method, request.url, request.body)
    if rule:
        request.call.effect(rule)


def _is_clickhouse(request: Request) -> bool:
    # Home Assistant has the same port, with a path.
    return "clickhouse" in request.url.host or (request.url.port == "8123" and not request.url.segments)


def _clickhouse(request: Request) -> None:
    # With a query in the address the body is data.
    query = request.url.parameter("query")
    for text in [query] if query else request.bodies:
        request.call.sql(text, "clickhouse")


def _is_influx(request: Request) -> bool:
    return request.url.port == "8086" or "influx" in request.url.host


def _influx(request: Request) -> None:
    path = request.url.segments
    if path[-1:] == ["query"]:
        text = request.url.parameter("q") or sqltext.form_value(request.body, "q")
        if text:
            request.call.sql(text, "influxql")
    elif path[-1:] == ["delete"] and request.method == "POST":
        request.call.effect("change-documents" if "predicate" in request.body else "delete-all-records")
    elif request.method == "DELETE" and "buckets" in path:
        request.call.effect("destroy-database")
    elif path[-1:] == ["write"]:
        request.call.effect("load-data")


def _is_couch(request: Request) -> bool:
    return request.url.port in ("5984", "6984") or "couchdb" in request.url.host or "cloudant" in request.url.host


def _couch(request: Request) -> None:
    path = request.url.segments
    posted = request.method == "POST" and (len(path) == 1 or path[-1:] in (["_bulk_docs"], ["_purge"], ["_replicate"]))
    if request.method == "DELETE" and len(path) == 1:
        request.call.effect("destroy-database")
    elif posted or (request.method in ("DELETE", "PUT") and len(path) > 1):
        request.call.effect("change-documents")


def _is_rest(request: Request) -> bool:
    """PostgREST as Supabase serves it."""
    path = request.url.segments
    host = request.url.host
    there = "supabase" in host or host in ("localhost", "127.0.0.1", "kong")
    return there and path[:2] == ["rest", "v1"] and len(path) > 2 and path[2] != "rpc"


def _rest(request: Request) -> None:
    if request.method not in _CHANGES:
        return
    filtered = any(name not in _NO_FILTER for name, _ in request.url.parameters)
    if filtered or request.method in ("POST", "PUT"):
        request.call.effect("change-documents")
    else:
        request.call.effect("delete-all-records" if request.method == "DELETE" else "update-all-documents")


def _is_index(request: Request) -> bool:
    """Qdrant, Meilisearch, Typesense, Milvus and Weaviate."""
    url = request.url
    if url.port in ("6333", "6334", "7700", "8108", "19530") or any(name in url.host for name in _INDEXES):
        return True
    return url.segments[:2] == ["v1", "schema"]


def _index(request: Request) -> None:
    path = request.url.segments
    if request.method == "DELETE" and len(path) > 1:
        whole = path[-2] in ("collections", "indexes", "schema")
        everything = path[-1] in ("documents", "schema")
        request.call.effect("drop-collection" if whole else "delete-all-records" if everything else "change-documents")
    elif request.method == "POST" and path[-1:] == ["delete"]:
        request.call.effect("change-documents")


def _is_solr(request: Request) -> bool:
    return request.url.port == "8983" or "solr" in request.url.segments[:1]


def _solr(request: Request) -> None:
    body = request.body + request.url.parameter("stream.body")
    if request.url.parameter("action").upper() in ("UNLOAD", "DELETE"):
        request.call.effect("drop-collection")
    elif "delete" in body and "update" in request.url.segments:
        request.call.effect("delete-all-records" if "*:*" in body else "change-documents")


def _is_neo4j(request: Request) -> bool:
    return request.url.port in ("7474", "7473") or request.url.segments[-2:] == ["tx", "commit"]


def _neo4j(request: Request) -> None:
    from orchestrator.gate.stores import cypher  # curl is an everyday command; it should not wait for this

    for text in sqltext.json_values(request.body):
        cypher.judge(request.call, text)


def _is_upstash(request: Request) -> bool:
    return request.url.host.endswith(".upstash.io")


def _upstash(request: Request) -> None:
    """Redis commands as the path, or as a JSON array."""
    from orchestrator.gate.stores import redis  # as above

    words = request.url.segments or sqltext.strings(request.body)
    redis.judge(request.call, words)


def _is_firebase(request: Request) -> bool:
    return request.url.host.endswith((".firebaseio.com", ".firebasedatabase.app"))


def _firebase(request: Request) -> None:
    if request.method == "DELETE" or (request.method == "PUT" and request.body.strip() == "null"):
        request.call.effect("delete-all-records" if len(request.url.segments) < 2 else "change-documents")
    elif request.method in _CHANGES:
        request.call.effect("change-documents")


def _is_managed(request: Request) -> bool:
    return request.method == "DELETE" and any(request.url.host == host for host, _ in _MANAGED)


def _managed(request: Request) -> None:
    kinds = next(kinds for host, kinds in _MANAGED if host == request.url.host)
    if any(segment in kinds for segment in request.url.segments):
        request.call.effect("destroy-cloud-database")


_HANDLERS: tuple[tuple[Callable[[Request], bool], Callable[[Request], None]], ...] = (
    (_is_search, _search),
    (_is_clickhouse, _clickhouse),
    (_is_influx, _influx),
    (_is_couch, _couch),
    (_is_rest, _rest),
    (_is_index, _index),
    (_is_solr, _solr),
    (_is_neo4j, _neo4j),
    (_is_upstash, _upstash),
    (_is_firebase, _firebase),
    (_is_managed, _managed),
)


def body(call: Call, value: str) -> str:
    """A body given as curl does: @file, @- for standard input, or the text itself."""
    if not value.startswith("@"):
        return value
    if value == "@-":
        return call.stdin or ""
    text = call.read(value[1:])
    return UNKNOWN if text is None else text
