"""The command lines of docker and of the programs that copy it."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import names, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

GLOBAL = {
    **verbs.valued(
        "config context host log-level tlscacert tlscert tlskey connection url identity root runroot "
        "namespace address cgroup-manager storage-driver storage-opt tmpdir log-opt"
    ),
    "version": "version",
}
GLOBAL_SHORT = "c:H:l:n:a:"
_EXEC = verbs.valued("detach-keys env env-file user workdir preserve-fds cidfile")
_RUN = verbs.valued(
    "add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile "
    "cpu-period "
    "cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems detach-keys device "
    "device-cgroup-rule "
    "device-read-bps device-read-iops device-write-bps device-write-iops dns dns-option dns-search domainname "
    "entrypoint env "
    "env-file expose gpus group-add health-cmd health-interval health-retries health-start-interval "
    "health-start-period "
    "health-timeout hostname ip ip6 ipc isolation kernel-memory label label-file link link-local-ip log-driver log-opt "
    "mac-address memory memory-reservation memory-swap memory-swappiness mount name network net network-alias "
    "net-alias "
    "oom-score-adj pid pids-limit platform publish pull restart runtime security-opt shm-size stop-signal stop-timeout "
    "storage-opt sysctl tmpfs ulimit user userns uts volume volume-driver volumes-from workdir arch os pod pod-id-file "
    "requires secret timeout tz umask uidmap gidmap subuidname subgidname chrootdirs conmon-pidfile decryption-key "
    "init-path personality preserve-fd rdt-class seccomp-policy variant"
)
# Images whose entrypoint is the tool that they are named after. Others run the words that follow them.
_TOOLS = frozenset(
    "flyway liquibase migrate dbmate goose sqitch atlas alembic pgloader pgcopydb sqlx diesel prisma skeema "
    "schemachange aws-cli google-cloud-cli terraform opentofu pulumi kubectl helm curl".split()
)
_NAMES = {"aws-cli": "aws", "google-cloud-cli": "gcloud", "opentofu": "tofu"}


def read_exec(call: Call, args: list[str]) -> None:
    """exec [options] container command …"""
    found = parse(args, "e:u:w:", _EXEC, stop=True)
    inner(call, found.rest[1:])


def read_run(call: Call, args: list[str]) -> None:
    """run [options] image [command …]"""
    found = parse(args, "a:c:e:h:l:m:p:u:v:w:", _RUN, stop=True)
    if found.rest and not found.has("help"):
        started(call, found, found.rest[0], found.rest[1:])


def started(call: Call, found: Options, image: str, words: list[str]) -> None:
    """A container of an image: its entrypoint, or the words, or both."""
    words = _mounted(found, words)
    entry = found.last("entrypoint")
    if entry:
        inner(call, [*entry.split(), *words])
        return
    program = image.rpartition("/")[2].partition("@")[0].partition(":")[0]
    if program in _TOOLS:
        inner(call, [_NAMES.get(program, program), *words])
    elif words and not words[0].startswith("-"):
        inner(call, words)


def _mounted(found: Options, words: list[str]) -> list[str]:
    """The words of a removal with the places of databases' volumes instead of those where they are mounted."""
    if not any("rm" in word.split() or "-delete" in word for word in words):
        return words
    for value in found.values("v", "volume"):
        source, _, target = value.partition(":")
        target = target.partition(":")[0]
        if len(target) > 1 and names.database(source):
            words = [word.replace(target, "/var/lib/docker/volumes/" + source.strip("./")) for word in words]
    return words


def inner(call: Call, words: list[str]) -> None:
    if words:
        call.run(words, remote=True)


def remove_volumes(call: Call, words: list[str]) -> None:
    """volume rm name …; names that say that the content can be fetched again do not count."""
    if not words or any(not names.refilled(word) for word in words):
        call.effect("destroy-volume")
