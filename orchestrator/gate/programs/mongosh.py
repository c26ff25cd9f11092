"""mongosh is MongoDB's shell."""

from __future__ import annotations

from orchestrator.gate.options import parse
from orchestrator.gate.stores import feed, mongo, verbs
from orchestrator.gate.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "eval file host port username authenticationDatabase authenticationMechanism awsIamSessionToken gssapiServiceName "
    "gssapiHostName sspiHostnameCanonicalization sspiRealmOverride tlsCertificateKeyFile tlsCertificateKeyFilePassword "
    "tlsCAFile tlsCRLFile tlsCertificateSelector tlsDisabledProtocols sslPEMKeyFile sslPEMKeyPassword sslCAFile "
    "sslCRLFile "
    "apiVersion awsAccessKeyId awsSecretAccessKey keyVaultNamespace kmsURL networkMessageCompressors oidcFlows "
    "oidcRedirectUri browser"
)
_SCRIPTS = (".js", ".mongodb", ".mongosh", ".mjs", ".cjs")


def read(call: Call) -> None:
    found = parse(call.args, "u:p:f:", {**verbs.valued(_VALUED), "password=": "p", "json=?": "json"})
    if found.has("help", "version", "h"):
        return
    texts = found.values("eval")
    paths = found.values("f", "file") + [word for word in found.operands if word.endswith(_SCRIPTS)]
    for path in paths:
        text = feed.content(call, path)
        if text is None:
            call.effect("unread-store-command", f"{call.name} runs {shown(path)}, which cannot be read")
        else:
            texts.append(text)
    if not texts and not paths and call.stdin:
        texts.append(call.stdin)
    for text in texts:
        mongo.judge(call, text)
