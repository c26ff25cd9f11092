"""Calls that send a web request: to a search engine, a document store, a managed database."""

from __future__ import annotations

from orchestrator.gate.code.site import table
from orchestrator.gate.code.values import as_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from orchestrator.gate.code.site import Site
    from orchestrator.gate.code.values import Value


def judge(site: Site) -> None:
    known = TABLES.get(site.name)
    if known is None or not site.link.args or site.program.script:
        return
    method, url = known(site)
    if method and url.startswith("http"):
        from orchestrator.gate.stores import http

        bodies = [written(site.named(name)) for name in ("json", "data", "body", "content")]
        http.judge(site.call, method, url, [body for body in bodies if body])


def _named(site: Site) -> tuple[str, str]:
    """requests.delete(url), axios.post(url, …)"""
    return site.name, as_text(site.arg())


def _first(site: Site) -> tuple[str, str]:
    """requests.request("DELETE", url)"""
    return as_text(site.arg()), as_text(site.arg(1))


def _option(site: Site) -> tuple[str, str]:
    """fetch(url, { method: "DELETE" }), Request(url, method="DELETE")"""
    method = site.named("method")
    return (method if isinstance(method, str) else ""), as_text(site.arg())


def written(value: Value, depth: int = 0) -> str:
    """The value as JSON would write it, near enough to be read."""
    if isinstance(value, dict) and depth < 6:
        return "{" + ",".join('"' + key + '":' + written(each, depth + 1) for key, each in value.items()) + "}"
    if isinstance(value, list) and depth < 6:
        return "[" + ",".join(written(each, depth + 1) for each in value[:50]) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value] if depth == 0 or value is not None else "null"
    return as_text(value) if depth == 0 else '"' + as_text(value) + '"'


TABLES: dict[str, Callable[[Site], tuple[str, str]]] = table({
    _named: "delete post put patch",
    _first: "request",
    _option: "fetch Request axios ofetch",
})  # fmt: skip
