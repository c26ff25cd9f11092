"""aws is the command line of Amazon's cloud."""

from __future__ import annotations

from orchestrator.gate.options import Options, parse
from orchestrator.gate.stores import names, sqltext, verbs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from orchestrator.gate.call import Call

_LONG = verbs.valued(
    "profile region output query endpoint-url ca-bundle cli-read-timeout cli-connect-timeout color sql sqls database "
    "statement query-string query-statement db-instance-identifier table-name stack-name cli-input-json request-items "
    "volume-id generate-cli-skeleton bucket master-user-password command parameters"
)
_DESTROYED = "destroy-cloud-database"
_SERVICES = frozenset(
    "rds docdb neptune redshift redshift-serverless dynamodb elasticache memorydb opensearch es keyspaces "
    "timestream-write "
    "qldb dax dsql".split()
)
_EFFECTS = {
    "rds delete-db-snapshot": "remove-backup",
    "rds delete-db-cluster-snapshot": "remove-backup",
    "rds delete-db-instance-automated-backup": "remove-backup",
    "rds delete-db-cluster-automated-backup": "remove-backup",
    "docdb delete-db-cluster-snapshot": "remove-backup",
    "redshift delete-cluster-snapshot": "remove-backup",
    "elasticache delete-snapshot": "remove-backup",
    "dynamodb delete-backup": "remove-backup",
    "backup delete-recovery-point": "remove-backup",
    "backup delete-backup-vault": "remove-backup",
    "rds modify-db-instance": "administer-server",
    "rds modify-db-cluster": "administer-server",
    "rds modify-db-parameter-group": "administer-server",
    "rds reboot-db-instance": "stop-server",
    "rds reboot-db-cluster": "stop-server",
    "rds stop-db-instance": "stop-server",
    "rds stop-db-cluster": "stop-server",
    "rds failover-db-cluster": "fail-over",
    "rds promote-read-replica": "fail-over",
    "rds promote-read-replica-db-cluster": "fail-over",
    "rds switchover-blue-green-deployment": "fail-over",
    "redshift modify-cluster": "administer-server",
    "redshift reboot-cluster": "stop-server",
    "redshift pause-cluster": "stop-server",
    "elasticache reboot-cache-cluster": "stop-server",
    "elasticache reboot-replication-group": "stop-server",
    "dynamodb delete-item": "change-documents",
    "dynamodb put-item": "change-documents",
    "dynamodb update-item": "change-documents",
    "dynamodb batch-write-item": "change-documents",
    "dynamodb transact-write-items": "change-documents",
    "dynamodb update-table": "administer-server",
    "ec2 delete-volume": "destroy-volume",
    "ec2 delete-snapshot": "remove-backup",
    "efs delete-file-system": "destroy-volume",
    "cloudformation delete-stack": "destroy-infrastructure",
    "eks delete-cluster": "destroy-infrastructure",
}
# Deleting these takes no data along.
_PARTS = ("parameter-group", "subnet-group", "security-group", "event-subscription", "proxy", "user", "tags", "policy",
          "option-group", "role", "integration", "endpoint", "schedule", "custom")  # fmt: skip
_BACKUPS = {"backup", "backups", "dump", "dumps", "basebackups", "wal"}
_SQL = {
    "rds-data execute-statement": "sql",
    "rds-data batch-execute-statement": "sql",
    "rds-data execute-sql": "sqls",
    "redshift-data execute-statement": "sql",
    "redshift-data batch-execute-statement": "sqls",
    "athena start-query-execution": "query-string",
    "dynamodb execute-statement": "statement",
    "dynamodb batch-execute-statement": "statement",
}


def read(call: Call) -> None:
    found = parse(call.args, "", _LONG)
    words = found.operands[:2]
    if len(words) < 2 or "help" in found.operands[:3] or found.has("generate-cli-skeleton", "help", "dry-run"):
        return
    action = " ".join(words)
    if action in _SQL:
        _sql(call, found, action)
    elif action in _EFFECTS:
        call.effect(_EFFECTS[action])
    elif words[0] in _SERVICES and _deletes(words[1]):
        call.effect(_DESTROYED)
    elif action in ("ecs execute-command", "ssm send-command", "ssm start-session"):
        _commands(call, found)
    elif words[0] == "s3" and words[1] in ("rm", "rb"):
        _storage(call, found)


def _deletes(operation: str) -> bool:
    return operation.startswith("delete-") and not any(part in operation for part in _PARTS)


def _sql(call: Call, found: Options, action: str) -> None:
    name = _SQL[action]
    texts = found.values(name)
    if name == "sqls":
        # Several statements follow one another as operands.
        texts += found.operands[2:]
    for text in texts:
        call.sql(text)
    if not texts and found.has("cli-input-json"):
        call.effect("unread-sql")


def _commands(call: Call, found: Options) -> None:
    """Commands for a container, or for machines by the agent of Systems Manager: commands=["…"]."""
    for text in found.values("command"):
        call.run(["sh", "-c", text], remote=True)
    for text in found.values("parameters"):
        key, equals, value = text.partition("=")
        given = sqltext.strings(text if text.lstrip().startswith("{") else value)
        for command in given or ([value] if equals and key in ("commands", "command") else []):
            call.run(["sh", "-c", command], remote=True)


def _storage(call: Call, found: Options) -> None:
    if not found.has("dryrun") and any(_BACKUPS & set(names.words(path)) for path in found.operands[2:]):
        call.effect("remove-backup")
