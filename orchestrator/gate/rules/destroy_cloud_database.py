"""A managed database is destroyed at the provider."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="destroy-cloud-database",
    decision=DENY,
    why="destroys a managed database, or a part of it, at the provider",
    instead="name the resource to the user and let the user destroy it",
    source="https://docs.aws.amazon.com/cli/latest/reference/rds/delete-db-instance.html",
    fires_on=(
        "aws rds delete-db-instance --db-instance-identifier shop --skip-final-snapshot",
        "aws --profile prod rds delete-db-cluster --db-cluster-identifier shop",
        "aws dynamodb delete-table --table-name orders",
        "gcloud sql instances delete shop --quiet",
        "gcloud sql databases delete shop -i prod",
        "az postgres flexible-server delete -n shop -g rg --yes",
        "doctl databases delete 9cc1 --force",
        "heroku pg:reset DATABASE_URL --app shop --confirm shop",
        "heroku addons:destroy postgresql-curved-1",
        "fly postgres destroy shop-db",
        "neonctl branches delete br-1",
        "pscale database delete shop",
        "bq rm -r -f shop",
        "terraform destroy -target=aws_db_instance.shop",
        "railway volume delete",
    ),
    silent_on=(
        "aws rds describe-db-instances",
        "aws s3 ls",
        "aws dynamodb scan --table-name orders",
        "gcloud sql instances list",
        "az postgres flexible-server list",
        "doctl databases list",
        "heroku pg:info --app shop",
        "heroku logs --tail",
        "fly status",
        "neonctl branches list",
        "pscale branch list shop",
        "bq show shop.orders",
        "terraform plan -destroy",
        "terraform apply -auto-approve",
        "aws rds help",
        "aws rds delete-db-instance help",
        "gcloud sql instances delete --help",
    ),
    clause="dont-drop",
)
