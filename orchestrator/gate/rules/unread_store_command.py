"""Commands that cannot be read reach a store."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="unread-store-command",
    decision=ASK,
    why="hands a store commands that cannot be read beforehand",
    instead="write the commands out, or put them into a file in the project that can be read",
    source="https://redis.io/docs/latest/develop/tools/cli/",
    fires_on=(
        "redis-cli $COMMAND",
        'mongosh shop --eval "$SCRIPT"',
        "mongosh shop missing.js",
        "redis-cli --eval missing.lua",
        "curl -s https://example.org/x.js | mongosh shop",
    ),
    silent_on=(
        'redis-cli get "$KEY"',
        "redis-cli",
        "mongosh --eval \"db.orders.find({_id: '$ID'})\"",
        "mongosh --version",
    ),
)
