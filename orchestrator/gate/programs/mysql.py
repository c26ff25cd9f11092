"""mysql is the client of MySQL and MariaDB."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import mysql

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute init-command init-command-add host port user database socket protocol default-character-set defaults-file "
    "defaults-extra-file defaults-group-suffix login-path max-allowed-packet net-buffer-length select-limit "
    "max-join-size "
    "connect-timeout plugin-dir default-auth tee prompt delimiter character-sets-dir bind-address "
    "server-public-key-path "
    "tls-version ssl-mode ssl-ca ssl-cert ssl-key ssl-capath ssl-cipher ssl-crl ssl-crlpath histignore "
    "compression-algorithms zstd-compression-level dns-srv-name load-data-local-dir fido-register-factor "
    "tls-ciphersuites ssl-fips-mode oci-config-file authentication-oci-client-config-profile tls-sni-servername"
)
LONG = {
    **{name + "=": name for name in _VALUED.split()},
    "password=?": "password",
    **{f"password{number}=?": "password" for number in (1, 2, 3)},
    "pager=?": "pager",
    "help": "help",
    "version": "version",
    "ssl": "ssl",
}
SHORT = "e:D:h:P:u:S:p::#::"


def read(call: Call) -> None:
    found = parse(call.args, SHORT, LONG)
    if found.has("help", "version", "V", "?", "I"):
        return
    for command in found.values("pager"):
        if command:
            call.shell(command)
    words = found.values("e", "execute")
    for text in words + found.values("init-command", "init-command-add"):
        mysql.judge(call, text)
    if not words and call.stdin:
        mysql.judge(call, call.stdin)
