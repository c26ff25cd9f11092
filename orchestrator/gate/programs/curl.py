"""curl sends web requests."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import http
from orchestrator.gate.text import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_SHORT = "A:b:c:C:d:D:e:E:F:H:K:m:o:P:Q:r:t:T:u:U:w:x:X:y:Y:z:h::"
_VALUED = (
    "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to "
    "continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode "
    "delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine "
    "etag-compare "
    "etag-save expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port "
    "ftp-ssl-ccc-mode "
    "happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256 hsts interface ip-tos "
    "ipfs-gateway json "
    "keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth "
    "mail-from mail-rcpt "
    "max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass "
    "pinnedpubkey "
    "preproxy proto proto-default proto-redir proxy proxy-cacert proxy-cert proxy-ciphers proxy-header proxy-key "
    "proxy-pass proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve retry "
    "retry-delay retry-max-time service-name socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr "
    "telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlspassword tlsuser trace trace-ascii trace-config "
    "unix-socket upload-file url url-query user user-agent variable vlan-priority write-out"
)
_LONG = {
    **{name + "=": name for name in _VALUED.split()},
    "netrc": "n",
    "netrc-optional": "n",
    "request=": "X", "data=": "d", "get": "G", "head": "I", "upload-file=": "T", "output=": "o", "form=": "F",
    "config=": "K",
}  # fmt: skip
_BODIES = ("d", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json")


def read(call: Call) -> None:
    found = parse(call.args, _SHORT, _LONG)
    for path in found.values("o", "dump-header"):
        if path not in ("-", "/dev/null"):
            call.wrote(path, UNKNOWN)
    if found.has("O", "remote-name", "remote-name-all", "J"):
        call.filled(found.last("output-dir") or ".")
    bodies = [_body(call, name, value) for name, value in found.given if name in _BODIES]
    bodies += [http.body(call, "@" + path) for path in found.values("T")]
    for url in found.operands + found.values("url"):
        if found.has("G"):
            http.judge(call, found.last("X", default="GET"), _with_query(url, bodies), [])
        else:
            http.judge(call, _method(found), url, bodies)


def _body(call: Call, name: str, value: str) -> str:
    if name == "data-raw":
        return value
    if name == "data-urlencode":
        # name=content, =content, content; @file is percent-encoded by curl.
        return value[1:] if value.startswith("=") else http.body(call, value)
    return http.body(call, value)


def _method(found: Options) -> str:
    if found.has("X"):
        return found.last("X")
    if found.has(*_BODIES, "F"):
        return "POST"
    if found.has("T"):
        return "PUT"
    return "HEAD" if found.has("I") else "GET"


def _with_query(url: str, bodies: list[str]) -> str:
    joined = "&".join(bodies)
    mark = "&" if "?" in url else "?"
    return url + mark + joined if joined else url
