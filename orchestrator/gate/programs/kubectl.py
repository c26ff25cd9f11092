"""kubectl runs programs in pods, and removes what keeps their data."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import cluster, containers, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_VALUED = (
    "as as-group as-uid cache-dir certificate-authority client-certificate client-key cluster context kubeconfig "
    "log-flush-frequency namespace password profile profile-output request-timeout server tls-server-name token "
    "user username "
    "container pod-running-timeout filename selector field-selector grace-period timeout cascade output "
    "kustomize image env "
    "labels target restart overrides annotations port limits requests serviceaccount image-pull-policy replicas "
    "override-type raw "
    "field-manager patch from-literal from-file"
)
_LONG = {
    **verbs.valued(_VALUED),
    "filename=": "f", "selector=": "l", "kustomize=": "k", "dry-run=?": "dry-run", "wait=?": "wait", "all": "all",
    "help": "help", "command": "command", "attach": "attach", "force": "force",
}  # fmt: skip
_SHORT = "n:s:v:c:f:l:o:k:p:"


def read(call: Call) -> None:
    before, inside = _halves(call.args)
    found = parse(before, _SHORT, _LONG)
    words = found.operands
    if not words or found.has("help", "h") or found.last("dry-run", default="none") != "none":
        return
    if words[0] == "exec":
        # Without "--", which kubectl has long warned about, the command follows the pod.
        containers.inner(call, inside or _after_pod(call.args))
    elif words[0] in ("run", "debug") or words[:2] in (["create", "job"], ["create", "cronjob"]):
        containers.inner(call, inside)
    elif words[0] == "delete" or (words[0] == "replace" and found.has("force")):
        cluster.delete(call, found)
    elif words[0] == "patch":
        cluster.patch(call, found)
    elif words[0] == "cnpg":
        _cnpg(call, words[1:], inside)


def _halves(args: list[str]) -> tuple[list[str], list[str]]:
    """The words before and after "--"."""
    if "--" not in args:
        return args, []
    at = args.index("--")
    return args[:at], args[at + 1 :]


def _after_pod(args: list[str]) -> list[str]:
    found = _stopping(args)
    if found.rest[:1] != ["exec"]:
        return []
    pod = _stopping(found.rest[1:]).rest
    return _stopping(pod[1:]).rest


def _stopping(args: list[str]) -> Options:
    return parse(args, _SHORT, _LONG, stop=True)


def _cnpg(call: Call, words: list[str], inside: list[str]) -> None:
    """The plugin of CloudNativePG."""
    if words[:1] == ["psql"]:
        call.run(["psql", *inside], remote=True)
    elif words[:1] == ["destroy"]:
        call.effect("destroy-volume")
    elif words[:1] in (["promote"], ["restart"], ["hibernate"], ["fencing"]):
        call.effect("fail-over" if words[0] == "promote" else "stop-server")
