"""A volume with a database's files is destroyed."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="destroy-volume",
    decision=DENY,
    why="destroys a volume: a database that keeps its files there is gone",
    instead="leave the volume out (docker compose down without -v), or let the user destroy it",
    source="https://docs.docker.com/reference/cli/docker/compose/down/",
    fires_on=(
        "docker compose down -v",
        "docker-compose -f dev.yml down --volumes --remove-orphans",
        "docker volume rm shop_pgdata",
        "docker volume prune -f",
        "docker system prune -af --volumes",
        "podman volume rm pgdata",
        "docker rm -fv shop-postgres-1",
        "kubectl delete pvc data-postgres-0",
        "kubectl -n shop delete pvc --all",
        "kubectl delete namespace shop",
        "oc delete project shop",
        "docker compose rm -fsv db",
        "kubectl delete statefulset shop-postgres",
        {
            "tool": "Bash",
            "input": {"command": "kubectl delete -f db.yaml"},
            "files": {"db.yaml": "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n"},
        },
        "fly volumes destroy vol_123",
    ),
    silent_on=(
        "docker compose down",
        "docker compose down --remove-orphans",
        "docker compose up -d -V web",
        "docker volume ls",
        "docker volume rm node_modules_cache",
        "docker system prune -f",
        "docker rm -f web",
        "docker restart db",
        "docker stop postgres",
        "kubectl delete pod postgres-0",
        "kubectl get pvc",
        "kubectl scale sts/postgres --replicas=0",
        "docker compose -f compose.yml ps -v",
        "docker run --rm -v pgdata:/d alpine ls /d",
        "kubectl delete pvc data --dry-run=client",
        "docker build -t volume .",
        {
            "tool": "Bash",
            "input": {"command": "kubectl delete -f web.yaml"},
            "files": {"web.yaml": "kind: Deployment\nmetadata:\n  name: web\n"},
        },
    ),
    clause="dont-drop",
)
