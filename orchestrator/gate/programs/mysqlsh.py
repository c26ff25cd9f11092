"""mysqlsh runs SQL, JavaScript or Python."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, mysql, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "execute file uri host port socket user schema database ssh ssh-config-file result-format connect-timeout "
    "compression-algorithms ssl-mode ssl-ca ssl-cert ssl-key tls-version log-level log-file pym auth-method "
    "register-factor "
    "password1 password2 password3 dba-log-sql log-sql"
)
_LANGUAGES = {"js": "javascript", "javascript": "javascript", "py": "python", "python": "python"}
_SQL = ("sql", "sqlc", "sqlx")
_RISKY = (
    "load-dump",
    "loadDump",
    "import-table",
    "importTable",
    "import-json",
    "importJson",
    "copy-instance",
    "copy-schemas",
)


def read(call: Call) -> None:
    found = parse(call.args, "e:f:h:P:S:u:D:p::", {**verbs.valued(_VALUED), "password=?": "password"})
    if found.has("help", "version", "V", "?"):
        return
    modes = [name for name, _ in found.given if name in _LANGUAGES or name in _SQL]
    language = _LANGUAGES.get(modes[-1], "") if modes else "javascript"
    texts = found.values("e", "execute")
    for path in found.values("f", "file"):
        _judge(call, path, feed.texts(call, [path]), "" if path.endswith(".sql") else language)
    if not texts and not found.has("f", "file") and call.stdin:
        texts = [call.stdin]
    _judge(call, "", texts, language)
    if any(word in _RISKY for word in found.rest):
        call.effect("load-data")


def _judge(call: Call, path: str, texts: list[str], language: str) -> None:
    language = "python" if path.endswith(".py") else language
    for text in texts:
        if language:
            call.code(language, text)
        else:
            mysql.judge(call, text)
