"""trino is the client of Trino."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute file server catalog schema user output-format source session client-info client-tags timezone "
    "keystore-path truststore-path socks-proxy http-proxy krb5-config-path extra-credential "
    "external-authentication-redirect-handler"
)


def read(call: Call) -> None:
    found = parse(call.args, "f:", verbs.valued(_VALUED))
    if not found.has("help", "version"):
        feed.give(call, "trino", found.values("execute"), found.values("f", "file"))
