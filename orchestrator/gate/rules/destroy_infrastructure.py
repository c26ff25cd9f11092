"""Everything that an infrastructure tool has made is destroyed, databases among it."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="destroy-infrastructure",
    decision=ASK,
    why="destroys everything in this configuration; a managed database in it goes with its data",
    instead="run terraform plan -destroy, show the user what goes, and let the user destroy it",
    source="https://developer.hashicorp.com/terraform/cli/commands/destroy",
    fires_on=(
        "terraform destroy",
        "terraform destroy -auto-approve",
        "terraform apply -destroy",
        "tofu destroy -target=module.web",
        "pulumi destroy --yes",
        "cdk destroy ShopStack --force",
        "heroku apps:destroy shop --confirm shop",
        "fly apps destroy shop --yes",
        "aws cloudformation delete-stack --stack-name shop",
    ),
    silent_on=(
        "terraform plan -destroy",
        "terraform plan",
        "terraform apply -auto-approve",
        "tofu state list",
        "pulumi preview",
        "cdk diff",
        "cdk deploy",
        "heroku apps",
        "fly apps list",
        "terraform destroy -help",
        "aws cloudformation describe-stacks",
    ),
)
