"""What runs a database in a cluster is removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="remove-database-workload",
    decision=ASK,
    why="removes what runs a database; whether the data survives depends on its volumes",
    instead="scale it to zero, or let the user remove it after a backup",
    source="https://helm.sh/docs/helm/helm_uninstall/",
    fires_on=(
        "helm uninstall shop-postgres",
        "helm delete mysql -n shop",
        "kubectl delete statefulset web",
        "kubectl delete deploy/postgres",
        "kubectl delete all --all",
        "kubectl delete -f postgres.yaml",
        "kubectl delete -f https://example.org/postgres.yaml",
    ),
    silent_on=(
        "helm list",
        "helm upgrade --install web ./chart",
        "helm uninstall web",
        "kubectl delete job migrate-1",
        "kubectl delete deploy web",
        "kubectl rollout restart deploy/web",
        "helm uninstall shop-postgres --dry-run",
    ),
)
