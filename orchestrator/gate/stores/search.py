"""Requests to Elasticsearch and OpenSearch."""

from __future__ import annotations

from orchestrator.gate.stores import names
from orchestrator.gate.text import hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.stores.url import Url

_HOSTS = ("elastic", "opensearch", ".es.amazonaws.com", ".aoss.amazonaws.com")
_VERBS = frozenset(
    "_doc _search _bulk _delete_by_query _update_by_query _cat _cluster _reindex _msearch _ilm _index_template "
    "_snapshot "
    "_data_stream".split()
)
# Removing these removes no documents.
_PASSING = frozenset(
    ("_search", "_pit", "_async_search", "_tasks", "_security", "_sql", "_eql", "_scripts", "_watcher")
)
_ASKED = frozenset(
    "_bulk _update_by_query _doc _create _update _reindex _close _shrink _split _aliases _mapping _settings _rollover "
    "_restore".split()
)


def applies(url: Url) -> bool:
    """True if the address is that of a search engine."""
    if url.port in ("9200", "9201", "9243") or any(part in url.host for part in _HOSTS):
        return True
    if "es" in names.words(url.host.partition(".")[0]):
        return True
    return any(segment in _VERBS for segment in url.segments) or any(_engine(hint) for hint in hints(url.host.upper()))


def _engine(hint: str) -> bool:
    words = hint.upper().split("_")
    return "ES" in words or "ELASTIC" in hint.upper() or "OPENSEARCH" in hint.upper()


def rule(method: str, url: Url, body: str) -> str:
    """The rule that a request falls under, "" for a harmless one."""
    path = url.segments
    if "_delete_by_query" in path:
        query = url.parameter("q")
        everything = query in ("*", "*:*") if query else _matches_all(body)
        return "delete-all-records" if everything else "change-documents"
    if method == "DELETE":
        return _removal(path)
    if method not in ("POST", "PUT"):
        return ""
    if path[:2] == ["_cluster", "settings"]:
        return "administer-server"
    return "change-documents" if any(segment in _ASKED for segment in path) else ""


def _removal(path: list[str]) -> str:
    if not path:
        return ""
    if path[0] in _PASSING or path[-1] in _PASSING:
        return ""
    if path[0] == "_snapshot":
        return "remove-backup"
    if path[0] == "_data_stream" or len(path) == 1:
        return "drop-collection"
    return "change-documents"


def _matches_all(body: str) -> bool:
    bare = "".join(body.split()).lower()
    return not bare or "match_all" in bare or bare in ("{}", '{"query":{}}')
