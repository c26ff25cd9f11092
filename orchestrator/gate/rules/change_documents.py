"""Documents of a store are written or removed."""

from __future__ import annotations

from orchestrator.gate.rule import ASK, Rule

RULE = Rule(
    id="change-documents",
    decision=ASK,
    why="writes or removes documents of a store",
    instead="count what matches first, show the user, and let the user agree",
    source="https://www.mongodb.com/docs/manual/reference/method/db.collection.deleteMany/",
    fires_on=(
        "mongosh shop --eval 'db.orders.deleteMany({status: \"old\"})'",
        "mongosh --eval 'db.a.insertOne({x: 1})'",
        "mongosh --eval 'db.a.dropIndex(\"x_1\")'",
        "mongosh --eval 'db.a.aggregate([{$out: \"b\"}])'",
        'curl -X POST localhost:9200/orders/_delete_by_query -d \'{"query":{"term":{"a":1}}}\'',
        "curl -X DELETE localhost:9200/orders/_doc/7",
        "aws dynamodb delete-item --table-name orders --key '{}'",
        "curl -X PATCH 'https://abc.supabase.co/rest/v1/todos?id=eq.3' -d '{\"done\":true}'",
    ),
    silent_on=(
        "mongosh shop --eval 'db.orders.find({status: \"old\"})'",
        "mongosh --eval 'db.a.countDocuments({})'",
        "mongosh --eval 'db.a.aggregate([{$match: {x: 1}}])'",
        "mongosh --eval 'db.a.find({note: \"deleteMany(\"})'",
        'curl localhost:9200/orders/_search -d \'{"query":{"match_all":{}}}\'',
        "curl -X POST localhost:9200/orders/_count",
        "aws dynamodb get-item --table-name orders --key '{}'",
        "curl 'https://abc.supabase.co/rest/v1/todos?select=*'",
        "curl -X POST https://api.example.org/orders -d '{\"a\":1}'",
        "curl -X DELETE https://api.example.org/orders/7",
    ),
)
