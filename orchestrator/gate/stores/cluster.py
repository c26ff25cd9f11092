"""What kubectl delete takes away."""

from __future__ import annotations

from orchestrator.gate.stores import names
from orchestrator.gate.text import OPEN, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call
    from orchestrator.gate.options import Options

_VOLUMES = frozenset(
    "pvc pvcs persistentvolumeclaim persistentvolumeclaims pv pvs persistentvolume persistentvolumes ns "
    "namespace namespaces "
    "project projects volumesnapshot volumesnapshots volumesnapshotcontent storageclass sc crd crds "
    "customresourcedefinition customresourcedefinitions".split()
)
# Kinds that operators use for a whole database, by name and by group.
_DATABASES = frozenset(
    "postgresql postgresqls pg postgrescluster postgresclusters perconapgcluster perconapgclusters sgcluster "
    "sgclusters "
    "perconaservermongodb perconaservermongodbs psmdb perconaxtradbcluster pxc innodbcluster innodbclusters "
    "mysqlcluster mysqlclusters mariadb mariadbs mongodbcommunity mongodb redisfailover rediscluster "
    "elasticsearch elasticsearches kafka cassandradatacenter clickhouseinstallation chi cockroachdb crdbcluster "
    "ysqlcluster dragonfly etcdcluster cluster.postgresql.cnpg.io clusters.postgresql.cnpg.io".split()
)
_GROUPS = ("cnpg", "postgres", "mysql", "mongodb", "redis", "zalan.do", "percona", "crunchydata", "k8ssandra")
_WORKLOADS = frozenset(
    "statefulset statefulsets sts deployment deployments deploy helmrelease helmreleases hr application "
    "applications".split()
)
_STATEFUL = ("statefulset", "statefulsets", "sts")


def delete(call: Call, found: Options) -> None:
    """Reports a deletion of volumes, of namespaces, of what runs a database."""
    for path in found.values("f", "k"):
        _manifest(call, path)
    for kind, name in _resources(found.operands[1:]):
        rule = _rule(kind, name, found)
        if rule:
            call.effect(rule)


def patch(call: Call, found: Options) -> None:
    """A volume that is being deleted waits for its finalizers; without them it goes."""
    kinds = [kind.partition(".")[0] for kind, _ in _resources(found.operands[1:])]
    if any(kind in _VOLUMES for kind in kinds) and any("finalizers" in text for text in found.values("p", "patch")):
        call.effect("destroy-volume")


def _resources(words: list[str]) -> list[tuple[str, str]]:
    """(kind, name) of `pod a b`, `pod,svc a` and `pod/a svc/b`; without a name, all of a kind or a selector."""
    if not words:
        return []
    if "/" in words[0]:
        return [(kind.lower(), name) for kind, _, name in (word.partition("/") for word in words)]
    kinds = words[0].lower().split(",")
    return [(kind, name) for kind in kinds for name in words[1:] or [""]]


def _rule(kind: str, name: str, found: Options) -> str:
    short = kind.partition(".")[0]
    if short in _VOLUMES:
        return "destroy-volume"
    if kind in _DATABASES or short in _DATABASES:
        return "destroy-database"
    if "." in kind and any(group in kind for group in _GROUPS):
        return "destroy-database"
    if kind == "all" and not name:
        return "remove-database-workload"
    hinted = names.database(name) or any(names.database(value) for value in found.values("l"))
    if short in _STATEFUL:
        return "destroy-volume" if hinted else "remove-database-workload"
    return "remove-database-workload" if short in _WORKLOADS and hinted else ""


def _manifest(call: Call, path: str) -> None:
    text = _manifests(call, path)
    if text is None or OPEN in text[:1]:
        if OPEN in path or names.database(path):
            call.effect("remove-database-workload", f"deletes what {shown(path)} describes")
        return
    kinds = {line.partition(":")[2].strip().strip("'\"").lower() for line in text.split("\n") if _is_kind(line)}
    if kinds & _VOLUMES:
        call.effect("destroy-volume")
    elif kinds & _DATABASES or ("cluster" in kinds and "cnpg.io" in text):
        call.effect("destroy-database")
    elif "statefulset" in kinds:
        call.effect("destroy-volume" if names.database(text) else "remove-database-workload")
    elif "deployment" in kinds and names.database(text):
        call.effect("remove-database-workload")


def _manifests(call: Call, path: str) -> str | None:
    """The manifests of a file, of a folder, or from standard input."""
    if path == "-":
        return call.stdin or ""
    if not call.is_folder(path):
        return call.read(path)
    found = [
        call.read(name) for ending in ("yaml", "yml", "json") for name in call.files(f"{path.rstrip('/')}/*.{ending}")
    ]
    return "\n---\n".join(text for text in found if text)


def _is_kind(line: str) -> bool:
    return line.strip().lstrip("- ").startswith(("kind:", '"kind":'))
