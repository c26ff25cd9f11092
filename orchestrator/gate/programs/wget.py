"""wget fetches web pages; with --method and --post-data it sends any request."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import http, verbs
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = {
    **verbs.valued(
        "execute output-file append-output input-file base config tries timeout dns-timeout connect-timeout "
        "read-timeout wait "
        "waitretry quota bind-address limit-rate user password http-user http-password header max-redirect proxy-user "
        "proxy-password referer user-agent save-cookies load-cookies post-data post-file method body-data "
        "body-file level "
        "accept reject accept-regex reject-regex domains exclude-domains include-directories exclude-directories "
        "cut-dirs "
        "directory-prefix default-page certificate private-key ca-certificate ca-directory secure-protocol "
        "restrict-file-names "
        "progress local-encoding remote-encoding compression retry-on-http-error prefer-family start-pos report-speed"
    ),
    "output-document=": "O",
}


def read(call: Call) -> None:
    found = parse(call.args, "O:o:a:i:B:e:t:T:w:Q:U:P:l:A:R:D:I:X:", _LONG)
    for path in found.values("O", "output-file", "o"):
        if path not in ("-", "/dev/null", "/dev/stdout"):
            call.wrote(path, UNKNOWN)
    if found.operands and not found.has("O", "spider"):
        call.filled(found.last("P", "directory-prefix") or ".")
    bodies = found.values("post-data", "body-data")
    bodies += [http.body(call, "@" + path) for path in found.values("post-file", "body-file")]
    method = found.last("method", default="POST" if bodies else "GET")
    for url in found.operands:
        http.judge(call, method, url, bodies)
