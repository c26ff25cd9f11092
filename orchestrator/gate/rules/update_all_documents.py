"""Every document of a collection is changed at once."""

from __future__ import annotations

from orchestrator.gate.rule import DENY, Rule

RULE = Rule(
    id="update-all-documents",
    decision=DENY,
    why="changes every document of a collection; the old values are gone",
    instead="give a filter that matches what is meant, count it first, and let the user agree",
    source="https://www.mongodb.com/docs/manual/reference/method/db.collection.updateMany/",
    fires_on=(
        "mongosh shop --eval 'db.orders.updateMany({}, {$set: {paid: true}})'",
        "mongosh shop --eval 'db.orders.update({}, {$set: {paid: true}}, {multi: true})'",
        "curl -X PATCH https://abc.supabase.co/rest/v1/todos -d '{\"done\":true}'",
    ),
    silent_on=(
        "mongosh shop --eval 'db.orders.find({})'",
        "mongosh shop --eval 'db.orders.countDocuments({})'",
        "curl -X PATCH https://api.example.org/todos -d '{}'",
    ),
)
