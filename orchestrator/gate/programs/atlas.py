"""atlas is two programs: schema as code of Ariga, and the command line of MongoDB Atlas."""

from __future__ import annotations

from orchestrator.gate.migration import reader

read = reader(
    values="-u --url --dir --env -c --config --var --to --dev-url --baseline --tx-mode --revisions-schema -f --file "
    "--from --format --schema -s --exclude --context --plan --to-version --to-tag --exec-order --lock-name",
    commands={
        "migrate apply": "nothing if --dry-run; run-migration",
        "migrate down": "nothing if --dry-run; revert-migration",
        "migrate set": "stamp-migration",
        "schema apply": "nothing if --dry-run; push-schema",
        "schema clean": "nothing if --dry-run; reset-database",
        "clusters delete": "destroy-cloud-database",
        "cluster delete": "destroy-cloud-database",
        "deployments delete": "destroy-cloud-database",
        "projects delete": "destroy-cloud-database",
        "backups restores start": "restore-over-database",
    },
)
